/*
 * The office that runs yugao: its configuration file (yugao.conf.5), its
 * departments, its portals and its policy's parameters, each read from JSON
 * with a schema under config/schema/.
 */
#ifndef YUGAO_OFFICE_H
#define YUGAO_OFFICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <yugao/day.h>
#include <yugao/department.h>
#include <yugao/diag.h>
#include <yugao/message.h>
#include <yugao/portal.h>
#include <yugao/secret.h>

struct topic {
	const char *id;
	struct text name;
};

/*
 * One value of the policy file with where it comes from.  A map is a set of
 * "name=value".
 */
struct parameter {
	const char *key; /* "lead.min_lead" */
	int64_t number;  /* of a number or a bool */
	const char *string;
	const char *const *set;
	size_t n_set;
	const char *unit;
	char basis;               /* N L Q P I E, yugao-policy(7) */
	const char *const *cites; /* source ids */
	size_t n_cites;
	const char *on_fail; /* warn, report, block, or NULL */
};

struct parameters {
	const char *id, *version;
	struct text title;
	const char *digest; /* sha256 of the file, hex */
	const char *region; /* jurisdiction */
	const char *const *levels;
	size_t n_levels;
	const struct parameter *v; /* sorted by key */
	size_t n;
	const struct text *sources; /* zh = id, en = citation; sorted by id */
	size_t n_sources;
};

/* What tells other programs how a run went. */
enum log_form { LOG_NONE, LOG_JSON, LOG_LOGFMT };
bool log_form_parse(const char *word, enum log_form *form);
struct monitor {
	const char *metrics;      /* a file for Prometheus, or NULL */
	enum log_form log;        /* lines on stderr */
	struct secret_place ping; /* holds a URL; name NULL: none is asked */
	bool ping_private;        /* it may be at a private address */
};

struct office {
	const char *file;
	struct text name;
	const char *domain; /* of UIDs; never changes once published */
	const char *url;    /* public base URL of the tree, ends in '/' */
	const char *timezone;
	enum lang lang;
	/* Paths, absolute or relative to the working directory. */
	const char *plans, *acts, *calendars, *state;
	const struct department *departments; /* sorted by id */
	size_t n_departments;
	const struct topic *topics; /* sorted by id */
	size_t n_topics;
	const struct topic *districts; /* by GB/T 2260 code, sorted */
	size_t n_districts;
	const struct portal *portals; /* sorted by id */
	size_t n_portals;
	struct parameters policy;
	bool site; /* pages, and a file for every release and series */
	/* The publish gate refuses a tree in which a feed loses more. */
	int shrink_percent;
	bool gzip;          /* a compressed twin beside every text */
	bool watch_private; /* results may be looked for in the own network */
	const char *site_files; /* folder of stylesheet, fragments, logo */
	/* The public log's signing key; name NULL: it is not signed. */
	struct secret_place signing;
	struct monitor monitor;
};

/*
 * Reads the configuration and everything it names but plans and acts.
 * Paths in the file are relative to the file.  *office is NULL only if the
 * file itself cannot be used; mistakes are in diags.  Those of a department's
 * file stop it alone, and it stays known by the file's name; all others stop
 * everybody.
 */
const struct error *office_read(struct arena *arena, const char *path,
    struct diags *diags, struct office **office);
const struct department *
office_department(const struct office *office, const char *id);
const struct topic *office_topic(const struct office *office, const char *id);
const struct parameter *
policy_parameter(const struct parameters *parameters, const char *key);
const char *policy_source(const struct parameters *parameters, const char *id);

/*
 * Whether a series may be spoken of at all: its class is public (D2) and its
 * survey scheme does not forbid publication (E3).  Without an office, a series
 * with a scheme may not.
 */
struct scheme;
struct series;
bool office_opens(const struct office *office, const struct series *series);
bool scheme_is_unspecified(const struct scheme *scheme);

#endif
