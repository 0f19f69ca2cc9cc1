/*
 * Moments for programs: names of their precision.
 */
#ifndef YUGAO_ARTIFACT_MOMENT_H
#define YUGAO_ARTIFACT_MOMENT_H

#include <yugao/words.h>

const char *precision_name(enum precision precision);

#endif
