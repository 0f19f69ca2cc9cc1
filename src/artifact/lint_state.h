/*
 * The lint from the inside: bytes (lint.c) make physical lines, lines make
 * content lines (lint_line.c) with parameters (lint_parameter.c), content
 * lines make components (lint_component.c) of properties with values
 * (lint_value.c); what must hold between the values of one component is in
 * lint_entry.c, between two editions of a feed in lint_compare.c.
 */
#ifndef YUGAO_ARTIFACT_LINT_STATE_H
#define YUGAO_ARTIFACT_LINT_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <yugao/buf.h>
#include <yugao/lint.h>

/* Octets of one line that are looked at; an attachment may have more. */
#define LINE_MOST ((size_t)256 * 1024)

/* In the order of the rows in lint_rules.c. */
enum rule_index {
	RULE_ALARM_IN_FEED,
	RULE_BOM,
	RULE_CALENDAR_REPEATED,
	RULE_CALSCALE,
	RULE_CANCELLED_SEQUENCE,
	RULE_COMPARE_CONTENT_KEPT,
	RULE_COMPARE_SEQUENCE_FELL,
	RULE_COMPARE_SEQUENCE_KEPT,
	RULE_COMPARE_STAMP_BACK,
	RULE_COMPARE_STAMP_CHURN,
	RULE_COMPARE_UID_CHANGED,
	RULE_COMPARE_UID_LOST,
	RULE_COMPARE_UNCANCELLED,
	RULE_COMPONENT_MISSING,
	RULE_COMPONENT_NESTING,
	RULE_COMPONENT_TRUNCATED,
	RULE_COMPONENT_UNKNOWN,
	RULE_CONTROL_CHARACTER,
	RULE_DATE_MIXED,
	RULE_DTEND_AND_DURATION,
	RULE_DTEND_BEFORE_DTSTART,
	RULE_DTSTAMP_ORDER,
	RULE_DTSTAMP_SAME,
	RULE_DURATION_DATE,
	RULE_ESCAPE_MISSING,
	RULE_ESCAPE_TWICE,
	RULE_ESCAPE_UNKNOWN,
	RULE_EVENT_EMPTY,
	RULE_FOLD_CRCRLF,
	RULE_FOLD_EMPTY,
	RULE_FOLD_TAB,
	RULE_FOLD_UTF8,
	RULE_HTTP_CHARSET,
	RULE_HTTP_CONTENT_TYPE,
	RULE_HTTP_VALIDATOR,
	RULE_LAST_MODIFIED_MISSING,
	RULE_LAST_MODIFIED_ORDER,
	RULE_LINE_CR,
	RULE_LINE_EMPTY,
	RULE_LINE_LF,
	RULE_LINE_LONG,
	RULE_LINE_SYNTAX,
	RULE_LINE_UNENDED,
	RULE_METHOD_ATTENDEE,
	RULE_METHOD_INVITATION,
	RULE_METHOD_ORGANIZER,
	RULE_NAME_CASE,
	RULE_NO_CALENDAR,
	RULE_PARAMETER_COLON,
	RULE_PARAMETER_MISSING,
	RULE_PARAMETER_REPEATED,
	RULE_PARAMETER_SYNTAX,
	RULE_PARAMETER_UNKNOWN,
	RULE_PARAMETER_VALUE,
	RULE_PROPERTY_MISSING,
	RULE_PROPERTY_ORDER,
	RULE_PROPERTY_PLACE,
	RULE_PROPERTY_REPEATED,
	RULE_PROPERTY_UNKNOWN,
	RULE_RECURRENCE_TYPE,
	RULE_RRULE_REPEATED,
	RULE_RRULE_UNTIL,
	RULE_RRULE_UNTIL_EARLY,
	RULE_RSCALE,
	RULE_SEQUENCE_MISSING,
	RULE_SUMMARY_MISSING,
	RULE_TEXT_INVISIBLE,
	RULE_TEXT_LOST,
	RULE_TEXT_MARKUP,
	RULE_TIME_FLOATING,
	RULE_TIME_IMPLAUSIBLE,
	RULE_TIME_LEAP_SECOND,
	RULE_TIME_NOT_UTC,
	RULE_TZID_DUPLICATE,
	RULE_TZID_MISPLACED,
	RULE_TZID_UNKNOWN,
	RULE_UID_DUPLICATE,
	RULE_UID_LONG,
	RULE_URI_SCHEME,
	RULE_URI_UNENCODED,
	RULE_UTF8,
	RULE_VALUE_ACTION,
	RULE_VALUE_BINARY,
	RULE_VALUE_COLOR,
	RULE_VALUE_DATE,
	RULE_VALUE_DURATION,
	RULE_VALUE_EMPTY,
	RULE_VALUE_GEO,
	RULE_VALUE_INTEGER,
	RULE_VALUE_METHOD,
	RULE_VALUE_OFFSET,
	RULE_VALUE_RRULE,
	RULE_VALUE_STATUS,
	RULE_VALUE_TRANSP,
	RULE_VALUE_TYPE,
	RULE_VALUE_URI,
	RULE_VALUE_VERSION,
	RULE_VTIMEZONE_DTSTART,
	RULE_VTIMEZONE_LONG,
	RULE_ZONE_MIXED,
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

#define IN_ENTRIES (IN_EVENT | IN_TODO | IN_JOURNAL)

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
	VALUE_CALSCALE,
	VALUE_ACTION,
	VALUE_BINARY,
	VALUE_COLOR,
	VALUE_METHOD
};

/* What the lint wants with a property, beyond its value. */
enum role {
	ROLE_NONE,
	ROLE_ATTENDEE,
	ROLE_CREATED,
	ROLE_DURATION,
	ROLE_END, /* DTEND and DUE */
	ROLE_METHOD,
	ROLE_MODIFIED,
	ROLE_ORGANIZER,
	ROLE_PERCENT,
	ROLE_PRIORITY,
	ROLE_RECURRENCE,
	ROLE_REPEAT,
	ROLE_RULE, /* RRULE */
	ROLE_SEQUENCE,
	ROLE_STAMP,
	ROLE_START,
	ROLE_STATUS,
	ROLE_SUMMARY,
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
	bool base64;                  /* ENCODING=BASE64 */
	bool bare_parameter;          /* the last one's value is not quoted */
	uint64_t parameters;          /* those seen, by their row */
};

struct place_at {
	size_t line, col;
};

/* A date or date-time that was read. */
enum time_form {
	TIME_NONE,
	TIME_DATE,
	TIME_FLOATING,
	TIME_UTC,
	TIME_ZONED,
	TIME_FORMS
};
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
	struct time_value start, end, created, modified, stamp, until;
	char until_value[20];
	struct place_at uid_place, status_place;
	uint64_t uid, recurrence;
	struct place_at duration;
	char duration_value[20]; /* if it has a part of a day */
	/* EXDATE, RDATE and RECURRENCE-ID, the first of each form. */
	struct {
		const char *name; /* or NULL */
		struct place_at place;
	} forms[TIME_FORMS];
	const char *action;      /* of an alarm, or NULL */
	bool has_part;           /* a component stands in it */
	bool cancelled;          /* STATUS:CANCELLED */
	int64_t sequence;        /* -1: none */
	struct kept_event *kept; /* or NULL */
};

#define DEPTH_MOST 8

struct zone_use {
	uint64_t hash;
	const char *name; /* of a use; NULL of a definition */
	struct place_at place;
};

/* What lint_compare() wants to know of an event. */
enum kept_part {
	KEPT_DTSTART,
	KEPT_DTEND,
	KEPT_DUE,
	KEPT_DURATION,
	KEPT_RRULE,
	KEPT_RDATE,
	KEPT_EXDATE,
	KEPT_STATUS,
	KEPT_TIMES, /* those above make a new SEQUENCE */
	KEPT_SUMMARY = KEPT_TIMES,
	KEPT_DESCRIPTION,
	KEPT_LOCATION,
	KEPT_URL,
	KEPT_OTHER,
	KEPT_PARTS
};

struct kept_event {
	uint64_t id;             /* of UID and RECURRENCE-ID */
	const char *uid, *title; /* clipped */
	struct place_at place;   /* of its BEGIN */
	struct time_value start, stamp, modified;
	int64_t sequence; /* 0 if there is none */
	struct place_at sequence_place, status_place;
	bool cancelled;
	uint64_t parts[KEPT_PARTS];    /* sums of their lines' hashes */
	const struct kept_event *twin; /* in the other feed */
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
	bool attendee; /* an event has one */
	struct place_at method_place, attendee_place;
	struct time_value stamp; /* the first DTSTAMP */
	bool stamps_differ, has_modified;
	size_t n_entries;
	uint64_t *uids; /* open addressing, 0 = free */
	size_t n_uids, cap_uids;
	struct {
		struct zone_use *v;
		size_t n, cap;
	} zones;

	bool keeps; /* events, for a comparison */
	struct {
		struct kept_event **v;
		size_t n, cap;
	} kept;
	struct time_value edition; /* LAST-MODIFIED of the calendar */
	const struct lint *old;    /* the edition to compare with, or NULL */
	int64_t now;               /* 20260410093000 */
};

/*
 * Counts a finding, and keeps it unless the rule has enough.  The sentence
 * "lint.<id>" gets `what` as {0} and the clipped value as {1}.
 */
void lint_find(struct lint *lint, enum rule_index rule, struct place_at place,
    const char *what, struct span value);
/* The same, and a place in the old edition. */
void
lint_find_there(struct lint *lint, enum rule_index rule, struct place_at place,
    struct place_at there, const char *what, struct span value);
/* The same, of a property's name and value. */
void lint_find_value(struct lint *lint, enum rule_index rule, const char *at,
    const struct content *content);
/* The physical place of a byte of the content line. */
struct place_at lint_place(const struct lint *lint, const char *at);

/* Takes the content line apart and hands it on. */
void lint_content(struct lint *lint);
void lint_begin(struct lint *lint, const struct content *content);
void lint_finish(struct lint *lint, const struct content *content);
void lint_property(struct lint *lint, const struct content *content);
/* What is left open when the input ends. */
void lint_close(struct lint *lint);

/* Takes ";NAME=value" off the front; false if it is not one. */
bool
lint_parameter(struct lint *lint, struct span *rest, struct content *content);
/* What must hold in a VEVENT, VTODO or VJOURNAL that has ended. */
void lint_entry(struct lint *lint, const struct frame *frame);
void lint_alarm(struct lint *lint, const struct frame *frame);
void lint_observance(struct lint *lint, const struct frame *frame);
void lint_need(struct lint *lint, const struct frame *frame, const char *name);
/* One more line of an event that is kept. */
void lint_keep_line(struct kept_event *kept, const struct content *content);
void lint_keep_value(
    struct lint *lint, struct frame *frame, const struct content *content);
void lint_keep_end(struct lint *lint, const struct frame *frame);
void lint_compare(struct lint *lint);

void lint_text(struct lint *lint, const struct content *content, bool list);
void lint_uri(struct lint *lint, const struct property *property,
    const struct content *content);
void lint_binary(struct lint *lint, const struct content *content);

void lint_times(struct lint *lint, struct frame *frame, const char *name,
    const struct content *content, enum value_type type);
void lint_date_time(struct lint *lint, struct frame *frame,
    const struct property *property, const struct content *content,
    enum value_type type);
struct time_value lint_utc(struct lint *lint, const struct content *content);
void lint_stamp(struct lint *lint, struct frame *frame, enum role role,
    const struct content *content);
/* A TZID that a VTIMEZONE defines. */
void lint_zone(struct lint *lint, const struct content *content);

void lint_value(struct lint *lint, struct frame *frame,
    const struct property *property, const struct content *content);
/* 20260410 or 20260410T013000[Z]; TIME_NONE if it is not valid. */
struct time_value time_read(struct span span);
/* Seconds; false if it is not valid. */
bool duration_read(struct span span, int64_t *seconds);
/* The place of the first mistake in a recurrence rule, or NULL. */
struct rrule {
	const char *rscale; /* where it stands, or NULL */
	struct span until;  /* s is NULL if there is none */
};
const char *rrule_mistake(struct span span, struct rrule *rule);

bool is_name_octet(char c); /* of a property or parameter */
bool span_is(struct span span, const char *word); /* ignoring ASCII case */
/* Takes what stands before the separator off the front of *rest. */
struct span span_cut(struct span *rest, char separator);
struct span span_of(const char *string);
uint64_t span_hash(struct span span);
bool number_read(struct span span, int64_t most, int64_t *number);

#endif
