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
#include <yugao/error.h>
#include <yugao/office.h>
#include <yugao/report.h>
#include <yugao/store.h>
#include <yugao/tree.h>

#define STATE_DATABASE "yugao.db"
#define STATE_LOCK "lock"
#define STATE_PUBLIC "public"

struct options {
	const char *config;
	const char *save;   /* diff --save */
	const char *portal; /* push, status */
	const char *as_of;  /* log */
	const char *now;
	const char *lang;
	enum color_when color;
	bool json, quiet, verbose, yes, exit_code, help, version;
	char **args; /* after the command */
	int n_args;
};

struct session {
	struct arena *arena;
	const struct options *options;
	struct report report;
	struct diags diags;
	struct instant now;
	struct office *office;
	struct calendars *calendars;
	struct plans plans;
	struct acts acts;
	struct slots slots;
	struct store *store; /* or NULL */
	struct view view;
	struct changes changes;
	int lock; /* fd, or -1 */
};

struct command {
	const char *name;
	const struct error *(*run)(struct session *session);
	int min_args, max_args;
};

const struct error *command_check(struct session *session);
const struct error *command_diff(struct session *session);
const struct error *command_explain(struct session *session);
const struct error *command_help(struct session *session);
const struct error *command_lint(struct session *session);
const struct error *command_log(struct session *session);
const struct error *command_publish(struct session *session);
const struct error *command_push(struct session *session);
const struct error *command_run(struct session *session);
const struct error *command_status(struct session *session);

const struct command *command_find(const char *name);
const struct command *commands(size_t *n);

/* Set by SIGTERM and SIGINT: finish what is in hand, then leave. */
extern volatile sig_atomic_t stop_requested;

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
/* The ledger's view; an empty one if nothing was ever published. */
const struct error *session_view(struct session *session);
/* What publish would say. */
const struct error *session_changes(struct session *session);
/* Takes the run lock and opens the database for writing. */
const struct error *session_write(struct session *session);
void session_close(struct session *session);
const char *session_path(const struct session *session, const char *name);

/* The saved form of a diff: exactly what was reviewed. */
const struct error *review_save(
    struct session *session, const char *path);
const struct error *review_match(
    struct session *session, const char *path);

/* Ledger, tree and outbox in one transaction, then the switch. */
const struct error *publish_changes(
    struct session *session, struct tree_files *files);
const struct error *push_deliveries(struct session *session,
    struct outbox_run *run, struct outbox_status *status);

#endif
