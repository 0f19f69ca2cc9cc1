#include <string.h>

#include <yugao/arena.h>

#include "lint_state.h"

static void
find(struct lint *lint, enum rule_index rule, const char *at,
    const struct content *content)
{
	char name[32];
	size_t n = content->name.len;

	if (n >= sizeof(name))
		n = sizeof(name) - 1;
	memcpy(name, content->name.s, n);
	name[n] = '\0';
	lint_find(lint, rule, lint_place(lint, at), name, content->value);
}

/* Backslashes, and what must have one (RFC 5545 3.3.11). */
static void
check_text(struct lint *lint, const struct content *content, bool list)
{
	const char *s = content->value.s, *end = s + content->value.len;
	bool told_missing = false, told_unknown = false;

	for (; s < end; s++) {
		if (*s == '\\') {
			bool known = s + 1 < end &&
				     strchr("\\;,nN", s[1]) != NULL &&
				     s[1] != '\0';

			if (!known && !told_unknown) {
				find(lint, RULE_ESCAPE_UNKNOWN, s, content);
				told_unknown = true;
			}
			if (known)
				s++;
		} else if ((*s == ';' || (*s == ',' && !list)) &&
			   !told_missing) {
			find(lint, RULE_ESCAPE_MISSING, s, content);
			told_missing = true;
		}
	}
}

/*
 * LANGUAGE=zh:CN:text is legal and says "CN:text": somebody forgot the
 * quotes.
 */
static void
check_colon(struct lint *lint, const struct content *content)
{
	struct span value = content->value;
	size_t n = 0;

	if (!content->bare_parameter)
		return;
	while (n < value.len && ((value.s[n] >= 'A' && value.s[n] <= 'Z') ||
				    (value.s[n] >= 'a' && value.s[n] <= 'z') ||
				    (value.s[n] >= '0' && value.s[n] <= '9') ||
				    value.s[n] == '-' || value.s[n] == '_'))
		n++;
	if (n == 0 || n + 1 >= value.len || value.s[n] != ':' ||
	    value.s[n + 1] == ' ' || value.s[n + 1] == '/')
		return;
	find(lint, RULE_PARAMETER_COLON, value.s, content);
}

static void
use_zone(struct lint *lint, const struct content *content, uint64_t hash)
{
	struct zone_use use = { .hash = hash,
		.place = lint_place(lint, content->tzid.s) };
	size_t i;

	for (i = 0; i < lint->zones.n; i++)
		if (lint->zones.v[i].hash == hash)
			return;
	/* A calendar with more zones than this has been seen nowhere. */
	if (lint->zones.n >= LINT_LIMIT)
		return;
	use.name = arena_strndup(lint->arena, content->tzid.s,
	    content->tzid.len > 60 ? 60 : content->tzid.len);
	ARRAY_PUSH(lint->arena, &lint->zones, use);
}

/* Gives a local time the zone of the line's TZID. */
static void
set_zone(
    struct lint *lint, const struct content *content, struct time_value *time)
{
	if (content->tzid.len == 0)
		return;
	if (time->form != TIME_FLOATING) {
		find(lint, RULE_TZID_MISPLACED, content->tzid.s, content);
		return;
	}
	time->form = TIME_ZONED;
	time->zone = span_hash(content->tzid);
	/* One that begins with a slash needs no definition. */
	if (content->tzid.s[0] != '/')
		use_zone(lint, content, time->zone);
}

static struct time_value
check_time(
    struct lint *lint, const struct content *content, enum value_type type)
{
	struct time_value time = time_read(content->value);

	time.place = lint_place(lint, content->value.s);
	if (time.form == TIME_NONE ||
	    (time.form == TIME_DATE) != (type == VALUE_DATE)) {
		find(lint, RULE_VALUE_DATE, content->value.s, content);
		time.form = TIME_NONE;
		return time;
	}
	set_zone(lint, content, &time);
	return time;
}

static struct time_value
check_utc(struct lint *lint, const struct content *content)
{
	struct time_value time = check_time(lint, content, VALUE_DATE_TIME);

	if (time.form == TIME_FLOATING || time.form == TIME_ZONED)
		find(lint, RULE_TIME_NOT_UTC, content->value.s, content);
	return time;
}

static bool
is_period(struct span span)
{
	struct span start = span_cut(&span, '/');
	struct time_value from = time_read(start);
	int64_t seconds;

	if (from.form != TIME_FLOATING && from.form != TIME_UTC)
		return false;
	return time_read(span).form == from.form ||
	       (duration_read(span, &seconds) && seconds > 0);
}

static void
check_times(
    struct lint *lint, const struct content *content, enum value_type type)
{
	struct content one = *content;
	struct span rest = content->value;

	do {
		one.value = span_cut(&rest, ',');
		if (type == VALUE_PERIODS) {
			if (!is_period(one.value))
				find(lint, RULE_VALUE_DATE, one.value.s, &one);
		} else {
			check_time(lint, &one, type);
		}
	} while (rest.len > 0);
}

static void
check_duration(struct lint *lint, struct frame *frame,
    const struct property *property, const struct content *content)
{
	bool signed_type = property->type == VALUE_TRIGGER;
	int64_t seconds;

	if (!duration_read(content->value, &seconds) ||
	    (seconds < 0 && !signed_type)) {
		find(lint, RULE_VALUE_DURATION, content->value.s, content);
		return;
	}
	if (seconds == 0 && property->role == ROLE_DURATION &&
	    frame->component != NULL && frame->component->bit == IN_EVENT)
		find(lint, RULE_EVENT_EMPTY, content->value.s, content);
}

static void
check_integer(struct lint *lint, const struct property *property,
    const struct content *content)
{
	int64_t most = property->role == ROLE_PRIORITY  ? 9
		       : property->role == ROLE_PERCENT ? 100
							: INT32_MAX;
	int64_t number;

	if (!number_read(content->value, most, &number))
		find(lint, RULE_VALUE_INTEGER, content->value.s, content);
}

static void
check_uri(struct lint *lint, const struct content *content)
{
	struct span value = content->value;
	size_t colon, n;

	for (colon = 0; colon < value.len && value.s[colon] != ':'; colon++) {
		char c = value.s[colon];

		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			(colon > 0 && ((c >= '0' && c <= '9') || c == '+' ||
					  c == '-' || c == '.'))))
			break;
	}
	/* A line's value ends with its buffer, so in a NUL. */
	n = colon + strcspn(value.s + colon, " <>\"{}|\\^`");
	if (colon == 0 || colon >= value.len || value.s[colon] != ':' ||
	    n < value.len)
		find(lint, RULE_VALUE_URI, value.s, content);
}

static void
check_rrule(struct lint *lint, const struct content *content)
{
	const char *rscale, *mistake = rrule_mistake(content->value, &rscale);

	if (rscale != NULL)
		find(lint, RULE_RSCALE, rscale, content);
	if (mistake != NULL)
		find(lint, RULE_VALUE_RRULE, mistake, content);
}

/* [+-]hhmm[ss], and no minus before zero. */
static void
check_offset(struct lint *lint, const struct content *content)
{
	struct span value = content->value;
	struct span digits = { value.s + 1,
		value.len == 0 ? 0 : value.len - 1 };
	int64_t number = -1, seconds = 0;
	bool good = (digits.len == 4 || digits.len == 6) &&
		    (*value.s == '+' || *value.s == '-') &&
		    number_read(digits, 235959, &number);

	if (good && digits.len == 6) {
		seconds = number % 100;
		number /= 100;
	}
	good = good && number / 100 < 24 && number % 100 < 60 && seconds < 60 &&
	       (*value.s == '+' || number > 0 || seconds > 0);
	if (!good)
		find(lint, RULE_VALUE_OFFSET, value.s, content);
}

static bool
is_degrees(struct span span, int64_t most)
{
	int64_t whole;
	struct span integer;

	if (span.len > 0 && (*span.s == '-' || *span.s == '+')) {
		span.s++;
		span.len--;
	}
	integer = span_cut(&span, '.');
	if (!number_read(integer, most, &whole))
		return false;
	for (; span.len > 0; span.s++, span.len--)
		if (*span.s < '0' || *span.s > '9')
			return false;
	return true;
}

static void
check_geo(struct lint *lint, const struct content *content)
{
	struct span rest = content->value;
	struct span latitude = span_cut(&rest, ';');

	if (!is_degrees(latitude, 90) || !is_degrees(rest, 180))
		find(lint, RULE_VALUE_GEO, content->value.s, content);
}

static void
check_status(
    struct lint *lint, const struct frame *frame, const struct content *content)
{
	static const struct {
		unsigned in;
		const char *word;
	} words[] = {
		{ IN_EVENT, "TENTATIVE" },
		{ IN_EVENT, "CONFIRMED" },
		{ IN_EVENT | IN_TODO | IN_JOURNAL, "CANCELLED" },
		{ IN_TODO, "NEEDS-ACTION" },
		{ IN_TODO, "COMPLETED" },
		{ IN_TODO, "IN-PROCESS" },
		{ IN_JOURNAL, "DRAFT" },
		{ IN_JOURNAL, "FINAL" },
	};
	unsigned bit =
	    frame->component == NULL ? IN_OTHER : frame->component->bit;
	size_t i;

	for (i = 0; i < COUNT(words); i++)
		if ((words[i].in & bit) != 0 &&
		    span_is(content->value, words[i].word))
			return;
	if ((bit & (IN_EVENT | IN_TODO | IN_JOURNAL)) != 0)
		find(lint, RULE_VALUE_STATUS, content->value.s, content);
}

/* The type that VALUE= names, or the property's own. */
static enum value_type
type_of(const struct property *property, const struct content *content)
{
	static const struct {
		const char *name;
		enum value_type type;
	} names[] = {
		{ "DATE", VALUE_DATE },
		{ "DATE-TIME", VALUE_DATE_TIME },
		{ "DURATION", VALUE_DURATION },
		{ "URI", VALUE_URI },
		{ "CAL-ADDRESS", VALUE_URI },
		{ "INTEGER", VALUE_INTEGER },
		{ "TEXT", VALUE_TEXT },
		{ "RECUR", VALUE_RRULE },
		{ "UTC-OFFSET", VALUE_OFFSET },
		{ "PERIOD", VALUE_PERIODS },
	};
	size_t i;

	if (content->value_type.len == 0)
		return property->type;
	for (i = 0; i < COUNT(names); i++)
		if (span_is(content->value_type, names[i].name)) {
			bool same = property->type == VALUE_UTC ||
				    names[i].type == VALUE_DATE_TIME ||
				    (names[i].type == VALUE_TEXT &&
					property->type != VALUE_URI) ||
				    (names[i].type == VALUE_DURATION &&
					property->type == VALUE_TRIGGER);

			return same ? property->type : names[i].type;
		}
	return VALUE_ANY;
}

static void
check_date_time(struct lint *lint, struct frame *frame, enum role role,
    const struct content *content, enum value_type type)
{
	struct time_value time = check_time(lint, content, type);

	if (role == ROLE_START) {
		frame->start = time;
		if (time.form == TIME_FLOATING && frame->component != NULL &&
		    frame->component->bit == IN_EVENT)
			find(lint, RULE_TIME_FLOATING, content->value.s,
			    content);
	} else if (role == ROLE_END) {
		frame->end = time;
	}
}

static void
check_type(struct lint *lint, struct frame *frame,
    const struct property *property, const struct content *content)
{
	enum value_type type = type_of(property, content);
	struct time_value time;

	switch (type) {
	case VALUE_ANY:
		break;
	case VALUE_TEXT:
	case VALUE_TEXTS:
		check_text(lint, content, type == VALUE_TEXTS);
		check_colon(lint, content);
		break;
	case VALUE_DATE:
		if (property->type == VALUE_DATE_TIMES) {
			check_times(lint, content, type);
			break;
		}
		/* fall through */
	case VALUE_DATE_TIME:
		check_date_time(lint, frame, property->role, content, type);
		break;
	case VALUE_DATE_TIMES:
	case VALUE_PERIODS:
		check_times(lint, content, type);
		break;
	case VALUE_UTC:
		time = check_utc(lint, content);
		if (property->role == ROLE_CREATED)
			frame->created = time;
		else if (property->role == ROLE_MODIFIED)
			frame->modified = time;
		break;
	case VALUE_TRIGGER:
		/* An absolute one says VALUE=DATE-TIME. */
		if (content->value_type.len > 0 &&
		    span_is(content->value_type, "DATE-TIME")) {
			check_utc(lint, content);
			break;
		}
		/* fall through */
	case VALUE_DURATION:
		check_duration(lint, frame, property, content);
		break;
	case VALUE_INTEGER:
		check_integer(lint, property, content);
		break;
	case VALUE_URI:
		check_uri(lint, content);
		break;
	case VALUE_RRULE:
		check_rrule(lint, content);
		break;
	case VALUE_OFFSET:
		check_offset(lint, content);
		break;
	case VALUE_GEO:
		check_geo(lint, content);
		break;
	case VALUE_STATUS:
		check_status(lint, frame, content);
		break;
	case VALUE_TRANSP:
		if (!span_is(content->value, "OPAQUE") &&
		    !span_is(content->value, "TRANSPARENT"))
			find(
			    lint, RULE_VALUE_TRANSP, content->value.s, content);
		break;
	case VALUE_VERSION:
		if (!span_is(content->value, "2.0"))
			find(lint, RULE_VALUE_VERSION, content->value.s,
			    content);
		break;
	case VALUE_CALSCALE:
		if (!span_is(content->value, "GREGORIAN"))
			find(lint, RULE_CALSCALE, content->value.s, content);
		break;
	}
}

static void
define_zone(struct lint *lint, const struct content *content)
{
	struct zone_use use = { .hash = span_hash(content->value) };

	if (lint->zones.n < LINT_LIMIT)
		ARRAY_PUSH(lint->arena, &lint->zones, use);
}

/* What the component's end will want to know. */
static void
remember(struct lint *lint, struct frame *frame, enum role role,
    const struct content *content)
{
	switch (role) {
	case ROLE_UID:
		frame->uid = span_hash(content->value);
		frame->uid_place = lint_place(lint, content->value.s);
		break;
	case ROLE_DURATION:
		frame->duration = lint_place(lint, content->value.s);
		break;
	case ROLE_METHOD:
		lint->method = true;
		lint->publish = span_is(content->value, "PUBLISH");
		lint->method_place = lint_place(lint, content->line.s);
		break;
	case ROLE_TZID:
		define_zone(lint, content);
		break;
	case ROLE_TYPED:
		if (content->value_type.len == 0)
			find(lint, RULE_PARAMETER_MISSING, content->name.s,
			    content);
		break;
	default:
		break;
	}
}

void
lint_value(struct lint *lint, struct frame *frame,
    const struct property *property, const struct content *content)
{
	if (property->type == VALUE_URI && content->value_type.len > 0 &&
	    span_is(content->value_type, "BINARY"))
		return;
	check_type(lint, frame, property, content);
	remember(lint, frame, property->role, content);
}
