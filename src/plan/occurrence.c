#include "read.h"

#include <stdlib.h>
#include <string.h>

/* struct occurrence's members that a person writes. */
struct dated {
	struct moment when;
	bool has_when;
	int minute;
	struct text note, reason;
	int status;
	const char *result;
	struct day formed;
	bool has_formed;
};

static const struct word status_words[] = {
	{ "confirmed", STATUS_CONFIRMED },
	{ "tentative", STATUS_TENTATIVE },
};

/* "2026-03-04T10:00" */
static bool
put_instant(const struct node *node, const char *string, struct moment *to)
{
	char *day = arena_strndup(node->reader->arena, string, 10);

	to->precision = PRECISION_INSTANT;
	return node_day(node, day, &to->start.day) &&
	       node_minute(node, string + 11, &to->start.minute);
}

/* A month or a window of months. */
static bool
put_months(const struct node *node, const char *string, struct moment *to)
{
	struct period period;

	if (!period_parse(string, &period)) {
		COMPLAIN(node, "plan.no_such_period", quoted(node, string));
		return false;
	}
	to->precision = period.frequency == FREQUENCY_MONTHLY
			    ? PRECISION_MONTH
			    : PRECISION_WINDOW;
	to->start.day = period.first;
	to->last = period.last;
	return true;
}

/* Same shape: 0 stands for any digit. */
static bool
has_shape(const char *string, const char *shape)
{
	for (; *shape != '\0'; shape++, string++)
		if (*shape == '0' ? *string < '0' || *string > '9'
				  : *string != *shape)
			return false;
	return *string == '\0';
}

static bool
node_when(const struct node *node, const char *string, struct moment *to)
{
	struct moment moment = { .start.minute = NO_TIME };
	bool good;

	if (has_shape(string, "0000-00") || has_shape(string, "0000-00..00")) {
		good = put_months(node, string, &moment);
	} else if (has_shape(string, "0000-00-00T00:00")) {
		good = put_instant(node, string, &moment);
		moment.last = moment.start.day;
	} else if (has_shape(string, "0000-00-00")) {
		moment.precision = PRECISION_DATE;
		good = node_day(node, string, &moment.start.day);
		moment.last = moment.start.day;
	} else {
		COMPLAIN(node, "plan.bad_when", quoted(node, string));
		good = false;
	}
	if (good)
		*to = moment;
	return good;
}

static const struct field limit_fields[] = {
	{ "no_later_than", read_day, 0, NULL, true },
};

/* struct dated: a string, or {"no_later_than": day} */
static void
read_when(const struct node *node, void *to, const void *how)
{
	struct dated *dated = to;
	const char *string;

	(void)how;
	if (json_is_object(node->value)) {
		size_t complaints = node->reader->complaints;
		struct day day = { 0 };

		node_fields(node, limit_fields, COUNT(limit_fields), &day);
		dated->when =
		    (struct moment){ PRECISION_NLT, { day, NO_TIME }, day };
		dated->has_when = node->reader->complaints == complaints;
	} else if (!json_is_string(node->value)) {
		COMPLAIN(node, "plan.want_when");
	} else if ((string = node_string(node, true)) != NULL) {
		dated->has_when = node_when(node, string, &dated->when);
	}
}

/* Unlike a rule's, an occurrence's time cannot be null. */
static void
read_own_minute(const struct node *node, void *to, const void *how)
{
	const char *string = node_string(node, true);

	(void)how;
	if (string != NULL)
		node_minute(node, string, to);
}

static void
read_formed_on(const struct node *node, void *to, const void *how)
{
	struct dated *dated = to;
	const char *string = node_string(node, true);

	(void)how;
	if (string != NULL)
		dated->has_formed = node_day(node, string, &dated->formed);
}

#define AT(member) offsetof(struct dated, member)
static const struct field dated_fields[] = {
	{ "date", read_when, 0, NULL, false },
	{ "formed", read_formed_on, 0, NULL, false },
	{ "note", read_text, AT(note), NULL, false },
	{ "reason", read_text, AT(reason), NULL, false },
	{ "result", read_url, AT(result), NULL, false },
	{ "status", read_word, AT(status), WORDS(status_words), false },
	{ "time", read_own_minute, AT(minute), NULL, false },
};

static const struct field moment_fields[] = {
	{ "date", read_when, 0, NULL, true },
	{ "time", read_own_minute, AT(minute), NULL, false },
};
#undef AT

/* A clock time goes with a day that has none yet. */
static void
check_time(const struct node *node, const struct dated *dated)
{
	struct node time = node_get(node, "time");

	if (time.value == NULL || !dated->has_when)
		return;
	if (dated->when.precision == PRECISION_INSTANT)
		COMPLAIN(&time, "plan.two_times");
	else if (dated->when.precision != PRECISION_DATE)
		COMPLAIN(&time, "plan.time_without_day");
}

static void
read_dated(const struct node *node, struct dated *dated)
{
	if (!json_is_object(node->value) ||
	    json_object_get(node->value, "no_later_than") != NULL) {
		read_when(node, dated, NULL);
		return;
	}
	if (json_object_size(node->value) == 0)
		COMPLAIN(node, "plan.empty_occurrence");
	node_fields(node, dated_fields, COUNT(dated_fields), dated);
	check_time(node, dated);
}

void
read_moment(const struct node *node, void *to, const void *how)
{
	struct dated dated = { .minute = NO_TIME };
	struct moment *moment = to;

	(void)how;
	if (json_is_object(node->value) &&
	    json_object_get(node->value, "no_later_than") == NULL) {
		node_fields(node, moment_fields, COUNT(moment_fields), &dated);
		check_time(node, &dated);
	} else {
		read_when(node, &dated, NULL);
	}
	if (!dated.has_when)
		return;
	*moment = dated.when;
	if (dated.minute != NO_TIME) {
		moment->precision = PRECISION_INSTANT;
		moment->start.minute = dated.minute;
	}
}

bool
period_fits(const struct period *period, enum frequency frequency)
{
	return frequency == FREQUENCY_IRREGULAR ||
	       period->frequency == frequency ||
	       (frequency == FREQUENCY_MONTHLY &&
		   period->frequency == FREQUENCY_IRREGULAR);
}

static void
check_period(const struct node *member, enum frequency frequency)
{
	struct period period;

	if (!period_parse(member->key, &period))
		COMPLAIN_KEY(
		    member, "plan.bad_period", quoted(member, member->key));
	else if (!period_fits(&period, frequency))
		COMPLAIN_KEY(member, "plan.period_frequency",
		    quoted(member, member->key));
}

/*
 * A plan may run into the years beside its own; farther away is a mistyped
 * year, of the date or of the plan.
 */
static void
check_year(const struct node *node, const struct moment *when)
{
	struct arena *arena = node->reader->arena;
	int year = node->reader->year;

	if (year != 0 && (day_year(when->last) < year - 1 ||
			     day_year(when->start.day) > year + 1))
		COMPLAIN(
		    node, "plan.far_year", arena_printf(arena, "%d", year));
}

static void
read_members(const struct node *node, enum frequency frequency, bool skip,
    struct occurrence *v, size_t *n)
{
	const char *key;
	json_t *value;

	if (node->value == NULL || !node_is_object(node))
		return;
	json_object_foreach(node->value, key, value)
	{
		struct node member = node_member(node, key, value);
		struct dated dated = { .minute = NO_TIME, .status = -1 };

		if (reader_is_full(node->reader))
			return;
		check_period(&member, frequency);
		if (skip)
			read_text(&member, &dated.reason, NULL);
		else
			read_dated(&member, &dated);
		if (dated.has_when)
			check_year(&member, &dated.when);
		v[(*n)++] = (struct occurrence){
			.period = arena_strdup(node->reader->arena, key),
			.skip = skip,
			.reason = dated.reason,
			.when = dated.when,
			.has_when = dated.has_when,
			.minute = dated.minute,
			.note = dated.note,
			.status = dated.status,
			.result = dated.result,
			.formed = dated.formed,
			.has_formed = dated.has_formed,
			.pointer = node_pointer(&member),
		};
	}
}

static int
compare_occurrences(const void *a, const void *b)
{
	return strcmp(((const struct occurrence *)a)->period,
	    ((const struct occurrence *)b)->period);
}

void
read_occurrences(
    const struct node *node, enum frequency frequency, struct rule *rule)
{
	struct node dates = node_get(node, "dates");
	struct node skip = node_get(node, "skip");
	size_t most =
	    json_object_size(dates.value) + json_object_size(skip.value);
	struct occurrence *v;
	size_t n = 0, i;

	v = most == 0 ? NULL
		      : arena_alloc(node->reader->arena, most * sizeof(*v));
	read_members(&dates, frequency, false, v, &n);
	read_members(&skip, frequency, true, v, &n);
	if (n > 1)
		qsort(v, n, sizeof(*v), compare_occurrences);
	for (i = 1; i < n; i++) {
		struct node again = node_get(&skip, v[i].period);

		if (strcmp(v[i - 1].period, v[i].period) == 0)
			COMPLAIN_KEY(&again, "plan.skip_and_date");
	}
	rule->occurrences = v;
	rule->n_occurrences = n;
}
