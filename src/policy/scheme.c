#include "rules.h"

#include <string.h>

#include <yugao/arena.h>

#include "circumstances.h"

/* The scheme, or NULL after having said that there is none to judge. */
static const struct scheme *
scheme_of(const struct policy_case *c, struct verdict *verdict)
{
	const struct scheme *scheme = case_series(c)->scheme;

	if (scheme == NULL)
		verdict_set(verdict, OUTCOME_NA, "policy.no_scheme");
	return scheme;
}

/* E1: figures of a survey name its scheme in full; other sources have none. */
void
judge_marks(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict)
{
	static const struct scheme none;
	const struct series *series = case_series(c);
	const struct scheme *scheme =
	    series->scheme != NULL ? series->scheme : &none;
	const struct named_field marks[] = {
		{ "name", text_given(scheme->name) },
		{ "form_no", string_given(scheme->form_no) },
		{ "maker", string_given(scheme->maker) },
		{ "approval_no", string_given(scheme->approval_no) },
		{ "valid_from", string_given(scheme->valid_from) },
		{ "valid_until", string_given(scheme->valid_until) },
		{ "publication", string_given(scheme->publication) },
		{ "url", string_given(scheme->url) },
	};
	const struct parameter *required = verdict->parameter, *sources;
	const char *missing, *source;

	source = series->source != NULL ? series->source : "survey";
	sources =
	    verdict_measure_by(verdict, c, "scheme.reference_required_for");
	if (sources == NULL)
		return;
	if (!parameter_has(sources, source)) {
		verdict->measured_text = source;
		verdict_set(verdict, OUTCOME_NA, "policy.e1_no_survey");
		return;
	}
	verdict->parameter = required;
	missing = fields_missing(arena, required, marks, COUNT(marks));
	verdict->measured_text = missing != NULL ? missing : scheme->form_no;
	if (missing == NULL)
		verdict_set(verdict, OUTCOME_PASS, "policy.e1_named");
	else
		verdict_set(verdict, OUTCOME_BLOCK,
		    series->scheme == NULL ? "policy.e1_no_scheme"
					   : "policy.e1_missing");
}

/* "2026-06" is the month's first or last day; false if there is no such. */
static bool
term_day(const char *text, bool last, struct day *day)
{
	struct period period;

	if (text == NULL)
		return false;
	if (day_parse(text, day))
		return true;
	if (!period_parse(text, &period))
		return false;
	*day = last ? period.last : period.first;
	return true;
}

/* Which day the scheme must be valid on; false if nobody knows it. */
static bool
tested_day(const struct slot *slot, const char *what, struct day *day)
{
	struct period period;

	if (what != NULL && strcmp(what, "release_time") == 0) {
		*day = slot->when.last;
		return true;
	}
	if (what == NULL || strcmp(what, "reference_period_end") != 0 ||
	    !period_parse(slot->period, &period))
		return false;
	*day = period.last;
	return true;
}

/* The term is over: a renewal that was asked for bridges some days. */
static void
judge_renewal(const struct policy_case *c, const struct scheme *scheme,
    struct verdict *verdict)
{
	const struct parameter *expired = verdict->parameter;

	if (!scheme->has_renewal || scheme->renewal_since.n > case_today(c).n) {
		verdict_set(verdict, OUTCOME_BLOCK, "policy.e2_expired");
		return;
	}
	if (verdict_measure_by(verdict, c, "scheme.renewal_pending_grace") ==
	    NULL)
		return;
	verdict->measured = (int64_t)case_today(c).n - scheme->renewal_since.n;
	if (verdict->measured <= verdict->parameter->number) {
		verdict->measured_text = NULL;
		verdict_set(verdict, OUTCOME_WARN, "policy.e2_pending");
		return;
	}
	verdict->parameter = expired;
	verdict_set(verdict, OUTCOME_BLOCK, "policy.e2_pending_long");
}

/* E2: the scheme is in force for the period that the figures are about. */
void
judge_validity(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict)
{
	const struct scheme *scheme = scheme_of(c, verdict);
	const char *what = verdict->parameter->string;
	struct day until, day;

	(void)arena;
	if (scheme == NULL)
		return;
	if (!term_day(scheme->valid_until, true, &until)) {
		verdict_set(verdict, OUTCOME_NA, "policy.e2_no_term");
		return;
	}
	verdict->measured_text = scheme->valid_until;
	if (!tested_day(c->slot, what, &day))
		verdict_set(verdict, OUTCOME_WARN, "policy.e2_unknown_day");
	else if (day.n <= until.n)
		verdict_set(verdict, OUTCOME_PASS, "policy.e2_valid");
	else
		judge_renewal(c, scheme, verdict);
}

enum outcome
outcome_named(const char *name)
{
	static const struct {
		const char *name;
		enum outcome outcome;
	} names[] = {
		{ "allow", OUTCOME_PASS },
		{ "warn", OUTCOME_WARN },
		{ "report", OUTCOME_REPORT },
	};
	size_t i;

	for (i = 0; name != NULL && i < COUNT(names); i++)
		if (strcmp(name, names[i].name) == 0)
			return names[i].outcome;
	return OUTCOME_BLOCK;
}

/* What the scheme's publication mode says about announcing the series. */
static enum outcome
publication_outcome(const struct office *office, const struct series *series)
{
	const struct scheme *scheme = series->scheme;
	const struct parameter *parameter;
	/* Asked of the scheme alone, whatever the class is. */
	struct series public = { .secrecy = SECRECY_PUBLIC, .scheme = scheme };

	if (scheme == NULL)
		return OUTCOME_NA;
	if (!office_opens(office, &public))
		return OUTCOME_BLOCK;
	if (!scheme_is_unspecified(scheme))
		return OUTCOME_PASS;
	parameter =
	    policy_parameter(&office->policy, "scheme.publication_unspecified");
	return parameter == NULL ? OUTCOME_WARN
				 : outcome_named(parameter->string);
}

/*
 * E3: a scheme for internal use forbids the announcement.  Without a scheme
 * there is no mode to judge; that one must be named is E1's matter.
 */
void
judge_publication(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict)
{
	const struct series *series = c->slot->series;
	enum outcome outcome = publication_outcome(c->office, series);

	(void)arena;
	if (outcome == OUTCOME_NA) {
		verdict_set(verdict, OUTCOME_NA, "policy.e3_no_scheme");
		return;
	}
	verdict->measured_text = scheme_is_unspecified(series->scheme)
				     ? "unspecified"
				     : series->scheme->publication;
	if (outcome == OUTCOME_PASS)
		verdict_set(verdict, OUTCOME_PASS, "policy.e3_public");
	else if (series->secrecy != SECRECY_PUBLIC)
		verdict_set(verdict, OUTCOME_PASS, "policy.e3_kept_out");
	else if (scheme_is_unspecified(series->scheme))
		verdict_set(verdict, outcome, "policy.e3_unspecified");
	else
		verdict_set(verdict, outcome, "policy.e3_forbidden");
}

static bool
list_has(const char *const *list, size_t n, const char *string)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (strcmp(list[i], string) == 0)
			return true;
	return false;
}

/* The first channel that the scheme does not allow, or NULL. */
static const char *
other_channel(const struct series *series, const struct scheme *scheme)
{
	size_t i;

	for (i = 0; i < series->n_channels; i++)
		if (!list_has(scheme->channels, scheme->n_channels,
			series->channels[i]))
			return series->channels[i];
	return NULL;
}

/* E4: published as often, and where, as the scheme says. */
void
judge_frequency_and_channel(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict)
{
	const struct series *series = case_series(c);
	const struct scheme *scheme = scheme_of(c, verdict);
	const char *frequency = frequency_name(series->frequency), *channel;

	(void)arena;
	if (scheme == NULL)
		return;
	if (scheme->n_frequencies == 0 && scheme->n_channels == 0) {
		verdict_set(verdict, OUTCOME_NA, "policy.e4_unstated");
		return;
	}
	verdict->measured_text = frequency;
	if (scheme->n_frequencies > 0 &&
	    !list_has(scheme->frequencies, scheme->n_frequencies, frequency)) {
		verdict_set(verdict, OUTCOME_WARN, "policy.e4_frequency");
	} else if (scheme->n_channels > 0 && series->n_channels == 0) {
		verdict->measured_text = "";
		verdict_set(verdict, OUTCOME_WARN, "policy.e4_no_channel");
	} else if (scheme->n_channels > 0 &&
		   (channel = other_channel(series, scheme)) != NULL) {
		verdict->measured_text = channel;
		verdict_set(verdict, OUTCOME_WARN, "policy.e4_channel");
	} else {
		verdict_set(verdict, OUTCOME_PASS, "policy.e4_as_stated");
	}
}

/* Whether a name is one of those of a list such as "甲局、乙局". */
static bool
names_have(const char *names, const char *name)
{
	static const char *const separators[] = { "、", "，", "；", ",", ";" };
	size_t len, i;

	if (!string_given(name))
		return false;
	len = strlen(name);
	while (*names != '\0') {
		const char *end = names + strlen(names), *next = end;

		for (i = 0; i < COUNT(separators); i++) {
			const char *found = strstr(names, separators[i]);

			if (found != NULL && found < end) {
				end = found;
				next = found + strlen(separators[i]);
			}
		}
		names += strspn(names, " ");
		if ((size_t)(end - names) >= len &&
		    strncmp(names, name, len) == 0 &&
		    strspn(names + len, " ") == (size_t)(end - names) - len)
			return true;
		names = next;
	}
	return false;
}

static bool
is_national(const struct department *department)
{
	return department != NULL && department->level != NULL &&
	       strcmp(department->level, "national") == 0;
}

/*
 * E5: who made the scheme publishes, or who is authorised; figures of a
 * national survey no other department does, authorised or not (TJF-27).
 */
void
judge_publisher(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict)
{
	static const struct department nobody;
	const struct department *department =
	    c->department != NULL ? c->department : &nobody;
	const struct scheme *scheme = scheme_of(c, verdict);

	(void)arena;
	if (scheme == NULL)
		return;
	verdict->measured_text = scheme->maker;
	if (scheme->national && !is_national(department)) {
		verdict->measured_text =
		    string_given(scheme->maker) ? scheme->maker : "national";
		verdict_set(verdict, OUTCOME_BLOCK, "policy.e5_national");
	} else if (!string_given(scheme->maker)) {
		verdict_set(verdict, OUTCOME_NA, "policy.e5_no_maker");
	} else if (parameter_has(verdict->parameter, "scheme_maker") &&
		   (names_have(scheme->maker, department->name.zh) ||
		       names_have(scheme->maker, department->name.en))) {
		verdict_set(verdict, OUTCOME_PASS, "policy.e5_maker");
	} else if (parameter_has(verdict->parameter, "authorised") &&
		   string_given(scheme->authorisation)) {
		verdict->measured_text = scheme->authorisation;
		verdict_set(verdict, OUTCOME_PASS, "policy.e5_authorised");
	} else {
		verdict_set(verdict, OUTCOME_BLOCK, "policy.e5_other");
	}
}

/* E6: first day to last; three years to the day are three years. */
void
judge_term(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict)
{
	const struct scheme *scheme = scheme_of(c, verdict);
	int months = (int)verdict->parameter->number * 12;
	struct day from, until;

	if (scheme == NULL)
		return;
	if (!term_day(scheme->valid_from, false, &from) ||
	    !term_day(scheme->valid_until, true, &until)) {
		verdict_set(verdict, OUTCOME_NA, "policy.e6_no_term");
		return;
	}
	verdict->measured_text = arena_printf(
	    arena, "%s – %s", scheme->valid_from, scheme->valid_until);
	if (until.n <= day_add_months(from, months).n)
		verdict_set(verdict, OUTCOME_PASS, "policy.e6_short_enough");
	else
		verdict_set(verdict, OUTCOME_WARN, "policy.e6_too_long");
}

/* E7: the scheme's own date, measured in days left. */
void
judge_deadline(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict)
{
	const struct scheme *scheme = scheme_of(c, verdict);
	struct period period;
	struct day deadline;

	(void)arena;
	if (scheme == NULL)
		return;
	if (scheme->deadline_by_notice) {
		verdict_set(verdict, OUTCOME_NA, "policy.e7_by_notice");
		return;
	}
	if (scheme->deadline_day == 0 ||
	    !period_parse(c->slot->period, &period)) {
		verdict_set(verdict, OUTCOME_NA, "policy.e7_unstated");
		return;
	}
	deadline = month_day_after(
	    period.last, scheme->deadline_months, scheme->deadline_day);
	verdict->measured = (int64_t)deadline.n - c->slot->when.last.n;
	if (verdict->measured >= 0) {
		verdict_set(verdict, OUTCOME_PASS, "policy.e7_in_time");
		return;
	}
	verdict->measured = -verdict->measured;
	verdict_set(verdict, OUTCOME_REPORT, "policy.e7_late");
}

/* E8: what the survey asks can be read by anybody, but for secret ones. */
void
judge_summary(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict)
{
	const struct scheme *scheme = scheme_of(c, verdict);

	(void)arena;
	if (scheme == NULL)
		return;
	verdict->measured_text = string_given(scheme->url) ? scheme->url : "";
	if (string_given(scheme->url))
		verdict_set(verdict, OUTCOME_PASS, "policy.e8_linked");
	else
		verdict_set(verdict, OUTCOME_WARN, "policy.e8_missing");
}
