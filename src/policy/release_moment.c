#include "rules.h"

#include <string.h>

#include <yugao/arena.h>

#include "circumstances.h"
#include "figures.h"

/* What is postponed has no time, so none has come. */
static bool
has_come(const struct policy_case *c, const struct announcement *wanted)
{
	if (wanted->status == SAID_RELEASED)
		return true;
	if (wanted->status == SAID_POSTPONED)
		return false;
	if (wanted->when.precision == PRECISION_INSTANT)
		return c->now.s >= wanted->start.s;
	return case_today(c).n > wanted->when.last.n;
}

static const char *
figure_in_text(struct arena *arena, const struct text *text)
{
	const char *found = NULL;

	if (text->zh != NULL)
		found = figure_find(arena, text->zh);
	if (found == NULL && text->en != NULL)
		found = figure_find(arena, text->en);
	return found;
}

static const char *
figure_in_words(struct arena *arena, const struct announcement *wanted)
{
	const struct text *const texts[] = { &wanted->title, &wanted->note,
		&wanted->reason, &wanted->method_change };
	const char *found = NULL;
	size_t i;

	for (i = 0; found == NULL && i < COUNT(texts); i++)
		found = figure_in_text(arena, texts[i]);
	for (i = 0; found == NULL && i < wanted->n_indicators; i++)
		found = figure_in_text(arena, &wanted->indicators[i]);
	for (i = 0; found == NULL && i < wanted->n_topics; i++)
		if (wanted->topic_names != NULL)
			found = figure_in_text(arena, &wanted->topic_names[i]);
	for (i = 0; found == NULL && i < wanted->n_channels; i++)
		found = figure_find(arena, wanted->channels[i]);
	return found;
}

/* C5: before the figures are out, nothing that is said holds one. */
void
judge_no_values(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict)
{
	const char *found;

	if (!office_opens(c->office, case_series(c))) {
		verdict_set(verdict, OUTCOME_NA, "policy.kept_out");
		return;
	}
	if (c->wanted == NULL) {
		verdict_set(verdict, OUTCOME_NA, "policy.nothing_to_say");
		return;
	}
	if (has_come(c, c->wanted)) {
		verdict_set(verdict, OUTCOME_NA, "policy.c5_released");
		return;
	}
	found = case_leak(c);
	verdict->measured_text = found;
	if (found != NULL) {
		verdict_set(verdict, OUTCOME_BLOCK, "policy.c5_answers");
		return;
	}
	found = figure_in_words(arena, c->wanted);
	verdict->measured_text = found;
	if (found == NULL)
		verdict_set(verdict, OUTCOME_PASS, "policy.c5_none");
	else
		verdict_set(verdict, OUTCOME_BLOCK, "policy.c5_figure");
}

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
