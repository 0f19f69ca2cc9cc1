/*
 * Everything said to the public, append-only and hash-chained.  An entry is
 * one thing said; the view is the latest entry of each release.  An entry's
 * announcement holds exactly what its rendered event shows, so that the tree
 * is a function of the ledger alone.
 */
#ifndef YUGAO_LEDGER_H
#define YUGAO_LEDGER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <yugao/buf.h>
#include <yugao/day.h>
#include <yugao/digest.h>
#include <yugao/message.h>

struct error;
struct store;

enum entry_kind {
	ENTRY_NEW,
	ENTRY_CONFIRMED,
	ENTRY_MOVED_EARLIER,
	ENTRY_MOVED_LATER,
	ENTRY_TIME_CHANGED, /* the same day, another clock time */
	ENTRY_CANCELLED,
	ENTRY_REISSUED,   /* words changed, not the time */
	ENTRY_EDITION,    /* time itself moves the tree: a new calendar year */
	ENTRY_POSTPONED,  /* another day, not yet known */
	ENTRY_REINSTATED, /* cancelled or postponed no longer */
	ENTRY_RELEASED,   /* it is out */
	ENTRY_PROFILE     /* about a series or a department, not a release */
};

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
	bool late; /* 事后公告: first said at or after its time */
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

struct entry {
	int64_t id; /* from 1, without gaps */
	enum entry_kind kind;
	struct instant at;
	int sequence;        /* iCalendar SEQUENCE of this release */
	const char *release; /* NULL for an edition; a profile's key */
	int year;            /* the edition's year */
	/* Of the wanted part of the announcement: what a diff compares. */
	struct digest digest;
	struct moment when;
	struct instant start;
	struct instant since; /* when this time was first said */
	int64_t since_entry;  /* and by which entry; what portals confirm */
	int moves;            /* how often its time was changed until now */
	/* Of title, indicators and channels: what B9 lets nobody change in
	 * silence. */
	struct digest core;
	enum said_status status;
	const char *policy; /* sha256 of the policy file it was judged under */
	const char *said;   /* canonical JSON; NULL in a view */
	/* To append: the verdicts it is said under, a JSON array; or NULL. */
	const char *verdicts;
};

/*
 * A portal has shown everything up to an entry, at that time.  Without having
 * read it back it may only be hoped so.
 */
struct confirmation {
	const char *portal;
	int64_t entry;
	struct instant at;
	bool read_back;
};

struct view {
	struct entry *v; /* sorted by release, bytewise; no profiles */
	size_t n, cap;
	struct entry *profiles; /* sorted by key */
	size_t n_profiles;
	struct confirmation *confirmations; /* by portal, then by entry */
	size_t n_confirmations;
	struct instant last; /* time of the newest entry; 0 if none */
	int64_t last_id;
	int edition; /* year, 0 if none */
	struct instant edition_at;
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

const struct error *
ledger_view(struct arena *arena, struct store *store, struct view *view);
const struct entry *view_find(const struct view *view, const char *release);
const struct entry *view_profile(const struct view *view, const char *key);
/*
 * When this portal had shown the entry: false if it has not.  A confirmation
 * that was read back wins over an earlier one that was not.
 */
bool view_confirmed(const struct view *view, const char *portal, int64_t entry,
    struct confirmation *confirmation);
/* Inside a transaction: the portal shows everything up to this entry.  It is
 * recorded (record.h); without effect if that was known. */
const struct error *ledger_confirm(struct arena *arena, struct store *store,
    const struct confirmation *confirmation);

/* The announcement of one entry; *said is NULL for an edition. */
const struct error *ledger_said(
    struct arena *arena, struct store *store, int64_t id, const char **said);

/*
 * Inside a transaction.  Sets id, at (never before the newest entry) and
 * since, chains the hash, and records it (record.h).  Refuses a SEQUENCE that
 * is not 0 for a release never said, else the last one plus 1.  Leaves garbage
 * in the arena: a loop brings one that it resets.
 */
const struct error *
ledger_append(struct arena *arena, struct store *store, struct entry *entry);

/* Entries of one release (NULL = all) up to an instant (NULL = now), in
 * order, each with its `said`; stops at the first error of `each`.  What the
 * entry points to lives only during the call. */
const struct error *ledger_each(struct arena *arena, struct store *store,
    const char *release, const struct instant *as_of,
    const struct error *(*each)(void *context, const struct entry *entry),
    void *context);

/* The same for the latest entry of each release, soonest first; no
 * profiles. */
const struct error *ledger_each_latest(struct arena *arena, struct store *store,
    const char *release, const struct instant *as_of,
    const struct error *(*each)(void *context, const struct entry *entry),
    void *context);

/* The office's domain is fixed by the first entry; an error if it differs. */
const struct error *
ledger_fix_domain(struct arena *arena, struct store *store, const char *domain);

const char *entry_kind_name(enum entry_kind kind); /* "moved-earlier" */
const char *said_status_name(enum said_status status);
bool entry_kind_parse(const char *name, enum entry_kind *kind);

#endif
