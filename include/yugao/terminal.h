/*
 * What the user's terminal can show: colour, width, progress.
 */
#ifndef YUGAO_TERMINAL_H
#define YUGAO_TERMINAL_H

#include <stdbool.h>
#include <stdio.h>

enum color_when { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

enum style {
	STYLE_NONE,
	STYLE_BOLD,
	STYLE_DIM,
	STYLE_GOOD,
	STYLE_WARN,
	STYLE_BAD
};

struct terminal {
	FILE *out;
	bool color;    /* COLOR_AUTO: a terminal, NO_COLOR unset or empty */
	bool progress; /* stderr is a terminal and not quiet */
	int width;     /* columns; 80 when not a terminal */
};

struct terminal terminal_open(FILE *out, enum color_when when, bool quiet);
/* Escape sequences, or "" without colour. */
const char *style_on(const struct terminal *terminal, enum style style);
const char *style_off(const struct terminal *terminal);
/* One line on stderr, overwritten each time; done == total clears it. */
void terminal_progress(const struct terminal *terminal, const char *what,
    size_t done, size_t total);
/* Columns this UTF-8 string takes; CJK characters take two. */
int text_width(const char *string);

#endif
