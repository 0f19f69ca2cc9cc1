#include "moment.h"

#include <stdio.h>

const char *
precision_name(enum precision precision)
{
	static const char *const names[] = {
		[PRECISION_INSTANT] = "instant",
		[PRECISION_DATE] = "date",
		[PRECISION_MONTH] = "month",
		[PRECISION_WINDOW] = "window",
		[PRECISION_NLT] = "no-later-than",
		[PRECISION_NONE] = "none",
	};

	return names[precision];
}

const char *
moment_iso(char out[MOMENT_SIZE], const struct moment *moment)
{
	char start[DAY_SIZE], last[DAY_SIZE], minute[DAY_SIZE];

	day_format(start, moment->start.day);
	if (moment->precision == PRECISION_INSTANT)
		snprintf(out, MOMENT_SIZE, "%sT%s", start,
		    minute_format(minute, moment->start.minute));
	else if (moment->last.n == moment->start.day.n)
		snprintf(out, MOMENT_SIZE, "%s", start);
	else
		snprintf(out, MOMENT_SIZE, "%s/%s", start,
		    day_format(last, moment->last));
	return out;
}
