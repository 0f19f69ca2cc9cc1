#include "read.h"

#include <limits.h>
#include <string.h>

#include <yugao/calendar.h>

#define UNSET INT_MIN

struct reference {
	int lag;
	struct strings combine;
};

struct contact {
	struct text unit;
	const char *phone;
};

/* A rule before what it leaves out is filled in. */
struct rule_draft {
	const char *estimate;
	struct reference reference;
	struct list timings;
	bool timed; /* there is a "timing", be it right or wrong */
	int minute, roll, precision;
};

struct draft {
	struct series series;
	struct rule_draft rule;
	struct strings topics, channels;
	struct list indicators;
	struct contact contact;
	int frequency, status, secrecy;
	struct openness openness; /* of the defaults, then with the series' */
};

static const struct word frequency_words[] = {
	{ "monthly", FREQUENCY_MONTHLY },
	{ "quarterly", FREQUENCY_QUARTERLY },
	{ "half-yearly", FREQUENCY_HALF_YEARLY },
	{ "annual", FREQUENCY_ANNUAL },
	{ "ten-day", FREQUENCY_TEN_DAY },
	{ "weekly", FREQUENCY_WEEKLY },
	{ "irregular", FREQUENCY_IRREGULAR },
};
const struct words frequency_choices = { frequency_words,
	COUNT(frequency_words) };
static const struct word roll_words[] = {
	{ "none", ROLL_NONE },
	{ "following", ROLL_FOLLOWING },
	{ "modified-following", ROLL_MODIFIED_FOLLOWING },
	{ "preceding", ROLL_PRECEDING },
	{ "modified-preceding", ROLL_MODIFIED_PRECEDING },
	{ "nearest", ROLL_NEAREST },
	{ "following-notice", ROLL_FOLLOWING_NOTICE },
};
static const struct word precision_words[] = {
	{ "instant", PRECISION_INSTANT },
	{ "date", PRECISION_DATE },
	{ "month", PRECISION_MONTH },
	{ "window", PRECISION_WINDOW },
	{ "none", PRECISION_NONE },
	{ "no-later-than", PRECISION_NLT },
};
static const struct word status_words[] = {
	{ "confirmed", STATUS_CONFIRMED },
	{ "tentative", STATUS_TENTATIVE },
};
static const struct word secrecy_words[] = {
	{ "public", SECRECY_PUBLIC },
	{ "internal", SECRECY_INTERNAL },
	{ "secret", SECRECY_SECRET },
};
static const struct word source_words[] = {
	{ "survey", 0 },
	{ "admin_record", 0 },
};
static const struct word data_status_words[] = {
	{ "preliminary", 0 },
	{ "final", 0 },
};

/* "01..02": the first month before the last one. */
static void
read_months_pair(const struct node *node, void *to, const void *how)
{
	const char *string = node_string(node, true);
	struct period period;
	char *probe;

	(void)how;
	if (string == NULL)
		return;
	probe = arena_printf(node->reader->arena, "2000-%s", string);
	if (period_parse(probe, &period) &&
	    period.frequency == FREQUENCY_IRREGULAR)
		*(const char **)to = string;
	else
		COMPLAIN(node, "plan.bad_combine", quoted(node, string));
}

/* No month may be joined twice. */
static void
check_combine(const struct node *node, const struct strings *combine)
{
	unsigned seen = 0, i, month, last;

	for (i = 0; i < combine->n; i++) {
		struct node item = node_item(node, i);
		const char *s = combine->v[i];

		if (s == NULL)
			continue;
		month = (unsigned)((s[0] - '0') * 10 + (s[1] - '0'));
		last = (unsigned)((s[4] - '0') * 10 + (s[5] - '0'));
		for (; month <= last; month++) {
			if (seen & 1U << month) {
				COMPLAIN(&item, "plan.combine_twice");
				break;
			}
			seen |= 1U << month;
		}
	}
}

static void
read_combine(const struct node *node, void *to, const void *how)
{
	static const struct items items = { .read = read_months_pair };

	(void)how;
	read_strings(node, to, &items);
	if (json_is_array(node->value))
		check_combine(node, to);
}

static const struct range lag_range = { -12, 60 };
#define AT(member) offsetof(struct reference, member)
static const struct field reference_fields[] = {
	{ "combine", read_combine, AT(combine), NULL, false },
	{ "lag", read_int, AT(lag), &lag_range, false },
};
/* An estimate is about the series' periods and cannot join others. */
static const struct field lag_fields[] = {
	{ "lag", read_int, AT(lag), &lag_range, false },
};
#undef AT

static void
read_reference(const struct node *node, void *to, const void *how)
{
	struct reference reference = { .lag = UNSET };

	(void)how;
	node_fields(
	    node, reference_fields, COUNT(reference_fields), &reference);
	*(struct reference *)to = reference;
}

static void
read_lag(const struct node *node, void *to, const void *how)
{
	(void)how;
	node_fields(node, lag_fields, COUNT(lag_fields), to);
}

static const struct field contact_fields[] = {
	{ "phone", read_string, offsetof(struct contact, phone), NULL, false },
	{ "unit", read_title, offsetof(struct contact, unit), NULL, false },
};

static void
read_contact(const struct node *node, void *to, const void *how)
{
	struct contact contact = { { NULL, NULL }, NULL };

	(void)how;
	node_fields(node, contact_fields, COUNT(contact_fields), &contact);
	*(struct contact *)to = contact;
}

#define AT(member) offsetof(struct indicator, member)
static void
read_breakdowns(const struct node *node, void *to, const void *how)
{
	struct indicator *indicator = to;
	struct strings strings = { NULL, 0 };

	(void)how;
	read_strings(node, &strings, NULL);
	indicator->breakdowns = strings.v;
	indicator->n_breakdowns = strings.n;
}

static const struct field indicator_fields[] = {
	{ "breakdowns", read_breakdowns, 0, NULL, false },
	{ "name", read_title, AT(name), NULL, true },
	{ "unit", read_string, AT(unit), NULL, false },
};
#undef AT

static void
read_indicator(const struct node *node, void *to, const void *how)
{
	(void)how;
	node_fields(node, indicator_fields, COUNT(indicator_fields), to);
}

static const struct items indicator_items = { sizeof(struct indicator),
	read_indicator, NULL, 0, false };
static const struct items id_items = { .read = read_id };

#define AT(member) offsetof(struct draft, member)
/* What may stand in the defaults as well as in a series. */
#define SHARED_FIELDS                                                         \
	{ "calculation", read_text, AT(series.calculation), NULL, false },    \
	    { "census", read_declared, AT(series.census), NULL, false },      \
	    { "channels", read_strings, AT(channels), NULL, false },          \
	    { "class", read_word, AT(secrecy), WORDS(secrecy_words), false }, \
	    { "contact", read_contact, AT(contact), NULL, false },            \
	    { "data_status", read_choice, AT(series.data_status),             \
		    WORDS(data_status_words), false },                        \
	    { "definition", read_text, AT(series.definition), NULL, false },  \
	    { "disclosure_control", read_declared,                            \
		    AT(series.disclosure_control), NULL, false },             \
	    { "data_formed", read_formed, AT(series.formed), NULL, false },   \
	    { "frequency", read_word, AT(frequency), WORDS(frequency_words),  \
		    false },                                                  \
	    { "joint", read_joint, AT(series.joint), NULL, false },           \
	    { "method", read_text, AT(series.method), NULL, false },          \
	    { "overlap", read_declared, AT(series.overlap), NULL, false },    \
	    { "precision", read_word, AT(rule.precision),                     \
		    WORDS(precision_words), false },                          \
	    { "reference", read_reference, AT(rule.reference), NULL, false }, \
	    { "roll", read_word, AT(rule.roll), WORDS(roll_words), false },   \
	    { "sample", read_text, AT(series.sample), NULL, false },          \
	    { "sampled", read_declared, AT(series.sampled), NULL, false },    \
	    { "scheme", read_scheme, AT(series.scheme), NULL, false },        \
	    { "scope", read_text, AT(series.scope), NULL, false },            \
	    { "source", read_choice, AT(series.source), WORDS(source_words),  \
		    false },                                                  \
	    { "status", read_word, AT(status), WORDS(status_words), false },  \
	    { "time", read_minute, AT(rule.minute), NULL, false },            \
	    { "topics", read_strings, AT(topics), &id_items, false },         \
	    { "url", read_url, AT(series.url), NULL, false },                 \
	{                                                                     \
		"watch", read_watch, AT(series.watch), NULL, false            \
	}

static const struct field defaults_fields[] = { SHARED_FIELDS };
static const struct field series_fields[] = {
	{ "id", read_id, AT(series.id), NULL, true },
	{ "title", read_title, AT(series.title), NULL, true },
	{ "indicators", read_items, AT(indicators), &indicator_items, false },
	{ "timing", read_timings, AT(rule.timings), NULL, false },
	{ "dates", read_nothing, 0, NULL, false },
	{ "skip", read_nothing, 0, NULL, false },
	{ "estimate", read_estimate_name, AT(rule.estimate), NULL, false },
	{ "estimates", read_nothing, 0, NULL, false },
	{ "method_changes", read_method_changes, AT(series), NULL, false },
	{ "note", read_text, AT(series.note), NULL, false },
	{ "revision", read_revision, AT(series.revision), NULL, false },
	{ "withheld", read_withheld, AT(series), NULL, false },
	{ "review", read_review, AT(series.review), NULL, false },
	SHARED_FIELDS,
};
#undef AT

bool
is_series_key(const char *key)
{
	size_t i;

	for (i = 0; i < COUNT(series_fields); i++)
		if (strcmp(series_fields[i].name, key) == 0)
			return true;
	return false;
}

#define AT(member) offsetof(struct rule_draft, member)
static const struct field estimate_fields[] = {
	{ "dates", read_nothing, 0, NULL, false },
	{ "estimate", read_estimate_name, AT(estimate), NULL, true },
	{ "precision", read_word, AT(precision), WORDS(precision_words),
	    false },
	{ "reference", read_lag, AT(reference), NULL, false },
	{ "roll", read_word, AT(roll), WORDS(roll_words), false },
	{ "skip", read_nothing, 0, NULL, false },
	{ "time", read_minute, AT(minute), NULL, false },
	{ "timing", read_timings, AT(timings), NULL, false },
};
#undef AT

bool
is_estimate(const char *string)
{
	static const char *const names[] = { "flash", "preliminary", "revised",
		"final" };
	size_t i;

	for (i = 0; i < COUNT(names); i++)
		if (strcmp(string, names[i]) == 0)
			return true;
	return string[0] >= '1' && string[0] <= '9' && string[1] == '\0';
}

void
read_estimate_name(const struct node *node, void *to, const void *how)
{
	const char *string = node_string(node, true);

	(void)how;
	if (string == NULL)
		return;
	if (is_estimate(string))
		*(const char **)to = string;
	else
		COMPLAIN(node, "plan.bad_estimate", quoted(node, string));
}

struct draft *
draft_new(struct arena *arena)
{
	struct draft *draft = arena_alloc(arena, sizeof(*draft));

	draft->series.source = "survey";
	draft->rule.reference.lag = UNSET;
	draft->rule.minute = NO_TIME;
	draft->rule.roll = ROLL_NONE;
	draft->rule.precision = UNSET;
	draft->frequency = UNSET;
	draft->status = STATUS_CONFIRMED;
	draft->secrecy = SECRECY_MISSING;
	return draft;
}

void
draft_defaults(const struct node *node, struct draft *draft)
{
	struct reader *reader = node->reader;

	draft->openness = openness_of(node->value);
	reader->closed =
	    draft->openness.class_closes || draft->openness.scheme_closes;
	node_fields(node, defaults_fields, COUNT(defaults_fields), draft);
	reader->closed = false;
}

/* Known before anything of the series is read, so that nothing is quoted. */
static bool
is_closed(const struct node *node, struct openness *openness)
{
	struct openness own = openness_of(node->value);

	if (own.class_said) {
		openness->class_said = true;
		openness->class_closes = own.class_closes;
	}
	if (own.scheme_said)
		openness->scheme_closes = own.scheme_closes;
	return !openness->class_said || openness->class_closes ||
	       openness->scheme_closes;
}

static int
default_lag(enum frequency frequency)
{
	return frequency != FREQUENCY_TEN_DAY &&
	       frequency != FREQUENCY_WEEKLY &&
	       frequency != FREQUENCY_IRREGULAR;
}

/* What a rule says must make sense for periods of this frequency. */
static void
check_rule(
    const struct node *node, int frequency, const struct rule_draft *draft)
{
	struct node timing = node_get(node, "timing");
	const struct timing *v = draft->timings.v;
	size_t i;

	/* What is inherited was complained about where it stands. */
	if (timing.value == NULL || frequency == UNSET)
		return;
	if (frequency == FREQUENCY_IRREGULAR)
		COMPLAIN(&timing, "plan.irregular_timing");
	for (i = 0; frequency != FREQUENCY_TEN_DAY && i < draft->timings.n;
	     i++) {
		struct node item = node_item(&timing, i);

		if (v[i].n_days > 1)
			COMPLAIN(json_is_array(timing.value) ? &item : &timing,
			    "plan.many_days");
	}
}

static void
finish_rule(const struct node *node, enum frequency frequency,
    const struct rule_draft *draft, struct rule *rule)
{
	bool given = draft->precision != UNSET;

	rule->estimate = draft->estimate;
	rule->lag = draft->reference.lag == UNSET ? default_lag(frequency)
						  : draft->reference.lag;
	rule->timings = draft->timings.v;
	rule->n_timings = draft->timings.n;
	rule->minute = draft->minute;
	rule->roll = (enum roll)draft->roll;
	rule->precision = given ? (enum precision)draft->precision
			  : draft->minute == NO_TIME ? PRECISION_DATE
						     : PRECISION_INSTANT;
	rule->pointer = node_pointer(node);
	read_occurrences(node, frequency, rule);
	if (rule->n_timings > 0 && rule->precision == PRECISION_INSTANT &&
	    rule->minute == NO_TIME)
		COMPLAIN(node, "plan.instant_without_time");
}

/* A rule that can never give a date is a mistake, not a wish. */
static bool
is_empty(const struct rule *rule, const struct draft *draft, bool timed)
{
	return !timed && rule->n_occurrences == 0 &&
	       draft->frequency != FREQUENCY_IRREGULAR &&
	       draft->frequency != UNSET && rule->precision != PRECISION_NONE;
}

static void
read_estimate(const struct node *node, const struct draft *draft,
    enum frequency frequency, struct rule *rules, size_t n)
{
	struct rule_draft own = draft->rule;
	struct node name = node_get(node, "estimate");
	size_t i;

	own.estimate = NULL;
	own.timed |= json_object_get(node->value, "timing") != NULL;
	node_fields(node, estimate_fields, COUNT(estimate_fields), &own);
	if (!json_is_object(node->value))
		return;
	finish_rule(node, frequency, &own, &rules[n]);
	check_rule(node, draft->frequency, &own);
	if (is_empty(&rules[n], draft, own.timed))
		COMPLAIN(node, "plan.no_timing");
	for (i = 0; i < n; i++)
		if (own.estimate != NULL && rules[i].estimate != NULL &&
		    strcmp(own.estimate, rules[i].estimate) == 0)
			COMPLAIN(&name, "plan.duplicate_estimate");
}

#define ESTIMATES_MOST 16

static void
finish_rules(
    const struct node *node, const struct draft *draft, struct series *series)
{
	struct node estimates = node_get(node, "estimates");
	struct arena *arena = node->reader->arena;
	size_t n = 0, more = json_array_size(estimates.value), i;
	struct rule *rules;

	if (estimates.value != NULL && node_is_array(&estimates) &&
	    (more == 0 || more > ESTIMATES_MOST)) {
		COMPLAIN(&estimates, "plan.bad_estimates",
		    arena_printf(arena, "%d", ESTIMATES_MOST));
		more = 0;
	}
	rules = arena_alloc(arena, (1 + more) * sizeof(*rules));
	finish_rule(node, series->frequency, &draft->rule, &rules[n++]);
	check_rule(node, draft->frequency, &draft->rule);
	/* The series may leave it all to its estimates. */
	if (is_empty(&rules[0], draft, draft->rule.timed)) {
		if (more == 0)
			COMPLAIN(node, "plan.no_timing");
		n = 0;
	}
	for (i = 0; i < more; i++) {
		struct node item = node_item(&estimates, i);

		read_estimate(&item, draft, series->frequency, rules, n++);
	}
	series->rules = rules;
	series->n_rules = n;
}

/* Only months can be joined; what the defaults say is for monthly series. */
static void
finish_combine(
    const struct node *node, const struct draft *draft, struct series *series)
{
	struct node reference = node_get(node, "reference");
	struct node combine = node_get(&reference, "combine");

	if (series->frequency == FREQUENCY_MONTHLY) {
		series->combine = draft->rule.reference.combine.v;
		series->n_combine = draft->rule.reference.combine.n;
	} else if (combine.value != NULL) {
		COMPLAIN_KEY(&combine, "plan.combine_frequency");
	}
}

static void
finish_series(
    const struct node *node, const struct draft *draft, struct series *series)
{
	*series = draft->series;
	series->pointer = node_pointer(node);
	series->topics = draft->topics.v;
	series->n_topics = draft->topics.n;
	series->channels = draft->channels.v;
	series->n_channels = draft->channels.n;
	series->indicators = draft->indicators.v;
	series->n_indicators = draft->indicators.n;
	series->contact_unit = draft->contact.unit;
	series->contact_phone = draft->contact.phone;
	series->status = (enum status)draft->status;
	series->secrecy = (enum secrecy)draft->secrecy;
	if (draft->secrecy == SECRECY_MISSING && !draft->openness.class_said)
		node_complain(node, DIAG_WARNING, false,
		    MESSAGE(node->reader->arena,
			node->reader->locator->cells != NULL
			    ? "table.class_missing"
			    : "plan.class_missing"));
	if (draft->frequency == UNSET &&
	    json_object_get(node->value, "frequency") == NULL)
		COMPLAIN(node, "plan.missing", "frequency");
	/* An irregular one takes any period: no false mistakes follow. */
	series->frequency = draft->frequency == UNSET
				? FREQUENCY_IRREGULAR
				: (enum frequency)draft->frequency;
	if (draft->frequency != UNSET)
		finish_combine(node, draft, series);
	check_statements(node, series);
	finish_rules(node, draft, series);
}

void
read_series(const struct node *node, void *to, const void *how)
{
	struct reader *reader = node->reader;
	struct draft draft = *(const struct draft *)how;

	if (!node_is_object(node))
		return;
	reader->closed = is_closed(node, &draft.openness);
	draft.rule.timed = json_object_get(node->value, "timing") != NULL;
	node_fields(node, series_fields, COUNT(series_fields), &draft);
	finish_series(node, &draft, to);
	reader->closed = false;
}
