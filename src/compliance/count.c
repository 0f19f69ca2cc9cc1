/* Facts in, counts out. */
#include <yugao/compliance.h>

#include <stdlib.h>
#include <string.h>

#include <yugao/arena.h>
#include <yugao/calendar.h>

/* What counts of a release: the last time whose notice came in time. */
struct effective {
	struct moment when;
	struct instant start;
	bool called_off;
};

struct counting {
	const struct compliance_facts *facts;
	const struct zone *zone;
	struct reporting period;
	int64_t early, late, missed; /* seconds */
	int64_t min_lead;            /* days */
	int annual_month, annual_day;
};

int64_t
compliance_threshold(
    const struct compliance_facts *facts, const char *key, int64_t other)
{
	const struct standing_parameter *parameter =
	    standing_parameter(&facts->office, key);

	return parameter != NULL ? parameter->number : other;
}

/* A day within what was said, or a clock time on it, is no other time. */
static bool
narrows(const struct telling *said, const struct telling *now)
{
	return said->when.precision != PRECISION_INSTANT &&
	       said->when.precision != PRECISION_NONE &&
	       now->when.precision < said->when.precision &&
	       now->when.start.day.n >= said->when.start.day.n &&
	       now->when.last.n <= said->when.last.n;
}

static bool
has_other_time(const struct telling *said, const struct telling *now)
{
	return !moment_equal(&said->when, &now->when) ||
	       said->start.s != now->start.s;
}

static void
take(struct effective *effective, const struct telling *telling)
{
	effective->when = telling->when;
	effective->start = telling->start;
	effective->called_off = false;
}

/* One more thing said: whether it moves what counts. */
static void
follow(struct effective *effective, const struct telling *said,
    const struct telling *now)
{
	bool off = effective->called_off;
	bool in_time = now->notice.s < now->start.s;

	if (now->status == SAID_RELEASED)
		return;
	if (now->status == SAID_CANCELLED || now->status == SAID_POSTPONED) {
		if (now->notice.s < effective->start.s)
			effective->called_off = true;
		return;
	}
	if (off || narrows(said, now)) {
		if (in_time)
			take(effective, now);
	} else if (has_other_time(said, now) && in_time &&
		   now->notice.s < effective->start.s &&
		   now->notice.s < said->start.s) {
		take(effective, now);
	}
}

static struct effective
effective_of(const struct release_facts *release)
{
	struct effective effective = { 0 };
	size_t i;

	take(&effective, &release->v[0]);
	for (i = 1; i < release->n; i++)
		follow(&effective, &release->v[i - 1], &release->v[i]);
	return effective;
}

/* The last instant at which it is not late yet, without tolerance. */
static struct instant
last_instant(const struct counting *counting, const struct effective *effective)
{
	struct local next = { { effective->when.last.n + 1 }, 0 };

	if (effective->when.precision == PRECISION_INSTANT)
		return effective->start;
	return (
	    struct instant){ zone_instant(counting->zone, next, NULL).s - 1 };
}

/* How it came out, by as_of. */
static void
judge(const struct counting *counting, const struct release_facts *release,
    const struct effective *effective, struct compliance *counts)
{
	struct instant last = last_instant(counting, effective);
	bool exact = effective->when.precision == PRECISION_INSTANT;
	int64_t out = release->out.s, now = counting->facts->as_of.s;

	if (!release->released && now <= last.s + counting->missed) {
		if (now < last.s)
			counts->coming++;
		else
			counts->open++;
		return;
	}
	counts->judged++;
	if (!release->released) {
		counts->missed++;
		counts->unrecorded++;
		return;
	}
	counts->unwitnessed += release->unwitnessed;
	if (out < effective->start.s - counting->early &&
	    effective->when.precision != PRECISION_NLT)
		counts->early++;
	else if (out <= last.s + (exact ? counting->late : 0))
		counts->on_time++;
	else if (out <= last.s + counting->missed)
		counts->late++;
	else
		counts->missed++;
}

static void
count_item(const struct counting *counting, const struct release_facts *release,
    struct compliance *counts)
{
	struct effective effective = effective_of(release);

	if (!reporting_holds(counting->period, effective.when.last))
		return;
	counts->items++;
	if (effective.called_off)
		counts->called_off++;
	else
		judge(counting, release, &effective, counts);
}

static struct day
local_day(const struct counting *counting, struct instant instant)
{
	return zone_local(counting->zone, instant).day;
}

/* How long before its time it was first announced. */
static void
count_first(const struct counting *counting,
    const struct release_facts *release, struct compliance *counts)
{
	const struct telling *first = &release->v[0];
	struct day day = first->when.start.day;
	struct day notice = local_day(counting, first->notice);
	bool exact = first->when.precision == PRECISION_INSTANT;

	if (!reporting_holds(counting->period, day))
		return;
	counts->first++;
	if (exact ? first->notice.s >= first->start.s
		  : notice.n > first->when.last.n)
		counts->first_after++;
	else if (day.n - notice.n >= counting->min_lead ||
		 notice.n <= day_of(day_year(day) - 1, counting->annual_month,
				 counting->annual_day)
				 .n)
		counts->first_enough++;
	else
		counts->first_short++;
}

static int
change_of(const struct telling *said, const struct telling *now)
{
	static const int of[] = {
		[ENTRY_NEW] = -1,
		[ENTRY_CONFIRMED] = -1,
		[ENTRY_MOVED_EARLIER] = COUNTED_EARLIER,
		[ENTRY_MOVED_LATER] = COUNTED_LATER,
		[ENTRY_TIME_CHANGED] = COUNTED_TIME,
		[ENTRY_CANCELLED] = COUNTED_CANCELLED,
		[ENTRY_REISSUED] = -1,
		[ENTRY_EDITION] = -1,
		[ENTRY_POSTPONED] = COUNTED_POSTPONED,
		[ENTRY_REINSTATED] = COUNTED_REINSTATED,
		[ENTRY_RELEASED] = -1,
		[ENTRY_PROFILE] = -1,
	};
	int change = of[now->kind];

	return change >= 0 && change <= COUNTED_TIME && narrows(said, now)
		   ? -1
		   : change;
}

/* What readers would miss first: the old time or the new one. */
static const struct telling *
nearest(const struct telling *said, const struct telling *now)
{
	bool off =
	    said->status == SAID_CANCELLED || said->status == SAID_POSTPONED;
	bool has_new =
	    now->status != SAID_CANCELLED && now->status != SAID_POSTPONED;

	return has_new && (off || now->start.s < said->start.s) ? now : said;
}

static void
count_notice(const struct counting *counting, const struct telling *said,
    const struct telling *now, struct compliance *counts)
{
	const struct telling *first = nearest(said, now);
	int64_t days =
	    first->when.start.day.n - local_day(counting, now->notice).n;

	if (now->notice.s >= first->start.s) {
		counts->notice_after++;
		return;
	}
	if (now->short_notice)
		counts->notice_short++;
	else
		counts->notice_enough++;
	if (counts->notice_short + counts->notice_enough == 1 ||
	    days < counts->notice_days_least)
		counts->notice_days_least = days;
	counts->notice_days_sum += days;
}

static void
count_changes(const struct counting *counting,
    const struct release_facts *release, struct compliance *counts)
{
	size_t i;

	for (i = 1; i < release->n; i++) {
		const struct telling *said = &release->v[i - 1];
		const struct telling *now = &release->v[i];
		int change = change_of(said, now);

		if (!reporting_holds(
			counting->period, local_day(counting, now->at)))
			continue;
		counts->reissued += now->kind == ENTRY_REISSUED;
		if (change < 0)
			continue;
		counts->changes++;
		counts->by_kind[change]++;
		counts->unreasoned += !now->reasoned;
		count_notice(counting, said, now, counts);
	}
}

/* Every release is copied to the institution of its level (C07). */
static void
count_copy(const struct counting *counting, const struct release_facts *release,
    struct compliance *counts)
{
	const struct compliance_facts *facts = counting->facts;
	const struct copying *copy = &release->copy;
	struct day out, by, due;

	if (!release->released)
		return;
	out = local_day(counting, release->out);
	if (!reporting_holds(counting->period, out))
		return;
	by = local_day(counting, copy->copied ? copy->at : facts->as_of);
	due = standing_step(&facts->office, out,
	    compliance_threshold(facts, "copy_to.target_due", 1));
	counts->copies_due++;
	counts->copied += copy->copied;
	counts->copied_in_time += copy->copied && by.n <= due.n;
	counts->copy_breach += by.n - out.n > compliance_threshold(facts,
						  "copy_to.breach_after", 10);
	counts->acknowledged += copy->copied && copy->acknowledged;
}

static void
count_withheld(const struct counting *counting, const struct standing *standing,
    struct compliance *counts)
{
	size_t i;

	for (i = 0; i < standing->n_quarters; i++) {
		const struct standing_quarter *quarter = &standing->quarters[i];

		if (quarter->year != counting->period.year ||
		    (counting->period.quarter != 0 &&
			quarter->quarter != counting->period.quarter))
			continue;
		counts->withheld += (size_t)quarter->items;
		counts->grounded += (size_t)quarter->grounded;
	}
}

/* The total's least notice is the least of its parts. */
static void
add(struct compliance *total, const struct compliance *part)
{
	size_t i;

	if (part->notice_enough + part->notice_short > 0 &&
	    (total->notice_enough + total->notice_short == 0 ||
		part->notice_days_least < total->notice_days_least))
		total->notice_days_least = part->notice_days_least;
	total->notice_days_sum += part->notice_days_sum;
#define ADD(field) total->field += part->field
	ADD(items), ADD(called_off), ADD(coming), ADD(open), ADD(judged);
	ADD(on_time), ADD(late), ADD(missed), ADD(early);
	ADD(unrecorded), ADD(unwitnessed);
	ADD(first), ADD(first_enough), ADD(first_short), ADD(first_after);
	ADD(changes), ADD(notice_enough), ADD(notice_short);
	ADD(notice_after), ADD(unreasoned), ADD(reissued);
	ADD(withheld), ADD(grounded);
	ADD(copies_due), ADD(copied), ADD(copied_in_time);
	ADD(copy_breach), ADD(acknowledged);
#undef ADD
	for (i = 0; i < COUNT(total->by_kind); i++)
		total->by_kind[i] += part->by_kind[i];
}

static struct compliance *
row_of(struct compliance_table *table, const char *department)
{
	size_t i;

	for (i = 0; i < table->n; i++)
		if (strcmp(table->v[i].department, department) == 0)
			return &table->v[i];
	return NULL;
}

static int
compare_rows(const void *a, const void *b)
{
	const struct compliance *x = a, *y = b;

	return strcmp(x->department, y->department);
}

static struct counting
counting_of(const struct compliance_facts *facts, const struct zone *zone,
    struct reporting period)
{
	const struct standing_parameter *due =
	    standing_parameter(&facts->office, "annual_schedule.due");
	struct counting counting = {
		.facts = facts,
		.zone = zone,
		.period = period,
		.early =
		    compliance_threshold(facts, "release.early_tolerance", 0),
		.late = 60 * compliance_threshold(
				 facts, "release.late_tolerance", 10),
		.missed = 3600 * compliance_threshold(
				     facts, "release.missed_after", 24),
		.min_lead = compliance_threshold(facts, "lead.min_lead", 28),
		.annual_month = 12,
		.annual_day = 31,
	};

	if (due != NULL && due->string != NULL && strlen(due->string) == 5) {
		counting.annual_month = atoi(due->string);
		counting.annual_day = atoi(due->string + 3);
	}
	return counting;
}

static bool
wants(const char *department, const char *id)
{
	return department == NULL || strcmp(department, id) == 0;
}

/* Releases are sorted by key, so a department's follow one another. */
static void
count_releases(struct arena *arena, const struct counting *counting,
    const char *department, struct compliance_table *table)
{
	struct compliance *row = NULL;
	size_t i;

	for (i = 0; i < counting->facts->n; i++) {
		const struct release_facts *release = &counting->facts->v[i];

		if (!wants(department, release->department) || release->n == 0)
			continue;
		if (row == NULL ||
		    strcmp(row->department, release->department) != 0)
			row = row_of(table, release->department);
		if (row == NULL) {
			ARRAY_PUSH(arena, table,
			    ((struct compliance){
				.department = release->department }));
			row = &table->v[table->n - 1];
		}
		count_item(counting, release, row);
		count_first(counting, release, row);
		count_changes(counting, release, row);
		count_copy(counting, release, row);
	}
}

struct compliance_table
compliance_count(struct arena *arena, const struct compliance_facts *facts,
    const struct zone *zone, struct reporting period, const char *department)
{
	struct counting counting = counting_of(facts, zone, period);
	struct compliance_table table = { .period = period };
	size_t i;

	for (i = 0; i < facts->standings.n; i++) {
		const struct standing *standing = &facts->standings.v[i];
		struct compliance row = { .department = standing->department,
			.outside = standing->outside };

		if (!wants(department, standing->department))
			continue;
		count_withheld(&counting, standing, &row);
		ARRAY_PUSH(arena, &table, row);
	}
	count_releases(arena, &counting, department, &table);
	if (table.n > 0)
		qsort(table.v, table.n, sizeof(*table.v), compare_rows);
	for (i = 0; i < table.n; i++)
		if (!table.v[i].outside)
			add(&table.total, &table.v[i]);
	return table;
}
