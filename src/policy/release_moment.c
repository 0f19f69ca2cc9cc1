#include "rules.h"

#include <string.h>

#include <yugao/arena.h>

/*
 * C7: a release on a day off.  The modes that move a date are the plan's own
 * to carry out (roll): here they ask for it.
 */
static void
judge_day_off(const char *mode, struct verdict *verdict)
{
	static const struct {
		const char *mode;
		enum outcome outcome;
		const char *reason;
	} modes[] = {
		{ "allow", OUTCOME_PASS, "policy.c7_allowed" },
		{ "warn", OUTCOME_WARN, "policy.c7_day_off" },
		{ "next_working_day", OUTCOME_WARN, "policy.c7_roll_next" },
		{ "previous_working_day", OUTCOME_WARN,
		    "policy.c7_roll_previous" },
		{ "reject", OUTCOME_BLOCK, "policy.c7_rejected" },
	};
	size_t i;

	for (i = 0; mode != NULL && i < COUNT(modes); i++) {
		if (strcmp(mode, modes[i].mode) == 0) {
			verdict_set(verdict, modes[i].outcome, modes[i].reason);
			return;
		}
	}
	verdict_set(verdict, OUTCOME_WARN, "policy.c7_day_off");
}

void
judge_workday(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict)
{
	const struct moment *when = &c->slot->when;
	struct day day = when->start.day;
	struct day_info info;
	char text[DAY_SIZE];

	if (when->precision != PRECISION_INSTANT &&
	    when->precision != PRECISION_DATE) {
		verdict_set(verdict, OUTCOME_NA, "policy.c7_no_day");
		return;
	}
	info = calendar_day(c->plan->calendar, day);
	verdict->measured_text = arena_strdup(arena, day_format(text, day));
	if (info.state == DAY_UNKNOWN ||
	    (info.state == DAY_PROJECTED && info.kind == DAY_WORK))
		verdict_set(verdict, OUTCOME_NA, "policy.c7_unknown");
	else if (info.kind == DAY_WORK || info.kind == DAY_MAKEUP)
		verdict_set(verdict, OUTCOME_PASS, "policy.c7_workday");
	else
		judge_day_off(verdict->parameter->string, verdict);
}
