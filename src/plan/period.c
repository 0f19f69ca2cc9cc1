#include <yugao/period.h>

#include <stdio.h>
#include <string.h>

#include <yugao/arena.h>

const char *
frequency_name(enum frequency frequency)
{
	static const char *const names[] = {
		[FREQUENCY_IRREGULAR] = "irregular",
		[FREQUENCY_ANNUAL] = "annual",
		[FREQUENCY_HALF_YEARLY] = "half-yearly",
		[FREQUENCY_QUARTERLY] = "quarterly",
		[FREQUENCY_MONTHLY] = "monthly",
		[FREQUENCY_TEN_DAY] = "ten-day",
		[FREQUENCY_WEEKLY] = "weekly",
	};

	return names[frequency];
}

/* Exactly n digits; what follows them, or NULL, also if s is NULL. */
static const char *
take_number(const char *s, int n, int *value)
{
	if (s == NULL)
		return NULL;
	for (*value = 0; n > 0; n--, s++) {
		if (*s < '0' || *s > '9')
			return NULL;
		*value = *value * 10 + (*s - '0');
	}
	return s;
}

static struct day
month_end(int year, int month)
{
	return day_of(year, month, month_length(year, month));
}

static struct period
months_of(enum frequency frequency, int year, int first, int last)
{
	return (struct period){ frequency, day_of(year, first, 1),
		month_end(year, last) };
}

/* part is 0, 1 or 2. */
static struct period
ten_days_of(int year, int month, int part)
{
	return (struct period){ FREQUENCY_TEN_DAY,
		day_of(year, month, part * 10 + 1),
		part == 2 ? month_end(year, month)
			  : day_of(year, month, part * 10 + 10) };
}

/* ISO 8601: week 1 holds 4 January; weeks begin on Monday. */
static struct day
first_monday(int year)
{
	struct day day = day_of(year, 1, 4);

	day.n -= ((int)day_weekday(day) + 6) % 7;
	return day;
}

static int
weeks_in(int year)
{
	return (first_monday(year + 1).n - first_monday(year).n) / 7;
}

static struct period
week_of(struct day monday)
{
	return (struct period){ FREQUENCY_WEEKLY, monday, { monday.n + 6 } };
}

static bool
parse_week(const char *s, int year, struct period *period)
{
	int week;

	s = take_number(s, 2, &week);
	if (s == NULL || *s != '\0' || week < 1 || week > weeks_in(year))
		return false;
	*period =
	    week_of((struct day){ first_monday(year).n + (week - 1) * 7 });
	return true;
}

/* "03", "03-D1", "01..02" */
static bool
parse_month(const char *s, int year, struct period *period)
{
	int month, n;

	s = take_number(s, 2, &month);
	if (s == NULL || month < 1 || month > 12)
		return false;
	if (*s == '\0') {
		*period = months_of(FREQUENCY_MONTHLY, year, month, month);
		return true;
	}
	if (strncmp(s, "-D", 2) == 0) {
		s = take_number(s + 2, 1, &n);
		if (s == NULL || *s != '\0' || n < 1 || n > 3)
			return false;
		*period = ten_days_of(year, month, n - 1);
		return true;
	}
	if (strncmp(s, "..", 2) != 0)
		return false;
	s = take_number(s + 2, 2, &n);
	if (s == NULL || *s != '\0' || n <= month || n > 12)
		return false;
	*period = months_of(FREQUENCY_IRREGULAR, year, month, n);
	return true;
}

bool
period_parse(const char *string, struct period *period)
{
	int year, n;
	const char *s = take_number(string, 4, &year);

	if (s == NULL || year < 1)
		return false;
	if (*s == '\0') {
		*period = months_of(FREQUENCY_ANNUAL, year, 1, 12);
		return true;
	}
	if (*s++ != '-')
		return false;
	if (*s == 'W')
		return parse_week(s + 1, year, period);
	if (*s != 'H' && *s != 'Q')
		return parse_month(s, year, period);
	n = s[1] - '0';
	if (n < 1 || n > (*s == 'H' ? 2 : 4) || s[2] != '\0')
		return false;
	*period = *s == 'H'
		      ? months_of(FREQUENCY_HALF_YEARLY, year, n * 6 - 5, n * 6)
		      : months_of(FREQUENCY_QUARTERLY, year, n * 3 - 2, n * 3);
	return true;
}

/* The year and the number of the week that begins on this Monday. */
static int
week_number(struct day monday, int *year)
{
	*year = day_year((struct day){ monday.n + 3 });
	return (monday.n - first_monday(*year).n) / 7 + 1;
}

const char *
period_format(char out[PERIOD_SIZE], const struct period *period)
{
	int year, month, mday, last_year, last_month, last_mday;

	day_parts(period->first, &year, &month, &mday);
	day_parts(period->last, &last_year, &last_month, &last_mday);
	switch (period->frequency) {
	case FREQUENCY_ANNUAL:
		snprintf(out, PERIOD_SIZE, "%04d", year);
		break;
	case FREQUENCY_HALF_YEARLY:
		snprintf(out, PERIOD_SIZE, "%04d-H%d", year, (month + 5) / 6);
		break;
	case FREQUENCY_QUARTERLY:
		snprintf(out, PERIOD_SIZE, "%04d-Q%d", year, (month + 2) / 3);
		break;
	case FREQUENCY_MONTHLY:
		snprintf(out, PERIOD_SIZE, "%04d-%02d", year, month);
		break;
	case FREQUENCY_TEN_DAY:
		snprintf(out, PERIOD_SIZE, "%04d-%02d-D%d", year, month,
		    mday / 10 + 1);
		break;
	case FREQUENCY_WEEKLY:
		month = week_number(period->first, &year);
		snprintf(out, PERIOD_SIZE, "%04d-W%02d", year, month);
		break;
	case FREQUENCY_IRREGULAR:
		snprintf(out, PERIOD_SIZE, "%04d-%02d..%02d", year, month,
		    last_month);
		break;
	}
	return out;
}

struct period
period_of(enum frequency frequency, struct day day)
{
	int year, month, mday, first;

	day_parts(day, &year, &month, &mday);
	switch (frequency) {
	case FREQUENCY_ANNUAL:
		return months_of(frequency, year, 1, 12);
	case FREQUENCY_HALF_YEARLY:
		first = (month - 1) / 6 * 6 + 1;
		return months_of(frequency, year, first, first + 5);
	case FREQUENCY_QUARTERLY:
		first = (month - 1) / 3 * 3 + 1;
		return months_of(frequency, year, first, first + 2);
	case FREQUENCY_TEN_DAY:
		return ten_days_of(
		    year, month, mday > 20 ? 2 : (mday - 1) / 10);
	case FREQUENCY_WEEKLY:
		day.n -= ((int)day_weekday(day) + 6) % 7;
		return week_of(day);
	case FREQUENCY_MONTHLY:
	case FREQUENCY_IRREGULAR:
		break;
	}
	return months_of(FREQUENCY_MONTHLY, year, month, month);
}

struct period
period_next(const struct period *period)
{
	return period_of(period->frequency, (struct day){ period->last.n + 1 });
}

static const char *
month_word(struct arena *arena, int month)
{
	return arena_printf(arena, "@plan.month_%d", month);
}

const char *
period_words(struct arena *arena, enum lang lang, const struct period *period)
{
	static const char *const halves[] = { "plan.period_h1",
		"plan.period_h2" };
	int year, month, mday, last_year, last_month, last_mday;
	const char *y, *m;

	day_parts(period->first, &year, &month, &mday);
	day_parts(period->last, &last_year, &last_month, &last_mday);
	y = arena_printf(arena, "%d", year);
	m = month_word(arena, month);
	switch (period->frequency) {
	case FREQUENCY_ANNUAL:
		return SAY(arena, lang, "plan.period_year", y);
	case FREQUENCY_HALF_YEARLY:
		return SAY(arena, lang, halves[month > 6], y);
	case FREQUENCY_QUARTERLY:
		return SAY(arena, lang, "plan.period_quarter", y,
		    arena_printf(arena, "%d", (month + 2) / 3));
	case FREQUENCY_TEN_DAY:
		return SAY(arena, lang, "plan.period_ten", y, m,
		    arena_printf(arena, "@plan.ten_%d", last_mday));
	case FREQUENCY_WEEKLY:
		month = week_number(period->first, &year);
		return SAY(arena, lang, "plan.period_week",
		    arena_printf(arena, "%d", year),
		    arena_printf(arena, "%d", month));
	case FREQUENCY_IRREGULAR:
		return SAY(arena, lang, "plan.period_months", y, m,
		    month_word(arena, last_month));
	case FREQUENCY_MONTHLY:
		break;
	}
	return SAY(arena, lang, "plan.period_month", y, m);
}
