/*
 * Tells a person or a program what happened: every report is one function
 * that writes text in a language, or one JSON document with a versioned
 * schema ("yugao-diff/1").
 */
#ifndef YUGAO_REPORT_H
#define YUGAO_REPORT_H

#include <stdbool.h>
#include <stdio.h>

#include <yugao/announce.h>
#include <yugao/inspect.h>
#include <yugao/lint.h>
#include <yugao/log.h>
#include <yugao/outbox.h>
#include <yugao/suppose.h>
#include <yugao/terminal.h>

struct notice;
struct checkpoint;
struct store;

struct report {
	struct arena *arena;
	struct terminal terminal;
	enum lang lang;
	bool json;
	bool quiet, verbose;
	const struct office *office; /* or NULL */
	const struct zone *zone; /* the office's; NULL: opened when needed */
	enum color_when color;   /* of stderr */
};

/* Diagnostics go to stderr as text, or are part of the JSON document. */
void report_diags(const struct report *report, const struct diags *diags);

/* What was read, what is wanted, what was said. */
struct report_world {
	const struct office *office;
	const struct plans *plans;
	const struct slots *slots;
	const struct acts *acts;
	const struct view *view;
	struct store *store; /* for the history of what moved; or NULL */
	const struct outcomes *outcomes; /* or NULL */
	const struct diags *diags;
	struct instant now;
	bool chain_checked, chain_whole; /* I1: of the ledger */
};
/* Every verdict by department, worst first; all of them when verbose.
 * Returns the worst. */
enum outcome
report_check(const struct report *report, const struct report_world *world);
/* The rule matrix, with the values in force. */
void report_policy(const struct report *report);
/* A draft of the department's own regulation, in Chinese; department NULL:
 * with a blank in place of its name. */
void report_regulation(
    const struct report *report, const struct department *department);
/* What publish would say, and why. */
void report_diff(const struct report *report, const struct changes *changes,
    const struct diags *diags);
/* What a supposition would change; nothing of it is said. */
struct report_suppose {
	const struct diags *diags;
	const char *const *what; /* what is supposed, a sentence each */
	size_t n_what;
	const struct supposed_changes *changes; /* NULL: no plans were read */
	/* An import: the notice, and its calendar without it (or NULL) and
	 * with it; else NULL. */
	const struct notice *notice;
	const struct calendar *before, *after;
	const char *written; /* the file that was written, or NULL */
};
void report_suppose(
    const struct report *report, const struct report_suppose *suppose);
/* A year of a calendar; known_on is NULL for all that is known. */
void
report_calendar(const struct report *report, const struct calendar *calendar,
    int year, const struct day *known_on, const struct diags *diags);
/* What publish, push or run did; a part that is NULL was not done. */
struct watching;
struct report_done {
	const struct diags *diags;
	const struct changes *changes;
	const struct tree_files *files;
	const struct outbox_run *push;
	const struct outbox_status *outbox;
	const struct watching *watching;
};
void report_done(const struct report *report, const struct report_done *done);
/* Why this date, its verdicts, and all that was said of it, oldest first.
 * slot is NULL for a release that only the ledger knows; words is the digest
 * that a review of it names, or NULL. */
void report_explain(const struct report *report, const struct slot *slot,
    const struct verdicts *verdicts, const struct digest *words,
    const struct entry *history, size_t n);
/* Acts that are to be written, as the acts' files take them. */
void report_act_drafts(const struct report *report,
    const struct act_drafts *drafts, const struct diags *diags);
/* The ledger: one line or one JSON object an entry. */
void
report_log(const struct report *report, const struct entry *entries, size_t n);
/* Indexes of the next releases of a view, soonest first; those that are given
 * their `said` are told with their title. */
#define REPORT_NEXT 10
size_t report_next(const struct report *report, const struct view *view,
    struct instant now, size_t found[REPORT_NEXT]);
void report_status(const struct report *report, const struct view *view,
    const struct outbox_status *outbox, const struct attempt *attempts,
    size_t n_attempts, struct instant now);
/* What looking at results has found. */
void report_watch(const struct report *report, const struct watching *watching,
    const struct diags *diags);
/* What verify found in what it read. */
struct report_verified {
	const struct diags *diags;
	struct ledger_head head;
	int64_t records;
	size_t files;
	const struct checkpoint *published, *kept; /* or NULL */
};
void report_verified(
    const struct report *report, const struct report_verified *verified);
/* What verify --portals found; repair is NULL if nothing was sent again. */
void report_inspection(const struct report *report,
    const struct inspection *inspection, const struct outbox_run *repair,
    size_t items);
/* old is the name of the edition that it was compared with, or NULL. */
void report_lint(const struct report *report, const char *name, const char *old,
    const struct findings *findings);

/* "2026-03-09 09:30", "2026年4月", "April 2026", "不晚于2026-06-30" */
const char *
moment_words(struct arena *arena, enum lang lang, const struct moment *moment);
/* "A2 warn: 27 days < 28 [I: UK-3.1 …]" */
const char *verdict_words(struct arena *arena, enum lang lang,
    const struct parameters *policy, const struct verdict *verdict);

#endif
