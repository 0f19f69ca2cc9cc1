/*
 * Failures.  Every call that can fail returns const struct error *; NULL is
 * success.  An error says what could not be done, in words for a user, and
 * is chained to its cause.  Its kind decides the exit status.  main prints
 * it once.  Mistakes in what a person wrote are not errors but diagnostics
 * (diag.h).
 */
#ifndef YUGAO_ERROR_H
#define YUGAO_ERROR_H

#include <yugao/message.h>

struct arena;

/* The values are exit statuses; error_worst() knows their order. */
enum error_kind {
	ERROR_NONE = 0,
	ERROR_FAILED = 1,  /* disk, database, network, memory */
	ERROR_INPUT = 2,   /* wrong input, wrong option */
	ERROR_BLOCKED = 3, /* the policy blocks something */
	ERROR_CHANGES = 4, /* diff --exit-code found changes */
	ERROR_QUEUED = 5,  /* deliveries still queued */
	ERROR_BUSY = 6     /* another run is working */
};

struct error {
	enum error_kind kind;
	struct message message;
	const struct error *cause; /* or NULL */
};

/* ERROR_NEW(arena, ERROR_FAILED, cause, "store.open", path) */
#define ERROR_NEW(arena, kind, cause, ...) \
	error_new((arena), (kind), (cause), MESSAGE((arena), __VA_ARGS__))

const struct error *error_new(struct arena *arena, enum error_kind kind,
    const struct error *cause, struct message message);

/* Now is errno: "file.open" with the path becomes "…: No such file". */
const struct error *
error_errno(struct arena *arena, const char *id, const char *path);

/* The same error in another arena, which outlives its maker's; NULL is NULL. */
const struct error *error_copy(struct arena *arena, const struct error *error);

/* "cannot publish: cannot write x: No space left", without a newline. */
const char *
error_text(struct arena *arena, enum lang lang, const struct error *error);

/* The one to exit with, in the order 1, 2, 5, 3, 4, 6, 0. */
enum error_kind error_worst(enum error_kind a, enum error_kind b);

#endif
