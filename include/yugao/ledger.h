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

#include <yugao/announcement.h>
#include <yugao/confirmation.h>
#include <yugao/day.h>
#include <yugao/digest.h>

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
	 * silence.  Entries of an older database have these three in a view
	 * only; elsewhere they are zero. */
	struct digest core;
	enum said_status status;
	/* In a view: when, by which entry and for which day it was first said.
	 */
	struct instant first_at;
	struct day first_day;
	int64_t first_entry;
	const char *policy; /* sha256 of the policy file it was judged under */
	const char *said;   /* canonical JSON; NULL in a view */
	/* To append: the verdicts it is said under, a JSON array; or NULL. */
	const char *verdicts;
};

struct view {
	struct entry *v; /* sorted by release, bytewise; no profiles */
	size_t n, cap;
	struct entry *profiles; /* sorted by key */
	size_t n_profiles;
	/* By portal, those read back first, then by entry. */
	struct confirmation *confirmations;
	size_t n_confirmations;
	struct instant last; /* time of the newest entry; 0 if none */
	int64_t last_id;
	int edition; /* year, 0 if none */
	struct instant edition_at;
};

const struct error *
ledger_view(struct arena *arena, struct store *store, struct view *view);
const struct entry *view_find(const struct view *view, const char *release);
const struct entry *view_profile(const struct view *view, const char *key);
/* The announcement of one entry; *said is NULL for an edition. */
const struct error *ledger_said(
    struct arena *arena, struct store *store, int64_t id, const char **said);

/*
 * Inside a transaction.  Sets id, at (never before the newest entry), since,
 * since_entry and moves, chains the hash, and records it (record.h).  Refuses
 * a SEQUENCE that is not 0 for a release or profile never said, else the last
 * one plus 1.  A profile needs kind, at, sequence, release, digest and said.
 * Leaves garbage in the arena: a loop brings one that it resets.
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

/* The same for the latest entry of each release that was said after entry
 * `after`, in order. */
const struct error *
ledger_each_after(struct arena *arena, struct store *store, int64_t after,
    const struct error *(*each)(void *context, const struct entry *entry),
    void *context);

/* The newest entries about releases, newest first, at most `most` of them; of
 * one department, or NULL. */
struct entries {
	struct entry *v;
	size_t n, cap;
};
const struct error *ledger_recent(struct arena *arena, struct store *store,
    const char *department, int64_t most, struct entries *entries);

/* The office's domain is fixed by the first entry; an error if it differs. */
const struct error *
ledger_fix_domain(struct arena *arena, struct store *store, const char *domain);

const char *entry_kind_name(enum entry_kind kind); /* "moved-earlier" */
bool entry_kind_parse(const char *name, enum entry_kind *kind);

#endif
