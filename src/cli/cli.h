/*
 * What every command shares: the options, and the session that holds what
 * has been read.
 */
#ifndef CLI_H
#define CLI_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>

#include <yugao/announce.h>
#include <yugao/calendar.h>
#include <yugao/deadline.h>
#include <yugao/error.h>
#include <yugao/notice.h>
#include <yugao/office.h>
#include <yugao/report.h>
#include <yugao/store.h>
#include <yugao/supervision.h>
#include <yugao/tree.h>

#define STATE_DATABASE "yugao.db"
#define STATE_LOCK "lock"
#define STATE_PUBLIC "public"
#define STATE_TREES "trees"
#define STATE_PRIVATE "private"
#define STATE_WORK STATE_PRIVATE "/work"

/* An option that may be given again. */
#define WORDS_MOST 32
struct words {
	const char *v[WORDS_MOST];
	size_t n;
};

struct options {
	const char *config;
	const char *save;                      /* diff, calendar, draft */
	const char *import;                    /* calendar --import */
	const char *compare;                   /* lint */
	struct words calendars, closed, plans; /* diff: what is supposed */
	const char *portal;                    /* push, status */
	const char *hold, *release, *retry;    /* push */
	bool portals, repair;                  /* check, verify */
	const char *annotate;                  /* check */
	const char *template;                  /* draft */
	const char *as_of;                     /* log, calendar */
	const char *as;                        /* report */
	const char *checkpoint;                /* verify */
	const char *acknowledge;               /* push: a bundle */
	const char *overrule;                  /* publish */
	const char *year, *department;         /* draft, report */
	const char *quarter;                   /* report */
	const char *now;
	const char *time_limit; /* push, run */
	const char *log;        /* none, json, logfmt; NULL: as configured */
	const char *lang;
	enum color_when color;
	bool json, quiet, verbose, yes, exit_code, view, help, version;
	char **args; /* after the command */
	int n_args;
};

struct session {
	struct arena *arena;
	const struct options *options;
	struct report report;
	struct diags diags;
	struct diags diags_of_office; /* before plans and acts were read */
	struct instant now;
	bool attended; /* a person looks at what is found before it is said */
	/* With --now, calendars are as they were known then; else NULL. */
	const struct day *known_on;
	struct office *office;
	struct calendars *calendars;
	struct plans plans;
	struct acts acts;
	struct slots slots;
	struct store *store; /* or NULL */
	struct view view;
	struct outcomes outcomes; /* after session_inputs */
	struct changes changes;
	int lock; /* fd, or -1 */
	/* What monitor_end() tells. */
	int64_t began_ms;
	const struct outbox_run *push; /* or NULL */
	struct deadlines deadlines;
	bool deadlines_known;
};

struct command {
	const char *name;
	const struct error *(*run)(struct session *session);
	int min_args, max_args;
};

const struct error *command_calendar(struct session *session);
const struct error *command_check(struct session *session);
const struct error *command_diff(struct session *session);
const struct error *command_draft(struct session *session);
/* draft --template: an empty sheet for the year after this one. */
const struct error *draft_template(struct session *session);
/* draft acts: the acts that must be written now. */
const struct error *draft_acts(struct session *session);
const struct error *command_explain(struct session *session);
const struct error *command_help(struct session *session);
const struct error *command_lint(struct session *session);
const struct error *command_log(struct session *session);
const struct error *command_publish(struct session *session);
const struct error *command_push(struct session *session);
/* chain.c: I1. */
const struct error *chain_is_whole(struct session *session, bool *whole);
/* An error if they are not. */
const struct error *chain_demand(struct session *session);
const struct error *command_report(struct session *session);
/* How --as and -o want a report shown. */
struct showing session_showing(const struct session *session);
/* report compliance, report digest: supervise.c. */
const struct error *report_on_compliance(struct session *session);
const struct error *report_on_year(struct session *session);
/* report missing, report work, and the private feeds: work.c. */
const struct error *report_on_missing(struct session *session);
const struct error *report_on_work(struct session *session);
const struct error *work_feeds(struct session *session);
/* A line a department, where there are many. */
const struct error *status_city(struct session *session);
const struct error *command_run(struct session *session);
const struct error *command_status(struct session *session);
const struct error *command_verify(struct session *session);
/* verify --portals: what every portal really has. */
const struct error *verify_portals(struct session *session);
/* check --portals: what works at each portal, and on this machine. */
const struct error *check_portals(struct session *session);
const struct error *command_watch(struct session *session);
/* Looks at what is due, after session_view; reads the inputs again. */
struct watching;
const struct error *
session_watch(struct session *session, struct watching *watching);

const struct command *command_find(const char *name);
/* The error that names the nearest command. */
const struct error *command_unknown(struct arena *arena, const char *name);
const struct command *commands(size_t *n);

/* Reads the options; a mistake has been told and ERROR_INPUT comes back. */
const struct error *options_read(struct arena *arena, int argc, char **argv,
    struct options *options, const char **command);
/* The machine's clock, read once; --now replaces it. */
const struct error *clock_read(struct session *session);
struct instant clock_now(void *context);

/* Configuration; mistakes in it are in session->diags. */
const struct error *session_office(struct session *session);
/* Plans, acts and every slot of them. */
const struct error *session_inputs(struct session *session);
/* What became of releases; those that were seen to be out are acts too. */
const struct error *session_outcomes(struct session *session);
/* The database for reading, if there is one and it is not open yet. */
const struct error *session_store(struct session *session);
/* Checks these plans, and every slot of them; sorted. */
const struct error *session_expand(
    struct session *session, const struct plans *plans, struct slots *slots);
/* The ledger's view; an empty one if nothing was ever published. */
const struct error *session_view(struct session *session);
/* What the changes are found from. */
struct announce_input session_announce(const struct session *session);
/* What publish would say. */
const struct error *session_changes(struct session *session);
/* Takes the run lock and opens the database for writing. */
const struct error *session_write(struct session *session);
void session_close(struct session *session);
const char *session_path(const struct session *session, const char *name);

/* What the options suppose, or this notice in the calendar of that name: what
 * it would do to what was said.  After session_inputs and session_view. */
bool is_supposing(const struct options *options);
const struct error *suppose(struct session *session, const char *name,
    const struct notice *notice, struct report_suppose *suppose);
const struct error *suppose_diff(struct session *session);

/* A file named on the command line that is not there is wrong input. */
const struct error *file_named(struct arena *arena, const char *path);

/* The saved form of a diff: exactly what was reviewed. */
/* What a person wrote is never replaced: an error if the file is there. */
const struct error *file_is_new(struct session *session, const char *path);

const struct error *review_save(struct session *session, const char *path);
const struct error *review_match(struct session *session, const char *path);

/* What a run leaves in the internal record; inside the transaction. */
const struct error *record_run(struct session *session);
const struct error *
record_acts(struct session *session, const struct acts *acts);
/* Copies that acts tell of; and those that portals take, after deliveries. */
const struct error *
record_copies(struct session *session, const struct acts *acts);
struct transport;
const struct error *send_copies(struct session *session,
    struct transport *transport, const volatile sig_atomic_t *stop);
/* The acts that are not in it yet. */
const struct error *unseen_acts(struct session *session, struct acts *unseen);
struct standings;
const struct error *
record_standings(struct session *session, const struct standings *standings);
/* The office and the departments that stand otherwise than is on record. */
const struct error *
unseen_standings(struct session *session, struct standings *unseen);
const char *verdicts_json(struct arena *arena, const struct verdicts *verdicts);

/*
 * stop.c: --time-limit, from now on, if it was given; SIGTERM and SIGINT stop
 * a delivery instead of the program; and what the drain looks at.
 */
const struct error *stop_at_limit(struct session *session);
void stop_on_signals(void);
const volatile sig_atomic_t *stop_wanted(void);

/* Ledger, tree and outbox in one transaction, then the switch. */
const struct error *
publish_changes(struct session *session, struct tree_files *files);
/* monitor.c: how it went, for other programs: metrics, log, ping.  Of no
 * command but publish, push and run. */
void monitor_end(struct session *session, const char *command, int status);
/* Each attempt as a line of the log; NULL: there is none. */
void (*monitor_attempts(const struct session *session))(
    void *context, const struct attempt *attempt);
/* Machine time that never goes back. */
int64_t ticks_ms(void *context);

const struct error *push_deliveries(struct session *session,
    struct outbox_run *run, struct outbox_status *status);

#endif
