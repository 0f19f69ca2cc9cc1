#include "read.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#define DAYS_MOST 1096 /* three years: more is a slip of the finger */
#define UNSET INT_MIN

struct span {
	int days, workdays;
};

/* One form as it is written. */
struct form {
	const char *after, *same_as;
	struct span span, after_period, before_month_end;
	int after_week_of, nth, weekday, workday, of_rule;
	unsigned months;
	const int *days;
	size_t n_days;
};

/* The keys that say which form it is, and what else may stand beside. */
static const struct kind {
	const char *key;
	enum timing_kind kind;
	const char *beside[3];
} kinds[] = {
	{ "after", TIMING_AFTER_SERIES, { "days", "of", "workdays" } },
	{ "after_period", TIMING_AFTER_PERIOD, { NULL } },
	{ "before_month_end", TIMING_BEFORE_MONTH_END, { NULL } },
	{ "day", TIMING_DAY, { NULL } },
	{ "same_as", TIMING_AFTER_SERIES, { "of" } },
	{ "weekday", TIMING_WEEKDAY, { "after_week_of", "nth" } },
	{ "workday", TIMING_WORKDAY, { NULL } },
};

static const struct range count_range = { -DAYS_MOST, DAYS_MOST };
static const struct range mday_range = { 1, 31 };
static const struct range workday_range = { -23, 23 };
static const struct range nth_range = { -5, 5 };

static const struct field span_fields[] = {
	{ "days", read_int, offsetof(struct span, days), &count_range, false },
	{ "workdays", read_int, offsetof(struct span, workdays), &count_range,
	    false },
};

static void
read_span(const struct node *node, void *to, const void *how)
{
	struct span span = { UNSET, UNSET };

	(void)how;
	node_fields(node, span_fields, COUNT(span_fields), &span);
	*(struct span *)to = span;
}

static int
compare_ints(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

/* A day of the month or "last". */
static bool
node_mday(const struct node *node, int *day)
{
	if (json_is_string(node->value) &&
	    strcmp(json_string_value(node->value), "last") == 0) {
		*day = DAY_LAST;
		return true;
	}
	if (!json_is_integer(node->value)) {
		COMPLAIN(node, "plan.want_mday");
		return false;
	}
	return node_int(node, 1, 31, day);
}

/* One number or a list of up to 31, each once; sorted. */
static void
read_mdays(const struct node *node, void *to, const void *how)
{
	struct form *form = to;
	size_t n =
	    json_is_array(node->value) ? json_array_size(node->value) : 1;
	int *days;
	size_t i, j;

	(void)how;
	if (n == 0 || n > 31) {
		COMPLAIN(node, "plan.bad_mdays");
		return;
	}
	days = arena_alloc(node->reader->arena, n * sizeof(*days));
	for (i = 0; i < n; i++) {
		struct node item =
		    json_is_array(node->value) ? node_item(node, i) : *node;

		if (!node_mday(&item, &days[i]))
			continue;
		for (j = 0; j < i; j++)
			if (days[j] == days[i])
				COMPLAIN(&item, "plan.duplicate_number");
	}
	qsort(days, n, sizeof(*days), compare_ints);
	form->days = days;
	form->n_days = n;
}

static void
read_months(const struct node *node, void *to, const void *how)
{
	unsigned *months = to;
	size_t i;

	(void)how;
	if (!node_is_array(node))
		return;
	if (json_array_size(node->value) == 0 ||
	    json_array_size(node->value) > 12) {
		COMPLAIN(node, "plan.bad_months");
		return;
	}
	for (i = 0; i < json_array_size(node->value); i++) {
		struct node item = node_item(node, i);
		int month;

		if (!node_int(&item, 1, 12, &month))
			continue;
		if (*months & 1U << month)
			COMPLAIN(&item, "plan.duplicate_number");
		*months |= 1U << month;
	}
}

/* A count from either end; there is no 0th. */
static void
read_nth(const struct node *node, void *to, const void *how)
{
	const struct range *range = how;
	int n;

	if (!node_int(node, range->least, range->most, &n))
		return;
	if (n == 0)
		COMPLAIN(node, "plan.zeroth");
	else
		*(int *)to = n;
}

static const struct word weekday_words[] = {
	{ "sun", SUNDAY },
	{ "mon", MONDAY },
	{ "tue", TUESDAY },
	{ "wed", WEDNESDAY },
	{ "thu", THURSDAY },
	{ "fri", FRIDAY },
	{ "sat", SATURDAY },
};

static const struct word of_words[] = { { "date", 0 }, { "rule", 1 } };

#define AT(member) offsetof(struct form, member)
static const struct field form_fields[] = {
	{ "after", read_id, AT(after), NULL, false },
	{ "after_period", read_span, AT(after_period), NULL, false },
	{ "after_week_of", read_int, AT(after_week_of), &mday_range, false },
	{ "before_month_end", read_span, AT(before_month_end), NULL, false },
	{ "day", read_mdays, 0, NULL, false },
	{ "days", read_int, AT(span.days), &count_range, false },
	{ "months", read_months, AT(months), NULL, false },
	{ "nth", read_nth, AT(nth), &nth_range, false },
	{ "of", read_word, AT(of_rule), WORDS(of_words), false },
	{ "same_as", read_id, AT(same_as), NULL, false },
	{ "weekday", read_word, AT(weekday), WORDS(weekday_words), false },
	{ "workday", read_nth, AT(workday), &workday_range, false },
	{ "workdays", read_int, AT(span.workdays), &count_range, false },
};
#undef AT

static const struct kind *
kind_of_key(const char *key)
{
	size_t i;

	for (i = 0; i < COUNT(kinds); i++)
		if (strcmp(kinds[i].key, key) == 0)
			return &kinds[i];
	return NULL;
}

static bool
goes_beside(const struct kind *kind, const char *key)
{
	size_t i;

	for (i = 0; i < COUNT(kind->beside) && kind->beside[i] != NULL; i++)
		if (strcmp(kind->beside[i], key) == 0)
			return true;
	return false;
}

/* Which form it is, if it is exactly one and nothing strange beside it. */
static const struct kind *
find_kind(const struct node *node)
{
	const struct kind *kind = NULL;
	const char *key;
	json_t *value;

	json_object_foreach(node->value, key, value)
	{
		const struct kind *other = kind_of_key(key);
		struct node member = node_member(node, key, value);

		if (other != NULL && kind != NULL) {
			COMPLAIN_KEY(&member, "plan.two_forms", kind->key, key);
			return NULL;
		}
		if (other != NULL)
			kind = other;
	}
	if (kind == NULL) {
		COMPLAIN(node, "plan.no_form");
		return NULL;
	}
	json_object_foreach(node->value, key, value)
	{
		struct node member = node_member(node, key, value);
		size_t i;

		for (i = 0; i < COUNT(form_fields); i++)
			if (strcmp(form_fields[i].name, key) == 0)
				break;
		if (i < COUNT(form_fields) && strcmp(key, kind->key) != 0 &&
		    strcmp(key, "months") != 0 && !goes_beside(kind, key))
			COMPLAIN_KEY(
			    &member, "plan.not_beside", key, kind->key);
	}
	return kind;
}

/* Exactly one of days and workdays. */
static void
put_span(
    const struct node *node, const struct span *span, struct timing *timing)
{
	bool days = json_object_get(node->value, "days") != NULL;
	bool workdays = json_object_get(node->value, "workdays") != NULL;

	if (json_is_object(node->value) && days == workdays)
		COMPLAIN(node, "plan.days_or_workdays");
	timing->working = workdays;
	timing->n = workdays ? span->workdays : span->days;
}

static void
put_weekday(
    const struct node *node, const struct form *form, struct timing *timing)
{
	timing->weekday = (enum weekday)form->weekday;
	timing->n = form->nth;
	if (json_object_get(node->value, "nth") == NULL)
		COMPLAIN(node, "plan.missing", "nth");
	if (json_object_get(node->value, "after_week_of") == NULL)
		return;
	timing->kind = TIMING_WEEKDAY_AFTER;
	timing->day = form->after_week_of;
	if (form->nth != UNSET && form->nth < 0) {
		struct node nth = node_get(node, "nth");

		COMPLAIN(&nth, "plan.range", "1", "5");
	}
}

static void
put_form(const struct node *node, const struct kind *kind,
    const struct form *form, struct timing *timing)
{
	struct node value = node_get(node, kind->key);

	timing->kind = kind->kind;
	timing->months = form->months;
	switch (kind->kind) {
	case TIMING_DAY:
		timing->days = form->days;
		timing->n_days = form->n_days;
		break;
	case TIMING_WORKDAY:
		timing->n = form->workday;
		break;
	case TIMING_WEEKDAY:
	case TIMING_WEEKDAY_AFTER:
		put_weekday(node, form, timing);
		break;
	case TIMING_AFTER_PERIOD:
		put_span(&value, &form->after_period, timing);
		break;
	case TIMING_BEFORE_MONTH_END:
		put_span(&value, &form->before_month_end, timing);
		break;
	case TIMING_AFTER_SERIES:
		timing->of_rule = form->of_rule == 1;
		timing->series =
		    form->after != NULL ? form->after : form->same_as;
		if (strcmp(kind->key, "after") == 0)
			put_span(node, &form->span, timing);
		break;
	}
}

static void
read_form(const struct node *node, void *to, const void *how)
{
	struct form form = { .span = { UNSET, UNSET },
		.after_period = { UNSET, UNSET },
		.before_month_end = { UNSET, UNSET },
		.nth = UNSET,
		.workday = UNSET };
	struct timing *timing = to;
	const struct kind *kind;

	(void)how;
	timing->pointer = node_pointer(node);
	node_fields(node, form_fields, COUNT(form_fields), &form);
	if (json_is_object(node->value) && (kind = find_kind(node)) != NULL)
		put_form(node, kind, &form, timing);
}

void
read_timings(const struct node *node, void *to, const void *how)
{
	static const struct items items = { sizeof(struct timing), read_form,
		NULL, 1, false };
	struct list *list = to;
	const struct timing *v;
	size_t i;

	(void)how;
	if (!json_is_array(node->value)) {
		list->v =
		    arena_alloc(node->reader->arena, sizeof(struct timing));
		list->n = 1;
		read_form(node, list->v, NULL);
		return;
	}
	read_items(node, list, &items);
	for (v = list->v, i = 1; i < list->n; i++) {
		struct node item = node_item(node, i);

		if (v[i - 1].months != 0)
			continue;
		COMPLAIN(&item, "plan.timing_never");
		break;
	}
}
