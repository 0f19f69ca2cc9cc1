/*
 * The members of a plan's series, each with what writes its value.
 */
#ifndef DRAFT_WRITE_H
#define DRAFT_WRITE_H

#include <stddef.h>

#include <yugao/buf.h>
#include <yugao/draft.h>

/* Writes a value, or nothing if it is the default. */
struct member {
	const char *key;
	void (*write)(struct buf *buf, const struct draft_rule *rule);
};

struct members {
	const struct member *v;
	size_t n;
};

extern const struct members members_of_series;   /* what it is */
extern const struct members members_of_all;      /* may be shared */
extern const struct members members_of_rule;     /* when it comes */
extern const struct members members_of_estimate; /* the same of one */

/* Months from the period to its release, where a plan says none. */
int default_lag(enum frequency frequency);
void write_text(struct buf *buf, const struct text *text);
void write_string(struct buf *buf, const char *string);
void write_time(struct buf *buf, const struct draft_rule *rule);
void write_strings(struct buf *buf, const char *const *v, size_t n);

/* One member of an object on a line; nothing if it has no value. */
void
put_string(struct buf *buf, bool *first, const char *key, const char *value);
void put_text(
    struct buf *buf, bool *first, const char *key, const struct text *text);

/* Values of members, in statements.c. */
void write_scheme(struct buf *buf, const struct draft_rule *rule);
void write_overlap(struct buf *buf, const struct draft_rule *rule);
void write_census(struct buf *buf, const struct draft_rule *rule);
void write_sampled(struct buf *buf, const struct draft_rule *rule);
void write_disclosure_control(struct buf *buf, const struct draft_rule *rule);
void write_data_status(struct buf *buf, const struct draft_rule *rule);
void write_watch(struct buf *buf, const struct draft_rule *rule);
void write_formed(struct buf *buf, const struct draft_rule *rule);
void write_joint(struct buf *buf, const struct draft_rule *rule);
void write_revision(struct buf *buf, const struct draft_rule *rule);
void write_method_changes(struct buf *buf, const struct draft_rule *rule);
void write_withheld(struct buf *buf, const struct draft_rule *rule);

#endif
