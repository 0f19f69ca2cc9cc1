/* Who has not submitted a year's plan (A4), and what to send them. */
#include <stdio.h>
#include <string.h>

#include <yugao/arena.h>
#include <yugao/calendar.h>
#include <yugao/supervision.h>

#include "document.h"
#include "paper.h"
#include "words.h"

enum submission {
	SUBMITTED_IN_TIME,
	SUBMITTED_IN_GRACE,
	SUBMITTED_LATE,
	SUBMITTED_UNSAID, /* the plan is there, nothing of it is announced */
	SUBMITTED_FAULTY, /* its department is stopped by mistakes */
	SUBMITTED_NOT
};

static const char *const states[] = {
	[SUBMITTED_IN_TIME] = "in-time",
	[SUBMITTED_IN_GRACE] = "in-grace",
	[SUBMITTED_LATE] = "late",
	[SUBMITTED_UNSAID] = "not-announced",
	[SUBMITTED_FAULTY] = "mistakes",
	[SUBMITTED_NOT] = "missing",
};

static const char *const state_words[] = {
	[SUBMITTED_IN_TIME] = "missing.in_time",
	[SUBMITTED_IN_GRACE] = "missing.in_grace",
	[SUBMITTED_LATE] = "missing.late",
	[SUBMITTED_UNSAID] = "missing.unsaid",
	[SUBMITTED_FAULTY] = "missing.faulty",
	[SUBMITTED_NOT] = "missing.not",
};

struct submitted {
	const struct department *department;
	enum submission state;
	bool announced;
	struct day on;
};

struct asking {
	const struct report *report;
	const struct report_world *world;
	int year;
	struct day today, due, grace;
	struct {
		struct submitted *v;
		size_t n, cap;
	} rows;
};

/* "12-31" of that year; the day itself if the policy does not say. */
static struct day
day_in(const struct report_world *world, const char *key, int year, int month,
    int mday)
{
	const struct parameter *p =
	    policy_parameter(&world->office->policy, key);
	char text[DAY_SIZE];
	struct day day;

	if (p != NULL && p->string != NULL) {
		snprintf(
		    text, sizeof(text), "%04d-%.5s", year % 10000, p->string);
		if (day_parse(text, &day))
			return day;
	}
	return day_of(year, month, mday);
}

/* When anything of that year was first announced. */
static bool
first_announced(const struct asking *asking, const char *id, struct day *on)
{
	const struct view *view = asking->world->view;
	size_t len = strlen(id), i;
	bool found = false;

	for (i = 0; i < view->n; i++) {
		const struct entry *entry = &view->v[i];
		struct day day;

		if (strncmp(entry->release, id, len) != 0 ||
		    entry->release[len] != '/' ||
		    day_year(entry->first_day) != asking->year)
			continue;
		day =
		    clock_of(report_zone(asking->report), entry->first_at).day;
		if (!found || day.n < on->n)
			*on = day;
		found = true;
	}
	return found;
}

static bool
has_plan(const struct asking *asking, const char *id)
{
	const struct plans *plans = asking->world->plans;
	size_t i;

	for (i = 0; i < plans->n; i++)
		if (plans->v[i]->year == asking->year &&
		    strcmp(plans->v[i]->department, id) == 0)
			return true;
	return false;
}

static struct submitted
look_at(const struct asking *asking, const struct department *department)
{
	struct submitted row = { .department = department };

	row.announced = first_announced(asking, department->id, &row.on);
	if (row.announced && row.on.n <= asking->due.n)
		row.state = SUBMITTED_IN_TIME;
	else if (row.announced && row.on.n <= asking->grace.n)
		row.state = SUBMITTED_IN_GRACE;
	else if (row.announced)
		row.state = SUBMITTED_LATE;
	else if (has_plan(asking, department->id))
		row.state = SUBMITTED_UNSAID;
	else if (diags_stop(asking->world->diags, department->id))
		row.state = SUBMITTED_FAULTY;
	else
		row.state = SUBMITTED_NOT;
	return row;
}

static void
look_at_all(struct asking *asking, const char *only)
{
	const struct office *office = asking->world->office;
	size_t i;

	for (i = 0; i < office->n_departments; i++) {
		const struct department *department = &office->departments[i];

		if (policy_has_jurisdiction(&office->policy, department) &&
		    (only == NULL || strcmp(only, department->id) == 0))
			ARRAY_PUSH(asking->report->arena, &asking->rows,
			    look_at(asking, department));
	}
}

static size_t
count_owing(const struct asking *asking)
{
	size_t n = 0, i;

	for (i = 0; i < asking->rows.n; i++)
		n += asking->rows.v[i].state >= SUBMITTED_UNSAID;
	return n;
}

static const char *
day_text(struct arena *arena, struct day day)
{
	char text[DAY_SIZE];

	return arena_strdup(arena, day_format(text, day));
}

static enum style
style_of(enum submission state)
{
	if (state == SUBMITTED_IN_TIME)
		return STYLE_GOOD;
	return state == SUBMITTED_IN_GRACE ? STYLE_WARN : STYLE_BAD;
}

static const char *
name_of(const struct asking *asking, const struct department *department)
{
	return text_in(&department->name, asking->report->lang);
}

static struct paper_table
list(const struct asking *asking)
{
	static const char *const heads[] = { "missing.col_department",
		"missing.col_state", "missing.col_on", "missing.col_unit",
		"missing.col_phone" };
	const struct report *report = asking->report;
	struct arena *arena = report->arena;
	struct paper_table table = { .name = TOLD(report, "missing.page") };
	enum submission state = SUBMITTED_NOT + 1;
	size_t i;

	for (i = 0; i < COUNT(heads); i++)
		paper_cell(arena, &table.head, TOLD(report, heads[i]));
	while (state-- > 0)
		for (i = 0; i < asking->rows.n; i++) {
			const struct submitted *s = &asking->rows.v[i];
			const struct department *d = s->department;
			struct paper_row *row;

			if (s->state != state)
				continue;
			row = paper_row(arena, &table);
			paper_cell(arena, row, name_of(asking, d));
			paper_styled(arena, row, style_of(s->state),
			    TOLD(report, state_words[s->state]));
			paper_cell(arena, row,
			    s->announced ? day_text(arena, s->on) : "");
			paper_cell(arena, row,
			    text_in(&d->contact_unit, report->lang));
			paper_cell(arena, row,
			    d->contact_phone != NULL ? d->contact_phone : "");
		}
	return table;
}

/* One department's sheet: what is asked of it, until when, and why. */
static struct paper_table
sheet(const struct asking *asking, const struct submitted *s)
{
	const struct report *report = asking->report;
	const struct department *d = s->department;
	struct arena *arena = report->arena;
	const char *year = arena_printf(arena, "%d", asking->year);
	struct paper_table table = { .title =
					 TOLD(report, "missing.sheet_title",
					     name_of(asking, d), year),
		.new_page = true };
	struct strings *notes = &table.notes;

	ARRAY_PUSH(arena, notes,
	    TOLD(report, "missing.sheet_ask", year,
		tell_day(arena, report->lang, asking->due),
		tell_day(arena, report->lang, asking->grace)));
	ARRAY_PUSH(arena, notes,
	    TOLD(report, "missing.sheet_state",
		tell_day(arena, report->lang, asking->today),
		TOLD(report, state_words[s->state])));
	ARRAY_PUSH(arena, notes, TOLD(report, "missing.sheet_content"));
	ARRAY_PUSH(arena, notes,
	    TOLD(report, "missing.sheet_contact",
		text_in(&d->contact_unit, report->lang),
		d->contact_phone != NULL ? d->contact_phone : "—"));
	if (d->contact_person != NULL)
		ARRAY_PUSH(arena, notes,
		    TOLD(report, "missing.sheet_person", d->contact_person));
	ARRAY_PUSH(arena, notes, TOLD(report, "missing.basis"));
	return table;
}

static void
write_document(const struct asking *asking)
{
	struct document document;
	size_t i;

	document_begin(&document, asking->report, "yugao-missing/1");
	document_instant(&document, "now", asking->world->now);
	document_number(&document, "year", asking->year);
	document_day(&document, "due", asking->due);
	document_day(&document, "grace", asking->grace);
	document_number(
	    &document, "departments_asked", (int64_t)asking->rows.n);
	document_number(&document, "missing", (int64_t)count_owing(asking));
	document_array(&document, "departments");
	for (i = 0; i < asking->rows.n; i++) {
		const struct submitted *s = &asking->rows.v[i];
		const struct department *d = s->department;

		document_object(&document, NULL);
		document_string(&document, "department", d->id);
		document_text(&document, "name", &d->name);
		document_string(&document, "state", states[s->state]);
		if (s->announced)
			document_day(&document, "announced", s->on);
		document_text(&document, "contact_unit", &d->contact_unit);
		document_string(&document, "contact_phone", d->contact_phone);
		document_string(&document, "contact_person", d->contact_person);
		document_close(&document);
	}
	document_close(&document);
	document_end(&document);
}

static void
make_paper(const struct asking *asking, bool sheets, struct paper *paper)
{
	const struct report *report = asking->report;
	struct arena *arena = report->arena;
	size_t i;

	*paper = (struct paper){
		.title = TOLD(report, "missing.title",
		    arena_printf(arena, "%d", asking->year)),
		.subtitle = TOLD(report, "missing.subtitle",
		    text_in(&asking->world->office->name, report->lang),
		    tell_day(arena, report->lang, asking->today)),
	};
	ARRAY_PUSH(arena, &paper->lead,
	    TOLD(report, "missing.lead",
		arena_printf(arena, "%zu", asking->rows.n),
		arena_printf(arena, "%zu", count_owing(asking)),
		day_text(arena, asking->due), day_text(arena, asking->grace)));
	ARRAY_PUSH(arena, &paper->tables, list(asking));
	for (i = 0; sheets && i < asking->rows.n; i++)
		if (asking->rows.v[i].state >= SUBMITTED_UNSAID)
			ARRAY_PUSH(arena, &paper->tables,
			    sheet(asking, &asking->rows.v[i]));
	ARRAY_PUSH(arena, &paper->foot, TOLD(report, "missing.basis"));
}

const struct error *
report_missing(const struct report *report, const struct report_world *world,
    int year, const char *department, const struct showing *showing)
{
	struct asking asking = { .report = report, .world = world };
	struct paper paper;

	asking.today = clock_of(report_zone(report), world->now).day;
	asking.year = year != 0 ? year : day_year(asking.today) + 1;
	asking.due =
	    day_in(world, "annual_schedule.due", asking.year - 1, 12, 31);
	asking.grace =
	    day_in(world, "annual_schedule.grace_until", asking.year, 1, 31);
	look_at_all(&asking, department);
	if (report->json) {
		write_document(&asking);
		return NULL;
	}
	make_paper(&asking,
	    department != NULL || report->verbose ||
		(showing->as != NULL && strcmp(showing->as, "html") == 0),
	    &paper);
	return paper_show(report, &paper, showing, world->now);
}
