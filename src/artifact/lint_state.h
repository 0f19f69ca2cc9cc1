/*
 * The lint from the inside: bytes (lint.c) make physical lines, lines make
 * content lines (lint_line.c), content lines make components
 * (lint_component.c) of properties with values (lint_value.c).
 */
#ifndef YUGAO_ARTIFACT_LINT_STATE_H
#define YUGAO_ARTIFACT_LINT_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <yugao/buf.h>
#include <yugao/lint.h>

/* In the order of the rows in lint_rules.c. */
enum rule_index {
	RULE_BOM,
	RULE_CALSCALE,
	RULE_COMPONENT_MISSING,
	RULE_COMPONENT_NESTING,
	RULE_COMPONENT_TRUNCATED,
	RULE_CONTROL_CHARACTER,
	RULE_DATE_MIXED,
	RULE_DTEND_AND_DURATION,
	RULE_DTEND_BEFORE_DTSTART,
	RULE_ESCAPE_MISSING,
	RULE_ESCAPE_UNKNOWN,
	RULE_EVENT_EMPTY,
	RULE_FOLD_CRCRLF,
	RULE_FOLD_EMPTY,
	RULE_FOLD_UTF8,
	RULE_LAST_MODIFIED_MISSING,
	RULE_LAST_MODIFIED_ORDER,
	RULE_LINE_CR,
	RULE_LINE_EMPTY,
	RULE_LINE_LF,
	RULE_LINE_LONG,
	RULE_LINE_SYNTAX,
	RULE_LINE_UNENDED,
	RULE_METHOD_ORGANIZER,
	RULE_NO_CALENDAR,
	RULE_PARAMETER_COLON,
	RULE_PARAMETER_MISSING,
	RULE_PARAMETER_SYNTAX,
	RULE_PROPERTY_MISSING,
	RULE_PROPERTY_PLACE,
	RULE_PROPERTY_REPEATED,
	RULE_PROPERTY_UNKNOWN,
	RULE_RSCALE,
	RULE_SEQUENCE_MISSING,
	RULE_TIME_FLOATING,
	RULE_TIME_NOT_UTC,
	RULE_TZID_MISPLACED,
	RULE_TZID_UNKNOWN,
	RULE_UID_DUPLICATE,
	RULE_UTF8,
	RULE_VALUE_DATE,
	RULE_VALUE_DURATION,
	RULE_VALUE_GEO,
	RULE_VALUE_INTEGER,
	RULE_VALUE_OFFSET,
	RULE_VALUE_RRULE,
	RULE_VALUE_STATUS,
	RULE_VALUE_TRANSP,
	RULE_VALUE_URI,
	RULE_VALUE_VERSION,
	RULE_VTIMEZONE_LONG,
	RULE_COUNT
};

/* Components, as bits. */
enum {
	IN_CALENDAR = 1,
	IN_EVENT = 2,
	IN_TODO = 4,
	IN_JOURNAL = 8,
	IN_FREEBUSY = 16,
	IN_TIMEZONE = 32,
	IN_OBSERVANCE = 64, /* STANDARD and DAYLIGHT */
	IN_ALARM = 128,
	IN_OTHER = 256 /* one we do not know: anything may be in it */
};

struct component {
	const char *name;
	unsigned bit;
	unsigned inside;       /* components it may stand in; 0 = none */
	const char *needed[4]; /* properties, without DTSTART of events */
};

enum value_type {
	VALUE_ANY,
	VALUE_TEXT,
	VALUE_TEXTS,
	VALUE_DATE,      /* DATE only */
	VALUE_DATE_TIME, /* or DATE, with VALUE=DATE */
	VALUE_DATE_TIMES,
	VALUE_UTC,
	VALUE_DURATION,
	VALUE_TRIGGER,
	VALUE_INTEGER,
	VALUE_URI,
	VALUE_RRULE,
	VALUE_OFFSET,
	VALUE_PERIODS,
	VALUE_GEO,
	VALUE_STATUS,
	VALUE_TRANSP,
	VALUE_VERSION,
	VALUE_CALSCALE
};

/* What the lint wants with a property, beyond its value. */
enum role {
	ROLE_NONE,
	ROLE_CREATED,
	ROLE_DURATION,
	ROLE_END, /* DTEND and DUE */
	ROLE_METHOD,
	ROLE_MODIFIED,
	ROLE_ORGANIZER,
	ROLE_PERCENT,
	ROLE_PRIORITY,
	ROLE_RECURRENCE,
	ROLE_SEQUENCE,
	ROLE_START,
	ROLE_TYPED, /* is nothing without VALUE= */
	ROLE_TZID,
	ROLE_UID
};

struct property {
	const char *name;
	enum value_type type;
	unsigned in;   /* components in which it may stand */
	unsigned once; /* components in which it may stand only once */
	enum role role;
};

/* Sorted by name; NULL if it is not known. */
const struct property *property_find(const char *name, size_t len);
size_t property_index(const struct property *property);
#define PROPERTY_MOST 80
const struct component *component_find(const char *name, size_t len);

struct span {
	const char *s;
	size_t len;
};

/* A content line taken apart; every span points into the line. */
struct content {
	struct span line, name, value;
	struct span value_type, tzid; /* of these parameters; len 0 = none */
	bool bare_parameter;          /* the last one's value is not quoted */
};

struct place_at {
	size_t line, col;
};

/* A date or date-time that was read. */
enum time_form { TIME_NONE, TIME_DATE, TIME_FLOATING, TIME_UTC, TIME_ZONED };
struct time_value {
	enum time_form form;
	int64_t number; /* 20260410093000: in one form these compare */
	uint64_t zone;  /* hash of the TZID */
	struct place_at place;
};

struct frame {
	const struct component *component; /* NULL: not known */
	char name[32];
	struct place_at place;
	uint8_t seen[PROPERTY_MOST];
	unsigned roles; /* bits of those seen */
	struct time_value start, end, created, modified;
	struct place_at uid_place;
	uint64_t uid;
	struct place_at duration;
	bool has_part; /* a component stands in it */
};

#define DEPTH_MOST 8

struct zone_use {
	uint64_t hash;
	const char *name; /* of a use; NULL of a definition */
	struct place_at place;
};

struct lint {
	struct arena *arena;
	struct finding *found;
	size_t n_found, cap_found;
	size_t counts[3], of_rule[RULE_COUNT];

	struct buf rest; /* of a physical line whose end has not come yet */
	size_t dropped;  /* octets of it beyond LINE_MOST */
	size_t line;     /* physical lines so far */

	struct buf text; /* the content line, unfolded */
	bool open;       /* there is one */
	struct fold {
		size_t at;
		struct place_at place;
	} * folds;
	size_t n_folds, cap_folds;

	struct frame stack[DEPTH_MOST];
	size_t depth, too_deep;
	bool has_calendar;
	/* Of the calendar being read. */
	bool publish; /* METHOD:PUBLISH */
	bool method;
	bool organizer_missing;
	struct place_at method_place;
	uint64_t *uids; /* open addressing, 0 = free */
	size_t n_uids, cap_uids;
	struct {
		struct zone_use *v;
		size_t n, cap;
	} zones;
};

/*
 * Counts a finding, and keeps it unless the rule has enough.  The sentence
 * "lint.<id>" gets `what` as {0} and the clipped value as {1}.
 */
void lint_find(struct lint *lint, enum rule_index rule, struct place_at place,
    const char *what, struct span value);
/* The physical place of a byte of the content line. */
struct place_at lint_place(const struct lint *lint, const char *at);

/* Takes the content line apart and hands it on. */
void lint_content(struct lint *lint);
void lint_begin(struct lint *lint, const struct content *content);
void lint_finish(struct lint *lint, const struct content *content);
void lint_property(struct lint *lint, const struct content *content);
/* What is left open when the input ends. */
void lint_close(struct lint *lint);

void lint_value(struct lint *lint, struct frame *frame,
    const struct property *property, const struct content *content);
/* 20260410 or 20260410T013000[Z]; TIME_NONE if it is not valid. */
struct time_value time_read(struct span span);
/* Seconds; false if it is not valid. */
bool duration_read(struct span span, int64_t *seconds);
/* The place of the first mistake in a recurrence rule, or NULL. */
const char *rrule_mistake(struct span span, const char **rscale);

bool span_is(struct span span, const char *word); /* ignoring ASCII case */
/* Takes what stands before the separator off the front of *rest. */
struct span span_cut(struct span *rest, char separator);
uint64_t span_hash(struct span span);
bool number_read(struct span span, int64_t most, int64_t *number);

#endif
