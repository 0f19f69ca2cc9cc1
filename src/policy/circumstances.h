/*
 * What the rules ask of a case: its day, its plan, the notice that was given.
 */
#ifndef YUGAO_POLICY_CIRCUMSTANCES_H
#define YUGAO_POLICY_CIRCUMSTANCES_H

#include <yugao/policy.h>

/* The notice of a time: given, or as if it were given now. */
struct given {
	struct instant at;
	bool prediction;  /* the portals have not shown it yet */
	bool unconfirmed; /* they took it, but it was not read back */
};

/* Of what this entry first said; entered is when it went into the ledger. */
struct given notice_of(
    const struct policy_case *c, int64_t since_entry, struct instant entered);
/* Of the time that the slot has. */
struct given notice_of_slot(const struct policy_case *c);
void verdict_given(struct verdict *verdict, const struct given *given);

/* The id of the case's department, or NULL. */
const char *case_department(const struct policy_case *c);
/* The case's plan, else another one of its department; NULL if none. */
const struct plan *case_plan(const struct policy_case *c);
/* On the plan's clock; without a plan in UTC. */
struct day case_today(const struct policy_case *c);

/* The figures are out, or what is to be said is that they are. */
bool case_is_out(const struct policy_case *c);

/* All slots of the case's series, of every plan: a part of c->slots. */
const struct slot *
case_slots(struct arena *arena, const struct policy_case *c, size_t *n);
/* The same for a case of that series whose keys need no arena. */
const struct slot *case_slots_here(const struct policy_case *c, size_t *n);
/* The address that answers before its time, or NULL: C5. */
const char *case_leak(const struct policy_case *c);
/* The published file, as it was first read; false if it never was. */
bool case_published(const struct policy_case *c, struct digest *digest);
/* A release of this department that was first said for a day of this year. */
bool entry_is_of_plan(const struct entry *entry, const struct plan *plan);
/* That day of the n-th month after this one, or the month's last. */
struct day month_day_after(struct day day, int months, int mday);
/* Will be, or was, announced for a time. */
bool slot_is_live(const struct slot *slot);

/* "12-31" in that year; false if the parameter does not read so. */
bool day_in_year(const struct parameter *parameter, int year, struct day *day);
bool parameter_has(const struct parameter *parameter, const char *word);
/* "2026-03-30 09:30", "2026-03-30", "2026-04-01 – 2026-04-30" */
const char *moment_plain(struct arena *arena, const struct moment *when);

#endif
