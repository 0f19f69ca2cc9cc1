/*
 * Days as spreadsheets count them: from 1900-01-01 = 1, with a 29 February
 * 1900 that never was (60), or from 1904-01-01 = 0.
 */
#include <math.h>

#include <yugao/arena.h>

#include "package.h"

#define SECONDS 86400
#define SERIAL_END 2958466.0 /* 10000-01-01 */

static const char *
clock_text(struct arena *arena, int seconds)
{
	int h = seconds / 3600, m = seconds / 60 % 60, s = seconds % 60;

	/* Plans have minutes; let seconds be seen and complained about. */
	return s == 0 ? arena_printf(arena, "%02d:%02d", h, m)
		      : arena_printf(arena, "%02d:%02d:%02d", h, m, s);
}

void
serial_put(struct arena *arena, double serial, enum number_look look,
    bool is_1904, struct cell *cell)
{
	double whole = floor(serial);
	int seconds = (int)lround((serial - whole) * SECONDS);
	struct day day = is_1904 ? day_of(1904, 1, 1) : day_of(1899, 12, 30);
	char date[DAY_SIZE];

	if (seconds == SECONDS) {
		seconds = 0;
		whole += 1;
	}
	if (look == NUMBER_TIME && whole <= 0) {
		cell->kind = CELL_TIME;
		cell->text = clock_text(arena, seconds);
		return;
	}
	if (!is_1904 && whole < 60)
		day = day_of(1899, 12, 31);
	day.n += (int32_t)whole;
	day_format(date, day);
	cell->kind = CELL_DAY;
	cell->text = !is_1904 && whole == 60
			 ? "1900-02-29"
			 : arena_strndup(arena, date, DAY_SIZE);
	if (!is_1904 && whole == 60)
		cell->kind = CELL_ERROR;
	if (seconds == 0)
		return;
	cell->kind = CELL_MOMENT;
	cell->text = arena_printf(
	    arena, "%sT%s", cell->text, clock_text(arena, seconds));
}
