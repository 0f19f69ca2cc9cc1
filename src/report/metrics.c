/*
 * Prometheus' text format 0.0.4.  A family is a row of a table, so that what
 * is documented and what is written have one order.
 */
#include <stdlib.h>
#include <string.h>

#include <yugao/arena.h>
#include <yugao/buf.h>
#include <yugao/error.h>
#include <yugao/monitor.h>

#define VALUE_MOST 32

bool
run_worked(const struct run_told *told)
{
	return told->status != ERROR_FAILED && told->status != ERROR_INPUT &&
	       told->status != ERROR_BUSY;
}

static void
head(struct buf *buf, const char *name, const char *help)
{
	buf_printf(buf, "# HELP %s %s\n# TYPE %s gauge\n", name, help, name);
}

/* The number that the old text has for this command, or NULL. */
static const char *
value_before(struct arena *arena, const char *before, const char *name,
    const char *command)
{
	const char *start =
	    arena_printf(arena, "\n%s{command=\"%s\"} ", name, command);
	const char *found = before == NULL ? NULL : strstr(before, start);
	size_t len;

	if (found == NULL)
		return NULL;
	found += strlen(start);
	len = strspn(found, "0123456789.");
	return len == 0 || len > VALUE_MOST || found[len] != '\n'
		   ? NULL
		   : arena_strndup(arena, found, len);
}

static const char *
number(struct arena *arena, int64_t n)
{
	return arena_printf(arena, "%lld", (long long)n);
}

static const char *
run_status(struct arena *arena, const struct run_told *told)
{
	return number(arena, told->status);
}

static const char *
run_ended(struct arena *arena, const struct run_told *told)
{
	return number(arena, told->ended.s);
}

static const char *
run_success(struct arena *arena, const struct run_told *told)
{
	return run_worked(told) ? number(arena, told->ended.s) : NULL;
}

static const char *
run_duration(struct arena *arena, const struct run_told *told)
{
	return arena_printf(arena, "%lld.%03lld", (long long)(told->ms / 1000),
	    (long long)(told->ms % 1000));
}

/* One line a command; a NULL value leaves what stood there. */
static const struct {
	const char *name, *help;
	const char *(*value)(struct arena *arena, const struct run_told *told);
} of_runs[] = {
	{ "yugao_run_duration_seconds", "How long the last run took.",
	    run_duration },
	{ "yugao_run_end_timestamp_seconds", "When the last run ended.",
	    run_ended },
	{ "yugao_run_exit_status", "Exit status of the last run.", run_status },
	{ "yugao_run_success_timestamp_seconds",
	    "When a run last did its work (exit status 0, 3 or 5).",
	    run_success },
};

static void
add_runs(struct buf *buf, const struct run_told *told, const char *before)
{
	static const char *const commands[] = { "publish", "push", "run" };
	size_t i, j;

	for (i = 0; i < COUNT(of_runs); i++) {
		head(buf, of_runs[i].name, of_runs[i].help);
		for (j = 0; j < COUNT(commands); j++) {
			const char *value = NULL;

			if (strcmp(commands[j], told->command) == 0)
				value = of_runs[i].value(buf->arena, told);
			if (value == NULL)
				value = value_before(buf->arena, before,
				    of_runs[i].name, commands[j]);
			if (value != NULL)
				buf_printf(buf, "%s{command=\"%s\"} %s\n",
				    of_runs[i].name, commands[j], value);
		}
	}
}

static int64_t
portal_required(const struct portal_status *portal)
{
	return portal->required;
}

static int64_t
portal_failures(const struct portal_status *portal)
{
	return portal->failures;
}

static int64_t
portal_open(const struct portal_status *portal)
{
	return portal->open.s > 0;
}

static int64_t
portal_held(const struct portal_status *portal)
{
	return portal->held_by.s > 0;
}

static int64_t
portal_oldest(const struct portal_status *portal)
{
	return portal->oldest.s;
}

static int64_t
portal_newest(const struct portal_status *portal)
{
	return portal->newest.s;
}

static int64_t
portal_next(const struct portal_status *portal)
{
	return portal->has_next ? portal->next.s : 0;
}

static const struct {
	const char *name, *help;
	int64_t (*value)(const struct portal_status *portal);
} of_portals[] = {
	{ "yugao_portal_breaker_open",
	    "1: the portal fails, and is probed once an hour.", portal_open },
	{ "yugao_portal_failed_runs",
	    "Runs in a row in which the portal failed.", portal_failures },
	{ "yugao_portal_held", "1: the operator holds the portal.",
	    portal_held },
	{ "yugao_portal_next_attempt_timestamp_seconds",
	    "When the next attempt is due; 0: at once, or nothing is queued.",
	    portal_next },
	{ "yugao_portal_oldest_message_timestamp_seconds",
	    "Since when the oldest message waits; 0: none does.",
	    portal_oldest },
	{ "yugao_portal_required",
	    "1: a release counts as announced only "
	    "when the portal has shown it.",
	    portal_required },
	{ "yugao_portal_success_timestamp_seconds",
	    "When the portal last took something; 0: never.", portal_newest },
};

static void
add_messages(struct buf *buf, const struct outbox_status *outbox)
{
	static const char name[] = "yugao_portal_messages";
	size_t i;

	head(buf, name, "What the portal has (accepted), and what waits.");
	for (i = 0; i < outbox->n; i++) {
		const struct portal_status *portal = &outbox->v[i];
		const struct {
			const char *state;
			size_t n;
		} states[] = {
			{ "accepted", portal->accepted },
			{ "held", portal->held },
			{ "queued", portal->queued },
			{ "refused", portal->refused },
		};
		size_t j;

		for (j = 0; j < COUNT(states); j++)
			buf_printf(buf, "%s{portal=\"%s\",state=\"%s\"} %zu\n",
			    name, portal->portal, states[j].state, states[j].n);
	}
}

static size_t
deadlines_of(const struct deadlines *deadlines, const char *portal,
    enum deadline_mark mark)
{
	size_t n = 0, i;

	for (i = 0; i < deadlines->n; i++)
		n += deadlines->v[i].mark == mark &&
		     strcmp(deadlines->v[i].portal, portal) == 0;
	return n;
}

static void
add_deadlines(struct buf *buf, const struct outbox_status *outbox,
    const struct deadlines *deadlines)
{
	static const char name[] = "yugao_unconfirmed_releases";
	static const struct {
		enum deadline_mark mark;
		const char *within;
	} marks[] = { { MARK_LAST, "2h" }, { MARK_FIRST, "24h" },
		{ MARK_PAST, "past" } };
	size_t i, j;

	head(buf, name,
	    "Releases that a required portal has not confirmed, "
	    "by the time that is left.");
	for (i = 0; i < outbox->n; i++)
		for (j = 0; outbox->v[i].required && j < COUNT(marks); j++)
			buf_printf(buf, "%s{portal=\"%s\",within=\"%s\"} %zu\n",
			    name, outbox->v[i].portal, marks[j].within,
			    deadlines_of(
				deadlines, outbox->v[i].portal, marks[j].mark));
}

static void
add_portals(struct buf *buf, const struct run_told *told)
{
	const struct outbox_status *outbox = told->outbox;
	size_t i, j;

	for (i = 0; i < COUNT(of_portals); i++) {
		head(buf, of_portals[i].name, of_portals[i].help);
		for (j = 0; j < outbox->n; j++)
			buf_printf(buf, "%s{portal=\"%s\"} %lld\n",
			    of_portals[i].name, outbox->v[j].portal,
			    (long long)of_portals[i].value(&outbox->v[j]));
	}
	add_messages(buf, outbox);
	if (told->deadlines != NULL)
		add_deadlines(buf, outbox, told->deadlines);
}

static int64_t
next_release(const struct view *view, struct instant now)
{
	int64_t next = 0;
	size_t i;

	for (i = 0; i < view->n; i++) {
		const struct entry *entry = &view->v[i];

		if ((entry->status == SAID_TENTATIVE ||
			entry->status == SAID_CONFIRMED) &&
		    entry->when.precision != PRECISION_NONE &&
		    entry->start.s > now.s &&
		    (next == 0 || entry->start.s < next))
			next = entry->start.s;
	}
	return next;
}

const char *
metrics_text(
    struct arena *arena, const struct run_told *told, const char *before)
{
	struct buf buf;

	buf_init(&buf, arena);
	head(&buf, "yugao_build_info", "The version that wrote this.");
	buf_printf(&buf, "yugao_build_info{version=\"%s\"} 1\n", YUGAO_VERSION);
	add_runs(&buf, told, before);
	if (told->view != NULL) {
		head(&buf, "yugao_next_release_timestamp_seconds",
		    "When the next announced release is; 0: none is.");
		buf_printf(&buf, "yugao_next_release_timestamp_seconds %lld\n",
		    (long long)next_release(told->view, told->ended));
	}
	if (told->outbox != NULL)
		add_portals(&buf, told);
	return buf.data;
}
