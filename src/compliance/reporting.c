/* Quarters and years that are reported on. */
#include <yugao/compliance.h>

#include <stdio.h>
#include <string.h>

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

bool
reporting_parse(const char *string, struct reporting *period)
{
	size_t len = strlen(string), i;

	for (i = 0; i < 4; i++)
		if (i >= len || !is_digit(string[i]))
			return false;
	if (len != 4 && (len != 7 || string[4] != '-' || string[5] != 'Q' ||
			    string[6] < '1' || string[6] > '4'))
		return false;
	period->year = (string[0] - '0') * 1000 + (string[1] - '0') * 100 +
		       (string[2] - '0') * 10 + (string[3] - '0');
	period->quarter = len == 7 ? string[6] - '0' : 0;
	return period->year > 1900;
}

const char *
reporting_format(char out[DAY_SIZE], struct reporting period)
{
	if (period.quarter == 0)
		snprintf(out, DAY_SIZE, "%04d", period.year % 10000);
	else
		snprintf(out, DAY_SIZE, "%04d-Q%d", period.year % 10000,
		    period.quarter % 10);
	return out;
}

struct reporting
reporting_before(struct reporting period)
{
	if (period.quarter <= 1)
		period.year--;
	if (period.quarter > 0)
		period.quarter = period.quarter == 1 ? 4 : period.quarter - 1;
	return period;
}

struct day
reporting_first(struct reporting period)
{
	return day_of(
	    period.year, period.quarter == 0 ? 1 : period.quarter * 3 - 2, 1);
}

struct day
reporting_last(struct reporting period)
{
	int month = period.quarter == 0 ? 12 : period.quarter * 3;

	return day_of(period.year, month, month_length(period.year, month));
}

bool
reporting_holds(struct reporting period, struct day day)
{
	return day.n >= reporting_first(period).n &&
	       day.n <= reporting_last(period).n;
}
