/* H: who is responsible, and that the public can ask. */
#include "rules.h"

#include <string.h>

#include <yugao/arena.h>

#include "circumstances.h"

static bool
is_given(const char *string)
{
	return string != NULL && *string != '\0';
}

static bool
is_written(const struct text *text)
{
	return *text_in(text, LANG_ZH) != '\0';
}

/* Whether somebody holds the post today. */
static bool
is_in_office(const struct officer *officer, struct day today)
{
	return (!officer->has_from || officer->from.n <= today.n) &&
	       (!officer->has_until || officer->until.n >= today.n);
}

/* Without its file, a department has no organisation to judge. */
static bool
is_known(const struct policy_case *c, struct verdict *verdict)
{
	if (c->department != NULL)
		return true;
	verdict_set(verdict, OUTCOME_NA, "policy.h_unknown");
	return false;
}

/* H1: the leader who is responsible for statistics. */
void
judge_leader(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict)
{
	const struct officer *leader;

	(void)arena;
	if (!is_known(c, verdict))
		return;
	leader = c->department->leader;
	verdict->measured_text = "";
	if (leader == NULL || !is_given(leader->name)) {
		verdict_fail(verdict, "policy.h1_missing");
	} else if (!is_in_office(leader, case_today(c))) {
		verdict_fail(verdict, "policy.h1_term");
	} else {
		verdict->measured_text = NULL;
		verdict_set(verdict, OUTCOME_PASS, "policy.h1_named");
	}
}

/* H2: a unit that does statistics, and its head. */
void
judge_unit_and_head(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict)
{
	const struct officer *head;

	(void)arena;
	if (!is_known(c, verdict))
		return;
	verdict->measured_text = "";
	if (c->department->n_units == 0) {
		verdict_fail(verdict, "policy.h2_no_unit");
		return;
	}
	if (verdict_measure_by(
		verdict, c, "organisation.statistics_head_required") == NULL)
		return;
	head = c->department->head;
	if (head == NULL || !is_given(head->name)) {
		verdict_fail(verdict, "policy.h2_no_head");
	} else if (!is_in_office(head, case_today(c))) {
		verdict_fail(verdict, "policy.h2_term");
	} else {
		verdict->measured_text = NULL;
		verdict_set(verdict, OUTCOME_PASS, "policy.h2_named");
	}
}

static bool
is_same(const struct text *a, const struct text *b)
{
	return strcmp(text_in(a, LANG_ZH), text_in(b, LANG_ZH)) == 0;
}

/* H3: of several units one leads. */
void
judge_lead_unit(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict)
{
	const struct department *department = c->department;
	size_t i;

	(void)arena;
	if (!is_known(c, verdict))
		return;
	if (department->n_units < 2) {
		verdict_set(verdict, OUTCOME_NA,
		    department->n_units == 0 ? "policy.h3_no_unit"
					     : "policy.h3_one_unit");
		return;
	}
	verdict->measured_text = text_in(&department->lead_unit, LANG_ZH);
	if (!is_written(&department->lead_unit)) {
		verdict_fail(verdict, "policy.h3_missing");
		return;
	}
	for (i = 0; i < department->n_units; i++)
		if (is_same(&department->units[i], &department->lead_unit)) {
			verdict_set(verdict, OUTCOME_PASS, "policy.h3_named");
			return;
		}
	verdict_fail(verdict, "policy.h3_stranger");
}

static bool
has_contact(const struct department *department, const char *field)
{
	if (strcmp(field, "unit") == 0)
		return is_written(&department->contact_unit);
	if (strcmp(field, "phone") == 0)
		return is_given(department->contact_phone);
	if (strcmp(field, "person") == 0)
		return is_given(department->contact_person);
	return false;
}

/* H4: whom the public can ask. */
void
judge_contact(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict)
{
	const struct parameter *fields = verdict->parameter;
	struct buf buf;
	size_t i;

	if (!is_known(c, verdict))
		return;
	buf_init(&buf, arena);
	for (i = 0; i < fields->n_set; i++)
		if (!has_contact(c->department, fields->set[i]))
			buf_printf(&buf, "%s%s", buf.len > 0 ? ", " : "",
			    fields->set[i]);
	if (buf.len == 0) {
		verdict_set(verdict, OUTCOME_PASS, "policy.h4_contact");
		return;
	}
	verdict->measured_text = buf.data;
	verdict_fail(verdict, "policy.h4_missing");
}

/* Which of the three nobody has put a name to. */
static const char *
missing_hands(struct arena *arena, const char *const hands[3])
{
	static const char *const names[] = { "prepared_by", "review", "sign" };
	struct buf buf;
	size_t i;

	buf_init(&buf, arena);
	for (i = 0; i < COUNT(names); i++)
		if (!is_given(hands[i]))
			buf_printf(
			    &buf, "%s%s", buf.len > 0 ? ", " : "", names[i]);
	return buf.len == 0 ? NULL : buf.data;
}

/*
 * H5: who prepares, who reviews and who signs.  The names are declared, not
 * proven, and none of them is shown.
 */
void
judge_four_eyes(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict)
{
	const struct life *life = c->slot->life;
	const struct act *sign = life != NULL ? life->sign : NULL;
	const struct act *review =
	    life != NULL && life->review != NULL ? life->review->act : NULL;
	const char *const hands[] = { c->plan->prepared_by,
		review != NULL ? review->who : NULL,
		sign != NULL ? sign->who : NULL };
	const char *missing = missing_hands(arena, hands);

	verdict->measured_text = missing;
	if (!is_given(hands[0]) && review == NULL && sign == NULL)
		verdict_set(verdict, OUTCOME_NA, "policy.h5_undeclared");
	else if (missing != NULL)
		verdict_set(verdict, OUTCOME_WARN, "policy.h5_missing");
	else if (strcmp(hands[0], hands[1]) == 0 ||
		 strcmp(hands[0], hands[2]) == 0 ||
		 strcmp(hands[1], hands[2]) == 0)
		verdict_fail(verdict, "policy.h5_same");
	else if (sign->at.s < review->at.s)
		verdict_set(verdict, OUTCOME_WARN, "policy.h5_order");
	else
		verdict_set(verdict, OUTCOME_PASS, "policy.h5_different");
}

/* H6: the bureau is told of a new head. */
void
judge_head_change(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict)
{
	const struct plan *plan = case_plan(c);
	const struct department *department = c->department;
	struct day due;
	char text[DAY_SIZE];

	if (!is_known(c, verdict))
		return;
	if (department->head == NULL || !department->head->has_from) {
		verdict_set(verdict, OUTCOME_NA, "policy.h6_no_change");
		return;
	}
	if (plan == NULL) {
		verdict_set(verdict, OUTCOME_NA, "policy.no_plan");
		return;
	}
	due = calendar_step(plan->calendar, department->head->from,
	    (int)verdict->parameter->number);
	verdict->measured_text = arena_strdup(arena,
	    day_format(
		text, department->has_head_told ? department->head_told : due));
	if (department->has_head_told && department->head_told.n <= due.n)
		verdict_set(verdict, OUTCOME_PASS, "policy.h6_told");
	else if (department->has_head_told)
		verdict_fail(verdict, "policy.h6_late");
	else if (case_today(c).n <= due.n)
		verdict_set(verdict, OUTCOME_WARN, "policy.h6_due");
	else
		verdict_fail(verdict, "policy.h6_missing");
}
