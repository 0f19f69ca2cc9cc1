/* Number formats: whether a number is a date, a clock time, or a number. */
#include <stdlib.h>
#include <string.h>

#include <yugao/arena.h>

#include "package.h"

struct format {
	long id;
	enum number_look look;
};

struct styles_state {
	struct package *package;
	struct styles *styles;
	struct {
		struct format *v;
		size_t n, cap;
	} formats;
	bool in_cells; /* inside cellXfs */
};

/* Formats that need not be written (ECMA-376 18.8.30), Chinese ones too. */
static const struct {
	long from, to;
	enum number_look look;
} builtin[] = {
	{ 14, 17, NUMBER_DAY },
	{ 18, 21, NUMBER_TIME },
	{ 22, 22, NUMBER_DAY },
	{ 27, 31, NUMBER_DAY },
	{ 32, 35, NUMBER_TIME },
	{ 36, 36, NUMBER_DAY },
	{ 45, 47, NUMBER_TIME },
	{ 50, 54, NUMBER_DAY },
	{ 55, 56, NUMBER_TIME },
	{ 57, 58, NUMBER_DAY },
};

/* Over "quoted", \x, _x, *x and [colour]; [h] and its kin are times. */
static const char *
skip_literal(const char *code, bool *time)
{
	const char *end;

	if (*code == '"') {
		end = strchr(code + 1, '"');
		return end == NULL ? code + strlen(code) : end + 1;
	}
	if (*code == '[') {
		end = strchr(code, ']');
		if (end != NULL && strchr("hHmMsS", code[1]) != NULL)
			*time = true;
		return end == NULL ? code + strlen(code) : end + 1;
	}
	return code + (code[1] == '\0' ? 1 : 2);
}

enum number_look
format_look(const char *code)
{
	bool day = false, month = false, time = false;

	if (strncmp(code, "General", 7) == 0)
		return NUMBER_PLAIN;
	while (*code != '\0' && *code != ';') {
		if (strchr("\"[\\_*", *code) != NULL) {
			code = skip_literal(code, &time);
			continue;
		}
		day = day || strchr("yYdD", *code) != NULL;
		month = month || strchr("mM", *code) != NULL;
		time = time || strchr("hHsS", *code) != NULL;
		code++;
	}
	if (day || (month && !time))
		return NUMBER_DAY;
	return time ? NUMBER_TIME : NUMBER_PLAIN;
}

static enum number_look
look_of(const struct styles_state *state, long id)
{
	size_t i;

	for (i = state->formats.n; i-- > 0;)
		if (state->formats.v[i].id == id)
			return state->formats.v[i].look;
	for (i = 0; i < COUNT(builtin); i++)
		if (id >= builtin[i].from && id <= builtin[i].to)
			return builtin[i].look;
	return NUMBER_PLAIN;
}

static void
start_style(void *context, const char *name, const char **attributes)
{
	struct styles_state *state = context;
	struct arena *arena = state->package->intake->arena;
	const char *id = attribute(attributes, "numFmtId");
	const char *code = attribute(attributes, "formatCode");
	long number = id == NULL ? 0 : strtol(id, NULL, 10);

	if (strcmp(name, "cellXfs") == 0) {
		state->in_cells = true;
	} else if (strcmp(name, "numFmt") == 0 && code != NULL &&
		   state->formats.n < 10000) {
		struct format format = { number, format_look(code) };

		ARRAY_PUSH(arena, &state->formats, format);
	} else if (strcmp(name, "xf") == 0 && state->in_cells) {
		ARRAY_PUSH(arena, state->styles,
		    (unsigned char)look_of(state, number));
	}
}

static void
end_style(void *context, const char *name)
{
	struct styles_state *state = context;

	if (strcmp(name, "cellXfs") == 0)
		state->in_cells = false;
}

void
styles_read(struct package *package, const char *part, struct styles *styles)
{
	static const struct part_reader reader = { start_style, end_style,
		NULL };
	struct styles_state state = { .package = package, .styles = styles };

	package_read(package, part, &reader, &state);
}
