/*
 * What if: the same plans read again with other calendars, closed days or
 * another plan, and compared with what was said.  Touches nothing.
 */
#include <string.h>

#include <yugao/arena.h>
#include <yugao/notice.h>

#include "cli.h"

#define CALENDAR "cn"

/* What is supposed, and the acts' reason for it. */
struct supposing {
	struct session *session;
	struct calendars *calendars;
	struct plans plans;
	struct slots slots;
	struct supposition supposition;
	struct {
		const char **v;
		size_t n, cap;
	} what;
};

bool
is_supposing(const struct options *options)
{
	return options->calendars.n + options->closed.n + options->plans.n > 0;
}

static void
add_what(struct supposing *supposing, const char *sentence)
{
	ARRAY_PUSH(supposing->session->arena, &supposing->what, sentence);
}

/* The sentence, and the first reason is that of the acts. */
static void
suppose_that(
    struct supposing *supposing, const char *what, const struct message *why)
{
	struct arena *arena = supposing->session->arena;
	struct text *reason = &supposing->supposition.reason;

	add_what(supposing, what);
	if (reason->zh != NULL)
		return;
	reason->zh = message_text(arena, LANG_ZH, why);
	reason->en = message_text(arena, LANG_EN, why);
}

/* The notice or, if it was amended, its last amendment. */
static struct stretch
latest(const struct notice *notice)
{
	struct stretch latest = { .title = notice->title,
		.number = notice->number,
		.published = notice->published };
	size_t i;

	if (notice->amended.number != NULL)
		return (struct stretch){ .title = notice->amended.title,
			.number = notice->amended.number };
	for (i = 0; i < notice->days.n; i++)
		if (notice->days.v[i].published.n > latest.published.n)
			latest = notice->days.v[i];
	return latest;
}

static void
suppose_notice(
    struct supposing *supposing, const char *name, const struct notice *notice)
{
	struct arena *arena = supposing->session->arena;
	enum lang lang = supposing->session->report.lang;
	struct stretch by = latest(notice);
	struct message why;

	calendars_overlay(supposing->calendars, name, notice);
	if (by.title == NULL)
		by.title = notice->file;
	why = by.number != NULL
		  ? MESSAGE(arena, "cli.reason_notice", by.title, by.number)
		  : MESSAGE(arena, "cli.reason_calendar", by.title);
	suppose_that(supposing,
	    SAY(arena, lang, "cli.suppose_notice", name, by.title,
		by.number != NULL ? by.number : notice->file),
	    &why);
	supposing->supposition.reason_code = "holiday_change";
	if (supposing->supposition.document == NULL)
		supposing->supposition.document = by.number;
}

/* "[NAME=]FILE" */
static const struct error *
suppose_file(struct supposing *supposing, const char *word)
{
	struct session *session = supposing->session;
	const char *equals = strchr(word, '='), *name = CALENDAR;
	const struct error *error;
	struct notice *notice = arena_alloc(session->arena, sizeof(*notice));
	bool ok;

	if (equals != NULL &&
	    memchr(word, '/', (size_t)(equals - word)) == NULL) {
		name = arena_strndup(
		    session->arena, word, (size_t)(equals - word));
		word = equals + 1;
	}
	error = notice_read(session->arena, word, &session->diags, notice, &ok);
	if (error == NULL && ok)
		suppose_notice(supposing, name, notice);
	return error;
}

/* "D..D" or "D" */
static const struct error *
suppose_closed(struct supposing *supposing, const char *word)
{
	struct session *session = supposing->session;
	struct arena *arena = session->arena;
	const char *dots = strstr(word, "..");
	const char *first = word, *last = word;
	struct message why;
	struct day from, to;
	struct text name;

	if (dots != NULL) {
		first = arena_strndup(arena, word, (size_t)(dots - word));
		last = dots + 2;
	}
	if (!day_parse(first, &from) || !day_parse(last, &to) ||
	    to.n < from.n || to.n - from.n > 366)
		return ERROR_NEW(arena, ERROR_INPUT, NULL, "cli.close", word);
	why = MESSAGE(arena,
	    dots != NULL ? "cli.reason_close" : "cli.reason_close_day", first,
	    last);
	name.zh = SAY(arena, LANG_ZH, "cli.closed");
	name.en = SAY(arena, LANG_EN, "cli.closed");
	calendars_close(supposing->calendars, from, to, name);
	suppose_that(supposing,
	    SAY(arena, session->report.lang,
		dots != NULL ? "cli.suppose_close" : "cli.suppose_close_day",
		first, last),
	    &why);
	supposing->supposition.reason_code = "holiday_change";
	return NULL;
}

/* In the place of the department's plan of that year. */
static void
replace_plan(struct arena *arena, struct plans *plans, struct plan *plan)
{
	size_t i;

	for (i = 0; i < plans->n; i++)
		if (plans->v[i]->year == plan->year &&
		    strcmp(plans->v[i]->department, plan->department) == 0)
			break;
	if (i < plans->n)
		plans->v[i] = plan;
	else
		ARRAY_PUSH(arena, plans, plan);
}

static const struct error *
suppose_plan(struct supposing *supposing, const char *path)
{
	struct session *session = supposing->session;
	struct arena *arena = session->arena;
	struct message why = MESSAGE(arena, "cli.reason_plan");
	struct plans read = { 0 };
	const struct error *error = plans_read_file(
	    arena, supposing->calendars, path, &session->diags, &read);
	size_t i;

	if (error != NULL || read.n == 0)
		return error;
	for (i = 0; i < read.n; i++)
		replace_plan(arena, &supposing->plans, read.v[i]);
	suppose_that(supposing,
	    SAY(arena, session->report.lang, "cli.suppose_plan", path), &why);
	return NULL;
}

static const struct error *
suppose_calendars(struct supposing *supposing)
{
	const struct options *options = supposing->session->options;
	const struct error *error = NULL;
	size_t i;

	for (i = 0; error == NULL && i < options->calendars.n; i++)
		error = suppose_file(supposing, options->calendars.v[i]);
	for (i = 0; error == NULL && i < options->closed.n; i++)
		error = suppose_closed(supposing, options->closed.v[i]);
	return error;
}

/* The plans again, for they hold the calendars that they were read with. */
static const struct error *
read_again(struct supposing *supposing)
{
	struct session *session = supposing->session;
	const struct options *options = session->options;
	const struct error *error;
	size_t i;

	error = plans_read(session->arena, supposing->calendars,
	    session->office->plans, &session->diags, &supposing->plans);
	for (i = 0; error == NULL && i < options->plans.n; i++)
		error = suppose_plan(supposing, options->plans.v[i]);
	if (error == NULL)
		error = session_expand(
		    session, &supposing->plans, &supposing->slots);
	return error;
}

const struct error *
suppose(struct session *session, const char *name, const struct notice *notice,
    struct report_suppose *out)
{
	struct arena *arena = session->arena;
	struct supposing supposing = { .session = session,
		.calendars = calendars_open(
		    arena, session->office->calendars, session->known_on) };
	const struct announce_input input = session_announce(session);
	struct supposed_changes *changes = arena_alloc(arena, sizeof(*changes));
	const struct error *error;

	if (notice != NULL)
		suppose_notice(&supposing, name, notice);
	error = suppose_calendars(&supposing);
	if (error == NULL)
		error = read_again(&supposing);
	if (error != NULL)
		return error;
	announce_suppose(arena, &input, &supposing.slots,
	    &supposing.supposition, &session->diags, changes);
	out->changes = changes;
	out->what = supposing.what.v;
	out->n_what = supposing.what.n;
	return NULL;
}

const struct error *
suppose_diff(struct session *session)
{
	struct report_suppose out = { .diags = &session->diags };
	struct message none = { 0 };
	enum error_kind kind = ERROR_NONE;
	const struct error *error;

	error = suppose(session, NULL, NULL, &out);
	if (error != NULL)
		return error;
	report_suppose(&session->report, &out);
	if (session->diags.errors > 0)
		kind = ERROR_INPUT;
	else if (out.changes->worst == OUTCOME_BLOCK)
		kind = ERROR_BLOCKED;
	else if (session->options->exit_code && out.changes->n > 0)
		kind = ERROR_CHANGES;
	return kind == ERROR_NONE ? NULL
				  : error_new(session->arena, kind, NULL, none);
}
