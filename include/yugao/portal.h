/*
 * A portal as its file config/portals/ID.json describes it (yugao.conf.5):
 * where it stands, how to log in, what it gets and how much it bears.
 */
#ifndef YUGAO_PORTAL_H
#define YUGAO_PORTAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <yugao/arena.h>
#include <yugao/diag.h>
#include <yugao/message.h>
#include <yugao/secret.h>

enum auth_kind { AUTH_NONE, AUTH_BEARER, AUTH_BASIC };
struct auth {
	enum auth_kind kind;
	const char *user; /* AUTH_BASIC */
	struct secret_place secret;
};

/* TLS is always verified; this says against what. */
struct tls {
	const char *ca;   /* a PEM file instead of the system's; or NULL */
	const char *pins; /* "sha256//…;sha256//…", any one fits; or NULL */
	/* PEM; both or neither has a name. */
	struct secret_place client_certificate, client_key;
};

/* Addresses that share their first bits; of IPv4 the first 4 bytes count. */
struct network {
	bool v6;
	uint8_t bytes[16];
	int bits;
};

/* A list out of everything; n = 0: no selection, so everything. */
struct selection {
	const char *const *v;
	size_t n;
};

/* Minutes of the office's day; from == to: none, from > to: over midnight. */
struct hours {
	int from, to;
};

/* What shows that a copy has come: the answer itself, a receipt that is asked
 * for, or an act. */
enum acknowledgement {
	ACKNOWLEDGE_ANSWER,
	ACKNOWLEDGE_RECEIPT,
	ACKNOWLEDGE_ACT
};

enum grouping { GROUPING_YEAR, GROUPING_TOPIC };
enum robot { ROBOT_WECOM, ROBOT_DINGTALK, ROBOT_FEISHU };

struct portal {
	const char *id;
	const char *kind; /* a row of the table in src/plan/portal.c */
	/*
	 * http-put, caldav: the base, ends in '/'.  webhook: as it is.
	 * directory: the folder.  bundle: the public base, or NULL.  robot:
	 * NULL, for the whole URL is a secret.
	 */
	const char *url;
	const char *path; /* directory, bundle: the folder; else NULL */
	bool required;
	struct place place;

	/* What it gets, and when. */
	struct selection feeds; /* paths of the tree, '*' for any characters */
	struct selection departments; /* ids */
	unsigned languages;           /* 1 << LANG_ZH …; 0 means every one */
	struct hours quiet;           /* not then, unless it is urgent */

	/* Loopback and private addresses may be used: all, or these. */
	bool allow_private;
	const struct network *networks;
	size_t n_networks;
	const char *proxy; /* "http://host:port", or NULL for none */
	struct auth auth;
	struct tls tls;

	int connections;     /* at once */
	int rate;            /* requests in 1,000 seconds; 0: no limit */
	int64_t body_most;   /* bytes of one file sent or one answer read */
	int timeout;         /* seconds for one request */
	int connect_timeout; /* seconds of these for name, TCP and TLS */

	/*
	 * Copies for the statistics institution of this id, and nothing else;
	 * or NULL.  Its receipts stand at an address that holds {sha256} or
	 * {subject}.
	 */
	const char *institution;
	enum acknowledgement acknowledge;
	const char *receipt; /* ACKNOWLEDGE_RECEIPT */

	bool move;               /* http-put: a temporary name, then MOVE */
	enum grouping calendars; /* caldav: one for each of what */
	struct secret_place signing[2];   /* webhook: the first is the newest */
	size_t n_signing;                 /* 1 or 2 during rotation */
	enum robot robot;                 /* robot */
	struct secret_place url_secret;   /* robot: the URL with its key */
	struct secret_place robot_secret; /* robot: signs; name NULL: not */
};

/* A private address of that family is allowed by portal->networks. */
bool
network_holds(const struct network *network, bool v6, const uint8_t *address);
/* Whether the portal gets this path of the tree, as `feeds` says. */
bool portal_wants_path(const struct portal *portal, const char *path);
bool portal_wants_department(const struct portal *portal, const char *id);
bool portal_wants_language(const struct portal *portal, enum lang lang);
/* Whether this minute of the office's day is one of its quiet hours. */
bool portal_is_quiet(const struct portal *portal, int minute);

#endif
