/*
 * What is said to the public, about a release or beside it: exactly what its
 * event and its page show.  Kept in the ledger as canonical JSON.
 */
#ifndef YUGAO_ANNOUNCEMENT_H
#define YUGAO_ANNOUNCEMENT_H

#include <stdbool.h>
#include <stddef.h>

#include <yugao/buf.h>
#include <yugao/day.h>
#include <yugao/message.h>

struct error;

/* Postponed: `when` is still the old day. */
enum said_status {
	SAID_TENTATIVE,
	SAID_CONFIRMED,
	SAID_CANCELLED,
	SAID_POSTPONED,
	SAID_RELEASED
};

/* What is said about one release. */
struct announcement {
	const char *release; /* nbs/cpi/2026-03 */
	const char *uid;
	const char *department, *series, *period, *estimate;
	struct text publisher, title;
	struct moment when;
	const char *timezone;
	struct instant
	    start; /* of `when`, in UTC; day precision: 00:00 local */
	enum said_status status;
	const char *const *topics;
	size_t n_topics;
	const struct text *topic_names; /* beside topics */
	const struct text *indicators;
	size_t n_indicators;
	const char *const *channels;
	size_t n_channels;
	const char *url;
	struct text note, reason;
	bool reason_pending; /* changed without one: 原因待补充 (B3) */
	struct text method_change; /* made another way from this one on */
	const char *data_status;   /* "preliminary", "final"; or NULL */
	struct day due;            /* SAID_POSTPONED: new date by, if has_due */
	bool has_due;
	const char *result_url;  /* SAID_RELEASED, or NULL */
	struct instant released; /* SAID_RELEASED: when it was out */
	/* History, taken from the ledger and not part of the digest. */
	bool late; /* 事后公告: first said at or after its time */
	bool has_previous;
	struct moment previous;
};

/*
 * What is said about a series ("department/series") or a department beside
 * its releases: it stands on their pages, and touches no release's SEQUENCE.
 */
struct said_indicator {
	struct text name;
	const char *unit;
};
struct profile {
	const char *key;
	const char *department;
	const char *series; /* NULL: of the department */
	struct text name;   /* the department's, or the series' title */
	const char *level, *region;
	struct text government; /* above it */
	const char *url;
	struct text contact_unit;
	const char *contact_phone, *contact_person;
	/* Of a series. */
	const char *frequency;
	const char *const *topics;
	size_t n_topics;
	const struct said_indicator *indicators;
	size_t n_indicators;
	struct text definition, scope, method, calculation, sample;
	struct text scheme_name;
	const char *form_no, *maker, *approval_no, *valid_until, *scheme_url;
};

/* Canonical JSON: keys sorted, compact, integers only.  The history part is
 * left out when `wanted_only`, which is what the digest is over. */
void announcement_write(
    struct buf *buf, const struct announcement *announcement, bool wanted_only);
const struct error *announcement_read(
    struct arena *arena, const char *json, struct announcement *announcement);

/*
 * The words of it that a review looks at (D1), canonical: all but its time,
 * its status and the reason of a change, which a decision of its own stands
 * behind.  A move must reach the public without a second review.
 */
void
announcement_words(struct buf *buf, const struct announcement *announcement);
/* Title, indicators and channels (B9), canonical. */
void
announcement_core(struct buf *buf, const struct announcement *announcement);
/* Canonical JSON; its digest is the entry's. */
void profile_write(struct buf *buf, const struct profile *profile);
const struct error *
profile_read(struct arena *arena, const char *json, struct profile *profile);

const char *said_status_name(enum said_status status);

#endif
