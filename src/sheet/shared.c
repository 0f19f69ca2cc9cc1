/* Shared strings: what most cells' text is, written once. */
#include <string.h>

#include <yugao/arena.h>
#include <yugao/buf.h>

#include "package.h"
#include "text.h"

struct shared_state {
	struct package *package;
	struct shared *shared;
	struct rich rich;
};

void
rich_start(struct rich *rich, const char *name)
{
	if (strcmp(name, "t") == 0)
		rich->in_text = rich->phonetic == 0;
	else if (strcmp(name, "rPh") == 0)
		rich->phonetic++;
}

void
rich_end(struct rich *rich, const char *name)
{
	if (strcmp(name, "t") == 0)
		rich->in_text = false;
	else if (strcmp(name, "rPh") == 0 && rich->phonetic > 0)
		rich->phonetic--;
}

void
rich_text(struct rich *rich, const char *s, size_t len)
{
	if (rich->in_text)
		buf_add(&rich->buf, s, len);
}

static int
hex_digit(char c)
{
	static const char digits[] = "0123456789ABCDEF0123456789abcdef";
	const char *found = c == '\0' ? NULL : strchr(digits, c);

	return found == NULL ? -1 : (int)((found - digits) % 16);
}

/* "_x000D_" is how XML holds what it may not; 0 if it is none. */
static unsigned
escape_at(const char *s)
{
	unsigned c = 0;
	int i;

	if (s[0] != '_' || s[1] != 'x')
		return 0;
	for (i = 2; i < 6; i++) {
		int digit = hex_digit(s[i]);

		if (digit < 0)
			return 0;
		c = c * 16 + (unsigned)digit;
	}
	return s[6] == '_' && c < 0x80 ? c : 0;
}

const char *
rich_take(struct rich *rich, struct arena *arena)
{
	const char *s = rich->buf.data;
	size_t i, n = 0;
	char *out;

	out = arena_strndup(arena, s, rich->buf.len);
	if (strstr(s, "_x") == NULL)
		return out;
	for (i = 0; s[i] != '\0';) {
		unsigned c = escape_at(s + i);

		out[n++] = c != 0 ? (char)c : s[i];
		i += c != 0 ? 7 : 1;
	}
	out[n] = '\0';
	return out;
}

static void
start_shared(void *context, const char *name, const char **attributes)
{
	struct shared_state *state = context;

	(void)attributes;
	if (strcmp(name, "si") == 0)
		buf_clear(&state->rich.buf);
	rich_start(&state->rich, name);
}

static void
end_shared(void *context, const char *name)
{
	struct shared_state *state = context;
	struct intake *intake = state->package->intake;

	rich_end(&state->rich, name);
	if (strcmp(name, "si") != 0)
		return;
	if (state->shared->n == SHEET_CELLS_MOST)
		REFUSE(intake, "sheet.too_many_cells",
		    arena_printf(intake->arena, "%d", SHEET_CELLS_MOST));
	else
		ARRAY_PUSH(intake->arena, state->shared,
		    rich_take(&state->rich, intake->arena));
}

static void
text_shared(void *context, const char *s, size_t len)
{
	rich_text(&((struct shared_state *)context)->rich, s, len);
}

void
shared_read(struct package *package, const char *part, struct shared *shared)
{
	static const struct part_reader reader = { start_shared, end_shared,
		text_shared };
	struct shared_state state = { .package = package, .shared = shared };

	buf_init(&state.rich.buf, package->intake->arena);
	package_read(package, part, &reader, &state);
}
