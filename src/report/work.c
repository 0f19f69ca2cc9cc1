/*
 * What a department owes next, as a list, a message, or its own private feed.
 * A duty's UID never changes; its SEQUENCE grows when what is said of it
 * changes, which the feed that was written last remembers.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include <yugao/arena.h>
#include <yugao/file.h>
#include <yugao/ical.h>

#include "document.h"
#include "paper.h"
#include "words.h"
#include "work.h"

#define FEED_MOST ((size_t)16 << 20)

/* A duty as the feed tells it. */
struct told_duty {
	const struct owed *owed;
	const char *uid; /* without the domain */
	const char *summary;
	int64_t sequence;
	const char *changed; /* RFC 3339 */
};

static const char *
summary_of(const struct report *report, const struct owed *owed)
{
	return TOLD(report, "work.summary",
	    tell_duty(report->arena, report->lang, owed->duty), owed->title,
	    duty_rule(owed->duty));
}

static const char *
uid_of(struct arena *arena, const struct owed *owed)
{
	char *uid =
	    arena_printf(arena, "%s.%s", duty_name(owed->duty), owed->key);
	char *c;

	for (c = uid; *c != '\0'; c++)
		if (*c == '/')
			*c = '.';
	return uid;
}

/* What the last feed said of it: the same words and day keep its SEQUENCE. */
static void
follow(const json_t *last, const struct report_work *what, struct arena *arena,
    struct told_duty *told)
{
	const json_t *before =
	    json_object_get(json_object_get(last, "duties"), told->uid);
	const char *summary =
	    json_string_value(json_object_get(before, "summary"));
	const char *due = json_string_value(json_object_get(before, "due"));
	const char *changed =
	    json_string_value(json_object_get(before, "changed"));
	char day[DAY_SIZE], now[INSTANT_SIZE];
	bool there = json_is_true(json_object_get(before, "open"));

	day_format(day, told->owed->due);
	told->changed =
	    arena_strdup(arena, instant_format(now, what->world->now));
	if (summary == NULL || due == NULL || changed == NULL)
		return;
	told->sequence =
	    json_integer_value(json_object_get(before, "sequence"));
	if (there && strcmp(summary, told->summary) == 0 &&
	    strcmp(due, day) == 0)
		told->changed = arena_strdup(arena, changed);
	else
		told->sequence++;
}

struct told {
	struct told_duty *v;
	size_t n, cap;
};

static void
tell_all(const struct report *report, const struct report_work *what,
    const char *department, const json_t *last, struct told *told)
{
	struct work *work = arena_alloc(report->arena, sizeof(*work));
	size_t i;

	work_collect(report, what, department, work);
	for (i = 0; i < work->n; i++) {
		struct told_duty duty = { .owed = &work->v[i],
			.uid = uid_of(report->arena, &work->v[i]),
			.summary = summary_of(report, &work->v[i]) };

		follow(last, what, report->arena, &duty);
		ARRAY_PUSH(report->arena, told, duty);
	}
}

static const char *
basic(struct arena *arena, const char *rfc3339)
{
	struct instant instant = { 0 };
	char text[INSTANT_SIZE];

	(void)instant_parse(rfc3339, &instant);
	return arena_strdup(arena, instant_format_basic(text, instant));
}

static void
write_component(const struct report *report, struct buf *out,
    const struct told_duty *duty, bool todo)
{
	struct arena *arena = report->arena;
	const char *stamp = basic(arena, duty->changed);
	struct day after = { duty->owed->due.n + 1 };
	char day[DAY_SIZE];
	struct buf line;

	buf_init(&line, arena);
	buf_puts(out, todo ? "BEGIN:VTODO\r\n" : "BEGIN:VEVENT\r\n");
	ical_text(out, &line, "UID",
	    arena_printf(arena, "%s.%s@work.%s", todo ? "todo" : "day",
		duty->uid, report->office->domain));
	ical_line(out, &line, "DTSTAMP", stamp);
	ical_line(out, &line, "LAST-MODIFIED", stamp);
	ical_line(out, &line, "SEQUENCE",
	    arena_printf(arena, "%lld", (long long)duty->sequence));
	if (todo) {
		ical_line(out, &line, "DUE;VALUE=DATE",
		    day_format_basic(day, duty->owed->due));
		buf_puts(out, "STATUS:NEEDS-ACTION\r\n");
	} else {
		ical_line(out, &line, "DTSTART;VALUE=DATE",
		    day_format_basic(day, duty->owed->due));
		ical_line(out, &line, "DTEND;VALUE=DATE",
		    day_format_basic(day, after));
		buf_puts(out, "TRANSP:TRANSPARENT\r\n");
	}
	buf_puts(out, "CLASS:PRIVATE\r\n");
	ical_text(out, &line, "SUMMARY", duty->summary);
	buf_puts(out, todo ? "END:VTODO\r\n" : "END:VEVENT\r\n");
}

static void
write_ics(const struct report *report, const char *department,
    const struct told *told, struct buf *out)
{
	const char *name = TOLD(report, "work.title",
	    tell_department(
		report->arena, report->lang, report->office, department));
	struct buf line;
	size_t i;

	buf_init(&line, report->arena);
	buf_puts(out, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
		      "PRODID:-//yugao//yugao//ZH\r\n"
		      "CALSCALE:GREGORIAN\r\n");
	ical_text(out, &line, "NAME", name);
	ical_text(out, &line, "X-WR-CALNAME", name);
	buf_puts(out, "REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n");
	for (i = 0; i < told->n; i++) {
		write_component(report, out, &told->v[i], false);
		write_component(report, out, &told->v[i], true);
	}
	if (told->n == 0) /* a calendar must hold a component */
		buf_puts(out, "BEGIN:VTIMEZONE\r\nTZID:Etc/UTC\r\n"
			      "BEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
			      "TZOFFSETFROM:+0000\r\nTZOFFSETTO:+0000\r\n"
			      "END:STANDARD\r\nEND:VTIMEZONE\r\n");
	buf_puts(out, "END:VCALENDAR\r\n");
}

static void
put_duty(json_t *duties, const struct told_duty *duty)
{
	char day[DAY_SIZE];

	json_object_set_new(duties, duty->uid,
	    json_pack("{s:s, s:s, s:s, s:s, s:s, s:I, s:b}", "duty",
		duty_name(duty->owed->duty), "rule",
		duty_rule(duty->owed->duty), "due",
		day_format(day, duty->owed->due), "summary", duty->summary,
		"changed", duty->changed, "sequence",
		(json_int_t)duty->sequence, "open", 1));
}

/* What is owed no longer stays with its SEQUENCE, in case it comes again. */
static const char *
feed_json(const struct report *report, const char *department,
    const struct told *told, const json_t *last)
{
	json_t *root = json_object(), *duties = json_object();
	json_t *before = json_object_get(last, "duties"), *value;
	const char *key;
	char *text, *copy;
	size_t i;

	json_object_foreach(before, key, value)
	{
		json_t *closed = json_copy(value);

		json_object_set_new(closed, "open", json_false());
		json_object_set_new(duties, key, closed);
	}
	for (i = 0; i < told->n; i++)
		put_duty(duties, &told->v[i]);
	json_object_set_new(root, "schema", json_string("yugao-work/1"));
	json_object_set_new(root, "department", json_string(department));
	json_object_set_new(root, "duties", duties);
	text = json_dumps(root, JSON_SORT_KEYS | JSON_INDENT(1));
	copy = arena_printf(report->arena, "%s\n", text != NULL ? text : "{}");
	free(text);
	json_decref(root);
	return copy;
}

/* Equal bytes stay with their time. */
static const struct error *
replace(struct arena *arena, const char *path, const char *data, size_t len)
{
	struct bytes old;

	if (file_read(arena, path, FEED_MOST, &old) == NULL && old.len == len &&
	    memcmp(old.data, data, len) == 0)
		return NULL;
	return file_replace(arena, path, data, len);
}

static json_t *
read_last(struct arena *arena, const char *folder)
{
	struct bytes bytes;

	if (folder == NULL ||
	    file_read(arena, file_join(arena, folder, "work.json"), FEED_MOST,
		&bytes) != NULL)
		return NULL;
	return json_loadb(bytes.data, bytes.len, 0, NULL);
}

static const struct error *
write_feed(const struct report *report, const struct report_work *what,
    const char *root, const char *department)
{
	struct arena *arena = report->arena;
	const char *folder = file_join(arena, root, department), *json;
	json_t *last = read_last(arena, folder);
	struct told told = { 0 };
	const struct error *error = file_make_directories(arena, folder);
	struct buf ics;

	tell_all(report, what, department, last, &told);
	json = feed_json(report, department, &told, last);
	json_decref(last);
	buf_init(&ics, arena);
	write_ics(report, department, &told, &ics);
	if (error == NULL)
		error = replace(arena, file_join(arena, folder, "work.ics"),
		    ics.data, ics.len);
	if (error == NULL)
		error = replace(arena, file_join(arena, folder, "work.json"),
		    json, strlen(json));
	return error;
}

const struct error *
work_write(const struct report *report, const struct report_work *what,
    const char *folder)
{
	const struct office *office = what->world->office;
	const struct error *error = NULL;
	size_t i;

	for (i = 0; i < office->n_departments && error == NULL; i++)
		if (!diags_stop(what->world->diags, office->departments[i].id))
			error = write_feed(
			    report, what, folder, office->departments[i].id);
	return error;
}

static void
write_document(const struct report *report, const struct report_work *what,
    const struct work *work)
{
	struct document document;
	size_t i;

	document_begin(&document, report, "yugao-duties/1");
	document_instant(&document, "now", what->world->now);
	document_array(&document, "duties");
	for (i = 0; i < work->n; i++) {
		const struct owed *owed = &work->v[i];

		document_object(&document, NULL);
		document_string(&document, "department", owed->department);
		document_string(&document, "duty", duty_name(owed->duty));
		document_string(&document, "rule", duty_rule(owed->duty));
		document_string(&document, "about", owed->title);
		document_day(&document, "due", owed->due);
		document_close(&document);
	}
	document_close(&document);
	document_end(&document);
}

static void
make_paper(const struct report *report, const struct report_work *what,
    const struct work *work, const char *department, struct paper *paper)
{
	static const char *const heads[] = { "work.col_due",
		"work.col_department", "work.col_rule", "work.col_duty",
		"work.col_title" };
	struct arena *arena = report->arena;
	struct day today = clock_of(report_zone(report), what->world->now).day;
	struct paper_table table = { .name = TOLD(report, "work.page") };
	size_t i;

	for (i = 0; i < COUNT(heads); i++)
		paper_cell(arena, &table.head, TOLD(report, heads[i]));
	for (i = 0; i < work->n; i++) {
		const struct owed *owed = &work->v[i];
		struct paper_row *row = paper_row(arena, &table);
		char day[DAY_SIZE];

		paper_styled(arena, row,
		    owed->due.n < today.n ? STYLE_BAD : STYLE_NONE,
		    arena_strdup(arena, day_format(day, owed->due)));
		paper_cell(arena, row, owed->department);
		paper_styled(arena, row, STYLE_DIM, duty_rule(owed->duty));
		paper_cell(
		    arena, row, tell_duty(arena, report->lang, owed->duty));
		paper_cell(arena, row, owed->title);
	}
	*paper = (struct paper){ .title = TOLD(report, "work.title",
				     department != NULL
					 ? tell_department(arena, report->lang,
					       report->office, department)
					 : TOLD(report, "work.everybody")),
		.subtitle = tell_day(arena, report->lang, today) };
	if (work->n == 0)
		ARRAY_PUSH(arena, &paper->lead, TOLD(report, "work.none"));
	else
		ARRAY_PUSH(arena, &paper->tables, table);
}

const struct error *
report_work(const struct report *report, const struct report_work *what,
    const char *department, const struct showing *showing)
{
	struct work work = { 0 };
	struct paper paper;

	work_collect(report, what, department, &work);
	if (report->json) {
		write_document(report, what, &work);
		return NULL;
	}
	make_paper(report, what, &work, department, &paper);
	return paper_show(report, &paper, showing, what->world->now);
}
