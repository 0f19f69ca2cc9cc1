/*
 * One line for each thing that happened, as JSON or as key=value.  A value
 * that is not plain is quoted as a JSON string is, in both.
 */
#include <string.h>

#include <yugao/arena.h>
#include <yugao/buf.h>
#include <yugao/monitor.h>

struct line {
	struct buf buf;
	enum log_form form;
};

static void
key(struct line *line, const char *name)
{
	if (line->form == LOG_LOGFMT) {
		buf_printf(
		    &line->buf, "%s%s=", line->buf.len > 0 ? " " : "", name);
		return;
	}
	buf_printf(
	    &line->buf, "%s\"%s\":", line->buf.len > 0 ? "," : "{", name);
}

static bool
is_plain(const char *value)
{
	return value[0] != '\0' &&
	       value[strspn(value,
		   "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
		   "0123456789-_./:@+")] == '\0';
}

/* A NULL value leaves the member out. */
static void
add(struct line *line, const char *name, const char *value)
{
	struct buf visible;

	if (value == NULL)
		return;
	key(line, name);
	buf_init(&visible, line->buf.arena);
	buf_visible(&visible, value);
	if (line->form == LOG_LOGFMT && is_plain(value))
		buf_puts(&line->buf, value);
	else
		buf_json(&line->buf, visible.data);
}

static void
add_number(struct line *line, const char *name, int64_t value)
{
	key(line, name);
	buf_int(&line->buf, value);
}

static void
add_instant(struct line *line, const char *name, struct instant value)
{
	char text[INSTANT_SIZE];

	if (value.s > 0)
		add(line, name, instant_format(text, value));
}

static void
begin(struct line *line, struct arena *arena, enum log_form form,
    struct instant at, const char *level, const char *event)
{
	line->form = form;
	buf_init(&line->buf, arena);
	add_instant(line, "time", at);
	add(line, "level", level);
	add(line, "event", event);
}

static const char *
end(struct line *line)
{
	buf_puts(&line->buf, line->form == LOG_JSON ? "}\n" : "\n");
	return line->buf.data;
}

static const char *
level_of(const char *outcome)
{
	if (strcmp(outcome, "accepted") == 0)
		return "info";
	return strcmp(outcome, "queued") == 0 ? "warning" : "error";
}

const char *
line_of_attempt(
    struct arena *arena, enum log_form form, const struct attempt *attempt)
{
	struct line line;

	begin(&line, arena, form, attempt->at, level_of(attempt->outcome),
	    "attempt");
	add(&line, "portal", attempt->portal);
	add(&line, "path", attempt->path);
	add(&line, "outcome", attempt->outcome);
	add_number(&line, "status", attempt->status);
	add_number(&line, "ms", attempt->ms);
	add_number(&line, "bytes", attempt->bytes);
	add(&line, "problem", attempt->problem);
	add(&line, "detail", attempt->detail);
	add_instant(&line, "next", attempt->next);
	return end(&line);
}

const char *
line_of_deadline(struct arena *arena, enum log_form form, struct instant now,
    const struct deadline *deadline)
{
	struct line line;

	begin(&line, arena, form, now, "error", "unconfirmed");
	add(&line, "portal", deadline->portal);
	add(&line, "release", deadline->release);
	add_instant(&line, "due", deadline->due);
	add_number(&line, "mark", deadline->mark);
	return end(&line);
}

const char *
line_of_run(
    struct arena *arena, enum log_form form, const struct run_told *told)
{
	const char *level = run_worked(told) ? "info" : "error";
	struct line line;

	if (run_worked(told) && told->status != 0)
		level = "warning";
	begin(&line, arena, form, told->ended, level, "run");
	add(&line, "command", told->command);
	add_number(&line, "exit", told->status);
	add_number(&line, "ms", told->ms);
	add_number(&line, "announced", (int64_t)told->announced);
	if (told->push != NULL) {
		add_number(&line, "accepted", (int64_t)told->push->accepted);
		add_number(&line, "failed", (int64_t)told->push->failed);
	}
	if (told->outbox != NULL)
		add_number(&line, "waiting", (int64_t)told->outbox->waiting);
	if (told->deadlines != NULL)
		add_number(&line, "unconfirmed", (int64_t)told->deadlines->n);
	return end(&line);
}
