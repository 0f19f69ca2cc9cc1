/*
 * How a department, and the office itself, stood on a day: what no entry
 * tells and a report about the past needs.  A record (record.h) of its own
 * keeps it, written only when it changed, so that the numbers of any past day
 * come out of the database alone.  Of what is closed it holds counts, never a
 * name.
 */
#ifndef YUGAO_STANDING_H
#define YUGAO_STANDING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <yugao/day.h>
#include <yugao/message.h>

struct arena;
struct error;
struct store;

/* Releases of one quarter that are kept from the public (C05). */
struct standing_quarter {
	int year, quarter;
	int64_t items;    /* of closed series, and withheld by an act */
	int64_t grounded; /* of these, with a ground that D4 takes */
};

/* A parameter of the policy as it was in force. */
struct standing_parameter {
	const char *key;
	int64_t number;
	const char *string, *unit, *cites; /* or NULL; cites: "UK-3.1, HK" */
	const char *basis;                 /* "N", … */
};

struct standing {
	const char *department; /* "" is the office */
	struct text name;
	/* Of a department. */
	const char *level;
	bool outside;                            /* the policy's jurisdiction */
	const struct standing_quarter *quarters; /* in order of time */
	size_t n_quarters;
	/* Of the office. */
	const char *timezone;
	const char *policy, *policy_version, *policy_sha256;
	const struct standing_parameter *parameters; /* sorted by key */
	size_t n_parameters;
	const char *const *portals; /* required: they make the notice */
	size_t n_portals;
	/* Days of the plans' years that are not as their weekday says, as
	 * far as they were known: "2026-02-16". */
	const char *const *off, *const *makeup;
	size_t n_off, n_makeup;
};

struct standings {
	struct standing *v; /* the office first, then by department */
	size_t n, cap;
};

/* Inside a transaction; without effect if the last one says the same. */
const struct error *standing_record(struct arena *arena, struct store *store,
    const struct standing *standing, struct instant now);
/* Whether the last one says something else, or there is none. */
const struct error *standing_differs(struct arena *arena, struct store *store,
    const struct standing *standing, bool *differs);
/* The latest one of each that was recorded until then. */
const struct error *standings_read(struct arena *arena, struct store *store,
    struct instant as_of, struct standings *standings);
bool standing_is_workday(const struct standing *office, struct day day);
/* The n-th working day after it. */
struct day
standing_step(const struct standing *office, struct day day, int64_t n);
/* NULL if there is none. */
const struct standing_parameter *
standing_parameter(const struct standing *standing, const char *key);

#endif
