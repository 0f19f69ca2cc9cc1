/*
 * A byte-level iCalendar lint for any feed, ours or a stranger's.  It never
 * uses libical, reads as a stream and keeps only UIDs, and a row an event
 * where two editions are compared.  Rules are rows of {id, severity, RFC
 * section}; manuals are made from them.
 */
#ifndef YUGAO_LINT_H
#define YUGAO_LINT_H

#include <stddef.h>

#include <yugao/day.h>
#include <yugao/message.h>

struct arena;
struct lint;

enum lint_severity { LINT_ERROR, LINT_WARNING, LINT_HINT };

struct lint_rule {
	const char *id; /* "fold-crcrlf" */
	enum lint_severity severity;
	const char *section; /* "RFC 5545 3.1" */
	const char *clients; /* catalogue id: who suffers */
};

struct finding {
	const struct lint_rule *rule;
	size_t line, col;         /* physical line and octet, from 1 */
	size_t old_line, old_col; /* in the old edition; 0 if it has no part */
	struct message message;
};

struct findings {
	struct finding *v;
	size_t n, cap;
	/* All of them, also those past a limit: by severity, by rule. */
	size_t count[3];
	const size_t *of_rule; /* beside lint_rules() */
};

/* Findings kept in all, and of one rule so that none hides the others. */
#define LINT_LIMIT 1000
#define LINT_RULE_LIMIT 25

const struct lint_rule *lint_rules(size_t *n);

struct lint *lint_new(struct arena *arena);
/*
 * Before anything is added: this is an old edition to compare with; and this
 * is the new one of an old one that has ended, whose memory must live on.
 * What began before `now` may have left a feed that begins later.
 */
void lint_keep(struct lint *lint);
void
lint_against(struct lint *lint, const struct lint *old, struct instant now);
/* What the server said of it; NULL if it named no type. */
void lint_http(struct lint *lint, const char *content_type, bool has_validator);
void lint_add(struct lint *lint, const char *data, size_t len);
/* Ends the input; the findings in order of place. */
void lint_end(struct lint *lint, struct findings *findings);
/* The three above in one. */
void lint_bytes(struct arena *arena, const char *data, size_t len,
    struct findings *findings);

#endif
