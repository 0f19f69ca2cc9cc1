/*
 * The way into the plan reader below files: bytes in, a plan or complaints
 * out.  For the fuzzer, and for plans that are made in memory.
 */
#ifndef PLAN_PLAN_H
#define PLAN_PLAN_H

#include <yugao/act.h>
#include <yugao/plan.h>

struct notice;
/* A notice about working days; false if it has a mistake. */
bool notice_from_bytes(struct arena *arena, const char *name,
    struct bytes bytes, struct diags *diags, struct notice *notice);
/* Appends the acts of a file, or none if it has a mistake. */
void acts_from_bytes(struct arena *arena, const char *name, struct bytes bytes,
    struct diags *diags, struct acts *acts);

#endif
