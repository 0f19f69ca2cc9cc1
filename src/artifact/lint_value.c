#include <string.h>

#include <yugao/arena.h>

#include "lint_state.h"

#define UID_MOST 255 /* RFC 7986 5.3 */

void
lint_find_value(struct lint *lint, enum rule_index rule, const char *at,
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
	lint_find_value(lint, RULE_PARAMETER_COLON, value.s, content);
}

static void
keep_value(char *kept, size_t size, struct span value)
{
	size_t n = value.len < size ? value.len : size - 1;

	memcpy(kept, value.s, n);
	kept[n] = '\0';
}

static void
check_duration(struct lint *lint, struct frame *frame,
    const struct property *property, const struct content *content)
{
	bool signed_type = property->type == VALUE_TRIGGER;
	int64_t seconds;

	if (!duration_read(content->value, &seconds) ||
	    (seconds < 0 && !signed_type) ||
	    (seconds == 0 && property->in == IN_CALENDAR)) {
		lint_find_value(
		    lint, RULE_VALUE_DURATION, content->value.s, content);
		return;
	}
	if (memchr(content->value.s, 'T', content->value.len) != NULL &&
	    property->role == ROLE_DURATION)
		keep_value(frame->duration_value, sizeof(frame->duration_value),
		    content->value);
	if (seconds == 0 && property->role == ROLE_DURATION &&
	    frame->component != NULL && frame->component->bit == IN_EVENT)
		lint_find_value(
		    lint, RULE_EVENT_EMPTY, content->value.s, content);
}

static void
check_integer(struct lint *lint, struct frame *frame,
    const struct property *property, const struct content *content)
{
	int64_t most = property->role == ROLE_PRIORITY  ? 9
		       : property->role == ROLE_PERCENT ? 100
							: INT32_MAX;
	int64_t number;

	if (!number_read(content->value, most, &number))
		lint_find_value(
		    lint, RULE_VALUE_INTEGER, content->value.s, content);
	else if (property->role == ROLE_SEQUENCE)
		frame->sequence = number;
}

static void
check_rrule(
    struct lint *lint, struct frame *frame, const struct content *content)
{
	struct rrule rule;
	const char *mistake = rrule_mistake(content->value, &rule);

	if (rule.rscale != NULL)
		lint_find_value(lint, RULE_RSCALE, rule.rscale, content);
	if (mistake != NULL)
		lint_find_value(lint, RULE_VALUE_RRULE, mistake, content);
	if (rule.until.s == NULL)
		return;
	frame->until = time_read(rule.until);
	frame->until.place = lint_place(lint, rule.until.s);
	keep_value(frame->until_value, sizeof(frame->until_value), rule.until);
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
		lint_find_value(lint, RULE_VALUE_OFFSET, value.s, content);
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
		lint_find_value(
		    lint, RULE_VALUE_GEO, content->value.s, content);
}

static void
check_status(
    struct lint *lint, struct frame *frame, const struct content *content)
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

	frame->cancelled = span_is(content->value, "CANCELLED");
	frame->status_place = lint_place(lint, content->value.s);
	for (i = 0; i < COUNT(words); i++)
		if ((words[i].in & bit) != 0 &&
		    span_is(content->value, words[i].word))
			return;
	if ((bit & (IN_EVENT | IN_TODO | IN_JOURNAL)) != 0)
		lint_find_value(
		    lint, RULE_VALUE_STATUS, content->value.s, content);
}

/* One of these words, or one of somebody's own where that is allowed. */
static bool
is_one_of(struct span value, const char *const *words, bool own)
{
	for (; *words != NULL; words++)
		if (span_is(value, *words))
			return true;
	return own && value.len > 2 &&
	       span_is((struct span){ value.s, 2 }, "X-");
}

static void
check_action(
    struct lint *lint, struct frame *frame, const struct content *content)
{
	static const char *const words[] = { "AUDIO", "DISPLAY", "EMAIL",
		NULL };
	size_t i;

	for (i = 0; words[i] != NULL; i++)
		if (span_is(content->value, words[i]))
			frame->action = words[i];
	if (!is_one_of(content->value, words, true))
		lint_find_value(
		    lint, RULE_VALUE_ACTION, content->value.s, content);
}

/* RFC 5546 1.4 */
static void
check_method(struct lint *lint, const struct content *content)
{
	static const char *const words[] = { "PUBLISH", "REQUEST", "REPLY",
		"ADD", "CANCEL", "REFRESH", "COUNTER", "DECLINECOUNTER", NULL };

	if (!is_one_of(content->value, words, false))
		lint_find_value(
		    lint, RULE_VALUE_METHOD, content->value.s, content);
	else if (!span_is(content->value, "PUBLISH"))
		lint_find_value(
		    lint, RULE_METHOD_INVITATION, content->value.s, content);
}

/* A name of CSS3 is letters only; #4682b4 is what people write instead. */
static void
check_color(struct lint *lint, const struct content *content)
{
	size_t i;

	for (i = 0; i < content->value.len; i++)
		if (!is_name_octet(content->value.s[i]) ||
		    content->value.s[i] == '-' || content->value.s[i] <= '9')
			break;
	if (i < content->value.len || i == 0)
		lint_find_value(
		    lint, RULE_VALUE_COLOR, content->value.s, content);
}

static void
check_word(struct lint *lint, enum rule_index rule,
    const struct content *content, const char *const *words)
{
	if (!is_one_of(content->value, words, false))
		lint_find_value(lint, rule, content->value.s, content);
}

#define TYPE(type) (UINT32_C(1) << (type))

/*
 * The type that VALUE= names, or the property's own, which is what the names
 * with VALUE_ANY mean.
 */
static enum value_type
type_of(struct lint *lint, const struct property *property,
    const struct content *content)
{
	static const struct {
		const char *name;
		enum value_type type;
		uint32_t of; /* the types of properties that may say so */
	} names[] = {
		{ "BINARY", VALUE_BINARY, TYPE(VALUE_URI) },
		{ "CAL-ADDRESS", VALUE_ANY, TYPE(VALUE_URI) },
		{ "DATE", VALUE_DATE,
		    TYPE(VALUE_DATE_TIME) | TYPE(VALUE_DATE_TIMES) },
		{ "DATE-TIME", VALUE_ANY,
		    TYPE(VALUE_DATE_TIME) | TYPE(VALUE_DATE_TIMES) |
			TYPE(VALUE_UTC) | TYPE(VALUE_TRIGGER) },
		{ "DURATION", VALUE_ANY,
		    TYPE(VALUE_DURATION) | TYPE(VALUE_TRIGGER) },
		{ "FLOAT", VALUE_ANY, TYPE(VALUE_GEO) },
		{ "INTEGER", VALUE_ANY, TYPE(VALUE_INTEGER) },
		{ "PERIOD", VALUE_PERIODS,
		    TYPE(VALUE_DATE_TIMES) | TYPE(VALUE_PERIODS) },
		{ "RECUR", VALUE_ANY, TYPE(VALUE_RRULE) },
		{ "TEXT", VALUE_ANY,
		    TYPE(VALUE_TEXT) | TYPE(VALUE_TEXTS) | TYPE(VALUE_STATUS) |
			TYPE(VALUE_TRANSP) | TYPE(VALUE_VERSION) |
			TYPE(VALUE_CALSCALE) | TYPE(VALUE_ACTION) |
			TYPE(VALUE_COLOR) | TYPE(VALUE_METHOD) },
		{ "URI", VALUE_ANY, TYPE(VALUE_URI) },
		{ "UTC-OFFSET", VALUE_ANY, TYPE(VALUE_OFFSET) },
	};
	struct span name = content->value_type;
	size_t i;

	if (name.len == 0 || property->type == VALUE_ANY)
		return property->type;
	for (i = 0; i < COUNT(names); i++)
		if (span_is(name, names[i].name) &&
		    (names[i].of & TYPE(property->type)) != 0)
			return names[i].type == VALUE_ANY ? property->type
							  : names[i].type;
	lint_find(lint, RULE_VALUE_TYPE, lint_place(lint, name.s),
	    property->name, name);
	return VALUE_ANY;
}

static void
check_type(struct lint *lint, struct frame *frame,
    const struct property *property, const struct content *content)
{
	static const char *const transp[] = { "OPAQUE", "TRANSPARENT", NULL };
	static const char *const version[] = { "2.0", NULL };
	static const char *const calscale[] = { "GREGORIAN", NULL };
	enum value_type type = type_of(lint, property, content);

	switch (type) {
	case VALUE_ANY:
		break;
	case VALUE_TEXT:
	case VALUE_TEXTS:
		lint_text(lint, content, type == VALUE_TEXTS);
		check_colon(lint, content);
		break;
	case VALUE_DATE:
	case VALUE_DATE_TIME:
		if (property->type == VALUE_DATE_TIMES)
			lint_times(lint, frame, property->name, content, type);
		else
			lint_date_time(lint, frame, property, content, type);
		break;
	case VALUE_DATE_TIMES:
	case VALUE_PERIODS:
		lint_times(lint, frame, property->name, content, type);
		break;
	case VALUE_UTC:
		lint_stamp(lint, frame, property->role, content);
		break;
	case VALUE_TRIGGER:
		/* An absolute one says VALUE=DATE-TIME. */
		if (content->value_type.len > 0 &&
		    span_is(content->value_type, "DATE-TIME")) {
			lint_utc(lint, content);
			break;
		}
		/* fall through */
	case VALUE_DURATION:
		check_duration(lint, frame, property, content);
		break;
	case VALUE_INTEGER:
		check_integer(lint, frame, property, content);
		break;
	case VALUE_URI:
		lint_uri(lint, property, content);
		break;
	case VALUE_BINARY:
		lint_binary(lint, content);
		break;
	case VALUE_RRULE:
		check_rrule(lint, frame, content);
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
		check_word(lint, RULE_VALUE_TRANSP, content, transp);
		break;
	case VALUE_VERSION:
		check_word(lint, RULE_VALUE_VERSION, content, version);
		break;
	case VALUE_CALSCALE:
		check_word(lint, RULE_CALSCALE, content, calscale);
		break;
	case VALUE_ACTION:
		check_action(lint, frame, content);
		break;
	case VALUE_COLOR:
		check_color(lint, content);
		break;
	case VALUE_METHOD:
		check_method(lint, content);
		break;
	}
}

static void
remember_uid(
    struct lint *lint, struct frame *frame, const struct content *content)
{
	frame->uid = span_hash(content->value);
	frame->uid_place = lint_place(lint, content->value.s);
	if (content->value.len > UID_MOST)
		lint_find_value(lint, RULE_UID_LONG, content->value.s, content);
}

/* What the component's end will want to know. */
static void
remember(struct lint *lint, struct frame *frame, enum role role,
    const struct content *content)
{
	switch (role) {
	case ROLE_ATTENDEE:
		if (lint->attendee || frame->component == NULL ||
		    frame->component->bit == IN_ALARM)
			break;
		lint->attendee = true;
		lint->attendee_place = lint_place(lint, content->line.s);
		break;
	case ROLE_UID:
		remember_uid(lint, frame, content);
		break;
	case ROLE_DURATION:
		frame->duration = lint_place(lint, content->value.s);
		break;
	case ROLE_METHOD:
		lint->method = true;
		lint->publish = span_is(content->value, "PUBLISH");
		lint->method_place = lint_place(lint, content->line.s);
		break;
	case ROLE_RECURRENCE:
		frame->recurrence = span_hash(content->value);
		break;
	case ROLE_SUMMARY:
		/* An empty title is none. */
		if (content->value.len == 0)
			frame->roles &= ~(1U << ROLE_SUMMARY);
		break;
	case ROLE_TZID:
		lint_zone(lint, content);
		break;
	case ROLE_TYPED:
		if (content->value_type.len == 0)
			lint_find_value(lint, RULE_PARAMETER_MISSING,
			    content->name.s, content);
		break;
	default:
		break;
	}
}

/* What must be there must say something; most types say so themselves. */
static void
check_empty(struct lint *lint, const struct frame *frame,
    const struct property *property, const struct content *content)
{
	size_t i;

	if (content->value.len > 0 || frame->component == NULL ||
	    property->type != VALUE_TEXT)
		return;
	for (i = 0; i < COUNT(frame->component->needed) &&
		    frame->component->needed[i] != NULL;
	     i++)
		if (strcmp(frame->component->needed[i], property->name) == 0)
			lint_find_value(
			    lint, RULE_VALUE_EMPTY, content->value.s, content);
}

void
lint_value(struct lint *lint, struct frame *frame,
    const struct property *property, const struct content *content)
{
	check_empty(lint, frame, property, content);
	check_type(lint, frame, property, content);
	remember(lint, frame, property->role, content);
}
