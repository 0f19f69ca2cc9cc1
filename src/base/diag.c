#include <yugao/diag.h>

#include <stdlib.h>
#include <string.h>

#include <yugao/arena.h>
#include <yugao/buf.h>

/* A diagnostic is one line, whatever it quotes. */
static const char *
on_one_line(struct arena *arena, const char *string)
{
	struct buf buf;

	if (string == NULL || strpbrk(string, "\n\t") == NULL)
		return string;
	buf_init(&buf, arena);
	for (; *string != '\0'; string++) {
		if (*string == '\n' || *string == '\t')
			buf_printf(&buf, "\\u%04x", (unsigned)*string);
		else
			buf_putc(&buf, *string);
	}
	return buf.data;
}

void
diag_add(struct arena *arena, struct diags *diags, enum diag_level level,
    struct place place, struct message message)
{
	struct diag diag = { level, place, message, diags->department };
	const char **args = arena_alloc(arena, message.n * sizeof(*args));
	size_t i;

	for (i = 0; i < message.n; i++)
		args[i] = on_one_line(arena, message.args[i]);
	diag.message.args = args;
	ARRAY_PUSH(arena, diags, diag);
	diags->errors += level == DIAG_ERROR;
}

/* NULL comes first. */
static int
compare_strings(const char *a, const char *b)
{
	if (a == NULL || b == NULL)
		return (a != NULL) - (b != NULL);
	return strcmp(a, b);
}

static int
compare_ints(int a, int b)
{
	return (a > b) - (a < b);
}

static int
compare_messages(const struct message *a, const struct message *b)
{
	int order = compare_strings(a->id, b->id);
	size_t i;

	for (i = 0; order == 0 && i < a->n && i < b->n; i++)
		order = compare_strings(a->args[i], b->args[i]);
	return order != 0 ? order : (a->n > b->n) - (a->n < b->n);
}

static int
compare_diags(const void *a, const void *b)
{
	const struct diag *x = a, *y = b;
	int order;

	if ((order = compare_strings(x->place.file, y->place.file)) == 0 &&
	    (order = compare_ints(x->place.line, y->place.line)) == 0 &&
	    (order = compare_ints(x->place.col, y->place.col)) == 0 &&
	    (order = compare_strings(x->place.cell, y->place.cell)) == 0 &&
	    (order = compare_ints((int)x->level, (int)y->level)) == 0 &&
	    (order = compare_messages(&x->message, &y->message)) == 0)
		order = compare_strings(x->department, y->department);
	return order;
}

void
diags_sort(struct diags *diags)
{
	size_t i, kept = 0;

	if (diags->n == 0)
		return;
	qsort(diags->v, diags->n, sizeof(*diags->v), compare_diags);
	diags->errors = 0;
	for (i = 0; i < diags->n; i++) {
		if (kept > 0 &&
		    compare_diags(&diags->v[kept - 1], &diags->v[i]) == 0)
			continue;
		diags->errors += diags->v[i].level == DIAG_ERROR;
		diags->v[kept++] = diags->v[i];
	}
	diags->n = kept;
}

bool
diags_stop(const struct diags *diags, const char *department)
{
	size_t i;

	for (i = 0; i < diags->n; i++) {
		const struct diag *diag = &diags->v[i];

		if (diag->level == DIAG_ERROR &&
		    (diag->department == NULL ||
			(department != NULL &&
			    strcmp(diag->department, department) == 0)))
			return true;
	}
	return false;
}

const char *
diag_text(struct arena *arena, enum lang lang, const struct diag *diag)
{
	static const char *const levels[] = { "base.error", "base.warning",
		"base.note" };
	const struct place *place = &diag->place;
	struct buf buf;

	buf_init(&buf, arena);
	if (place->file != NULL) {
		buf_visible(&buf, place->file);
		if (place->cell != NULL) {
			buf_putc(&buf, '!');
			buf_visible(&buf, place->cell);
		} else if (place->line > 0) {
			buf_printf(&buf, ":%d", place->line);
			if (place->col > 0)
				buf_printf(&buf, ":%d", place->col);
		}
		buf_puts(&buf, ": ");
	}
	buf_puts(&buf, SAY(arena, lang, levels[diag->level],
			   message_text(arena, lang, &diag->message)));
	return buf.data;
}
