/*
 * What other programs are told of how a run went: a file of metrics that
 * Prometheus' node exporter reads, and one line for each thing that happened.
 * Neither holds a title, a secret, or anything about what is not public.
 */
#ifndef YUGAO_MONITOR_H
#define YUGAO_MONITOR_H

#include <yugao/deadline.h>
#include <yugao/ledger.h>
#include <yugao/office.h>
#include <yugao/outbox.h>

struct run_told {
	const char *command; /* "publish", "push", "run" */
	struct instant ended;
	int64_t ms; /* that it took */
	int status; /* its exit status */
	size_t announced;
	const struct outbox_run *push;      /* NULL: it did not push */
	const struct outbox_status *outbox; /* NULL: not known */
	const struct deadlines *deadlines;  /* or NULL */
	const struct view *view;            /* or NULL */
};

/* It did its work, whatever portals or the policy still hold back. */
bool run_worked(const struct run_told *told);

/*
 * The file's text, always in the same order.  What `before`, its old text,
 * says of the runs of other commands is kept; NULL: there was none.
 */
const char *metrics_text(
    struct arena *arena, const struct run_told *told, const char *before);

/* One line with its newline. */
const char *line_of_attempt(
    struct arena *arena, enum log_form form, const struct attempt *attempt);
const char *line_of_deadline(struct arena *arena, enum log_form form,
    struct instant now, const struct deadline *deadline);
const char *line_of_run(
    struct arena *arena, enum log_form form, const struct run_told *told);

#endif
