/*
 * Moments for programs: names and ISO 8601 text.
 */
#ifndef YUGAO_ARTIFACT_MOMENT_H
#define YUGAO_ARTIFACT_MOMENT_H

#include <yugao/day.h>

const char *precision_name(enum precision precision);

/* "2026-04-10T09:30", "2026-04-10", "2026-09-01/2026-10-31" (inclusive); in
 * the zone of the announcement. */
#define MOMENT_SIZE 32
const char *moment_iso(char out[MOMENT_SIZE], const struct moment *moment);

#endif
