/*
 * A year of a working-day calendar: month grids, the holidays by name, and
 * what all of it rests on.
 */
#include <stdio.h>
#include <string.h>

#include <yugao/arena.h>
#include <yugao/calendar.h>
#include <yugao/notice.h>

#include "document.h"
#include "text.h"
#include "words.h"

#define CELL 3          /* two digits and a mark */
#define GRID (7 * CELL) /* columns of a month */
#define GAP 3
#define ABREAST 4

struct year {
	const struct report *report;
	const struct calendar *calendar;
	int year;
	const struct day *known_on;
	struct calendar_sources sources;
};

/* Monday first. */
static int
column_of(struct day day)
{
	return ((int)day_weekday(day) + 6) % 7;
}

static struct day
month_first(const struct year *year, int month)
{
	return day_of(year->year, month, 1);
}

static struct day
month_last(const struct year *year, int month)
{
	return day_of(year->year, month, month_length(year->year, month));
}

static int
workdays(const struct year *year, struct day first, struct day last)
{
	return calendar_workdays(
	    year->calendar, (struct day){ first.n - 1 }, last);
}

/* The marks say without colour what the colours say. */
static const char *
mark_of(const struct day_info *info)
{
	if (info->kind == DAY_OFF)
		return "*";
	if (info->kind == DAY_MAKEUP)
		return "+";
	return info->state == DAY_PROVISIONAL ? "?" : " ";
}

static enum style
style_of(const struct day_info *info)
{
	static const enum style styles[] = {
		[DAY_WORK] = STYLE_NONE,
		[DAY_WEEKEND] = STYLE_DIM,
		[DAY_OFF] = STYLE_BAD,
		[DAY_MAKEUP] = STYLE_WARN,
	};

	return styles[info->kind];
}

/* A line of the grid; blanks are owed until something follows them. */
struct grid {
	const struct report *report;
	int owed;
};

static void
put(struct grid *grid, enum style style, const char *text)
{
	fprintf(grid->report->terminal.out, "%*s", grid->owed, "");
	grid->owed = 0;
	text_styled(grid->report, style, text);
}

static void
end_line(struct grid *grid)
{
	fputc('\n', grid->report->terminal.out);
	grid->owed = 0;
}

static void
put_day(struct grid *grid, const struct year *year, struct day day, int mday)
{
	struct day_info info = calendar_day(year->calendar, day);
	const char *mark = mark_of(&info);

	grid->owed += mday < 10;
	put(grid, style_of(&info),
	    arena_printf(
		grid->report->arena, "%d%s", mday, *mark == ' ' ? "" : mark));
	grid->owed += *mark == ' ';
}

static void
put_week(struct grid *grid, const struct year *year, int month, int week)
{
	struct day first = month_first(year, month);
	struct day last = month_last(year, month);
	int n = first.n - column_of(first) + 7 * week, i;

	for (i = 0; i < 7; i++, n++) {
		if (n < first.n || n > last.n)
			grid->owed += CELL;
		else
			put_day(grid, year, (struct day){ n }, n - first.n + 1);
	}
}

/* "2月  16个工作日", and that it is projected or unknown. */
static const char *
month_title(const struct year *year, int month)
{
	const struct report *report = year->report;
	struct day first = month_first(year, month);
	struct day_info info = calendar_day(year->calendar, first);
	const char *id = info.state == DAY_PROJECTED
			     ? "report.calendar_projected"
			 : info.state == DAY_UNKNOWN ? "report.calendar_unknown"
						     : "report.calendar_month";

	return TOLD(report, id, tell_month(report->arena, report->lang, month),
	    arena_printf(report->arena, "%d",
		workdays(year, first, month_last(year, month))));
}

static void
put_heads(struct grid *grid)
{
	const struct report *report = grid->report;
	int i;

	for (i = 1; i <= 7; i++) {
		const char *head =
		    TOLD(report, arena_printf(report->arena,
				     "report.calendar_day_%d", i % 7));

		put(grid, STYLE_DIM, head);
		grid->owed += CELL - text_width(head);
	}
}

static int
weeks_of(const struct year *year, int month)
{
	struct day first = month_first(year, month);

	return (column_of(first) + month_length(year->year, month) + 6) / 7;
}

static void
print_months(const struct year *year, int first, int n)
{
	struct grid grid = { year->report, 0 };
	int weeks = 0, week, i;

	for (i = 0; i < n; i++) {
		const char *title = month_title(year, first + i);

		if (weeks_of(year, first + i) > weeks)
			weeks = weeks_of(year, first + i);
		put(&grid, STYLE_BOLD, title);
		grid.owed += GRID + GAP - text_width(title);
		if (grid.owed < 1)
			grid.owed = 1;
	}
	end_line(&grid);
	for (i = 0; i < n; i++) {
		put_heads(&grid);
		grid.owed += GAP;
	}
	end_line(&grid);
	for (week = 0; week < weeks; week++) {
		for (i = 0; i < n; i++) {
			put_week(&grid, year, first + i, week);
			grid.owed += GAP;
		}
		end_line(&grid);
	}
	end_line(&grid);
}

/* "春节  2026年2月15日（星期日）至2026年2月23日（星期一）放假" */
static void
print_run(const struct year *year, struct day first, struct day last,
    const struct day_info *info)
{
	const struct report *report = year->report;
	const char *days = tell_day(report->arena, report->lang, first);
	const char *name = text_in(&info->name, report->lang);

	if (first.n != last.n)
		days = TOLD(report, "report.day_run", days,
		    tell_day(report->arena, report->lang, last));
	text_line(report, STYLE_NONE, 2,
	    TOLD(report,
		info->kind == DAY_MAKEUP ? "report.calendar_worked"
					 : "report.calendar_off",
		*name != '\0' ? name : TOLD(report, "report.off_day"), days,
		tell_count(report->arena, report->lang, "report.days",
		    (size_t)(last.n - first.n) + 1)));
}

static bool
is_alike(const struct report *report, const struct day_info *a,
    const struct day_info *b)
{
	return a->kind == b->kind && strcmp(text_in(&a->name, report->lang),
					 text_in(&b->name, report->lang)) == 0;
}

static void
print_holidays(const struct year *year)
{
	struct day day = month_first(year, 1), end = month_last(year, 12);
	struct day first = day;
	struct day_info run = { .kind = DAY_WORK }, info;

	for (; day.n <= end.n + 1; day.n++) {
		info = calendar_day(year->calendar, day);
		if (day.n <= end.n && is_alike(year->report, &run, &info))
			continue;
		if (run.kind == DAY_OFF || run.kind == DAY_MAKEUP)
			print_run(year, first, (struct day){ day.n - 1 }, &run);
		run = info;
		first = day;
	}
}

static const char *
source_words(const struct calendar_source *source)
{
	bool dated = source->published.n != DAY_ALWAYS.n;

	if (source->number == NULL)
		return dated ? "report.calendar_source_dated"
			     : "report.calendar_source_title";
	return dated ? "report.calendar_source" : "report.calendar_source_bare";
}

static void
print_sources(const struct year *year)
{
	const struct report *report = year->report;
	size_t i;

	text_line(report, STYLE_BOLD, 0,
	    TOLD(report, year->sources.n > 0 ? "report.calendar_sources"
					     : "report.calendar_no_source"));
	for (i = 0; i < year->sources.n; i++) {
		const struct calendar_source *source = &year->sources.v[i];
		char date[DAY_SIZE] = "";

		if (source->published.n != DAY_ALWAYS.n)
			day_format(date, source->published);
		text_line(report, STYLE_NONE, 2,
		    TOLD(report, source_words(source),
			source->title != NULL ? source->title : source->file,
			source->number, date));
		if (source->url != NULL)
			text_line(report, STYLE_DIM, 4, source->url);
	}
}

/* What is not certain, in a sentence each. */
static void
print_states(const struct year *year)
{
	const struct report *report = year->report;
	struct day last = month_last(year, 12);
	struct day_info start, end;
	char number[8];

	snprintf(number, sizeof(number), "%d", year->year);
	start = calendar_day(year->calendar, month_first(year, 1));
	end = calendar_day(year->calendar, last);
	if (start.state == DAY_PROJECTED)
		text_line(report, STYLE_WARN, 0,
		    TOLD(report, "report.calendar_is_projected", number));
	else if (start.state == DAY_UNKNOWN)
		text_line(report, STYLE_BAD, 0,
		    TOLD(report, "report.calendar_is_unknown", number));
	else if (end.state == DAY_PROVISIONAL)
		text_line(report, STYLE_WARN, 0,
		    TOLD(report, "report.calendar_is_provisional"));
}

static void
print_year(const struct year *year)
{
	const struct report *report = year->report;
	int abreast = (report->terminal.width + GAP) / (GRID + GAP);
	struct arena *arena = report->arena;
	char date[DAY_SIZE] = "";
	int month;

	abreast = abreast > ABREAST ? ABREAST : abreast < 1 ? 1 : abreast;
	if (year->known_on != NULL)
		day_format(date, *year->known_on);
	text_line(report, STYLE_BOLD, 0,
	    TOLD(report,
		year->known_on != NULL ? "report.calendar_title_as_of"
				       : "report.calendar_title",
		arena_printf(arena, "%d", year->year),
		calendar_name(year->calendar),
		arena_printf(arena, "%d",
		    workdays(year, month_first(year, 1), month_last(year, 12))),
		date));
	fputc('\n', report->terminal.out);
	for (month = 1; month <= 12; month += abreast)
		print_months(
		    year, month, month + abreast > 13 ? 13 - month : abreast);
	text_line(report, STYLE_DIM, 0, TOLD(report, "report.calendar_legend"));
	print_states(year);
	fputc('\n', report->terminal.out);
	print_holidays(year);
	fputc('\n', report->terminal.out);
	print_sources(year);
}

static void
write_day(struct document *document, const struct year *year, struct day day)
{
	static const char *const kinds[] = {
		[DAY_WORK] = "work",
		[DAY_WEEKEND] = "weekend",
		[DAY_OFF] = "off",
		[DAY_MAKEUP] = "makeup",
	};
	static const char *const states[] = {
		[DAY_PUBLISHED] = "published",
		[DAY_PROVISIONAL] = "provisional",
		[DAY_PROJECTED] = "projected",
		[DAY_UNKNOWN] = "unknown",
	};
	struct day_info info = calendar_day(year->calendar, day);

	document_object(document, NULL);
	document_day(document, "date", day);
	document_flag(document, "working",
	    info.kind == DAY_WORK || info.kind == DAY_MAKEUP);
	document_string(document, "kind", kinds[info.kind]);
	document_string(document, "state", states[info.state]);
	document_text(document, "name", &info.name);
	document_string(document, "notice", info.notice);
	document_close(document);
}

static void
write_sources(struct document *document, const struct year *year)
{
	size_t i;

	document_array(document, "sources");
	for (i = 0; i < year->sources.n; i++) {
		const struct calendar_source *source = &year->sources.v[i];

		document_object(document, NULL);
		document_string(document, "title", source->title);
		document_string(document, "number", source->number);
		document_string(document, "url", source->url);
		if (source->published.n != DAY_ALWAYS.n)
			document_day(document, "published", source->published);
		document_flag(document, "law", source->law);
		document_close(document);
	}
	document_close(document);
}

static void
write_year(const struct year *year, const struct diags *diags)
{
	struct document document;
	struct day day = month_first(year, 1), end = month_last(year, 12);
	int month;

	document_begin(&document, year->report, "yugao-calendar/1");
	document_diags(&document, year->report, diags);
	document_string(&document, "calendar", calendar_name(year->calendar));
	document_number(&document, "year", year->year);
	if (year->known_on != NULL)
		document_day(&document, "knownOn", *year->known_on);
	document_number(&document, "workingDays", workdays(year, day, end));
	document_array(&document, "months");
	for (month = 1; month <= 12; month++)
		document_number(&document, NULL,
		    workdays(year, month_first(year, month),
			month_last(year, month)));
	document_close(&document);
	document_array(&document, "days");
	for (; day.n <= end.n; day.n++)
		write_day(&document, year, day);
	document_close(&document);
	write_sources(&document, year);
	document_end(&document);
}

void
report_calendar(const struct report *report, const struct calendar *calendar,
    int year, const struct day *known_on, const struct diags *diags)
{
	struct arena *arena = arena_new();
	struct report told = report_with(report, arena);
	struct year of = { &told, calendar, year, known_on, { 0 } };

	calendar_sources(arena, calendar, year, &of.sources);
	if (told.json) {
		write_year(&of, diags);
	} else {
		report_diags(&told, diags);
		print_year(&of);
	}
	arena_free(arena);
}
