/*
 * Tables that say how a struct stands as canonical JSON: one row a member,
 * sorted by key, for writing and reading alike.
 */
#ifndef LEDGER_MEMBER_H
#define LEDGER_MEMBER_H

#include <jansson.h>

#include <yugao/buf.h>
#include <yugao/message.h>

struct arena;
struct error;

enum {
	MEMBER_REQUIRED = 1,
	MEMBER_WANTED = 2, /* of what a diff compares */
	MEMBER_WORDS = 4,  /* of what a review looks at */
	MEMBER_CORE = 8    /* of what nobody changes in silence */
};

/*
 * A write function leaves an empty member out; a read function gets what is
 * there, and is false if that is none of its kind.
 */
struct member {
	const char *key;
	void (*write)(
	    struct buf *buf, const struct member *member, const void *object);
	bool (*read)(struct arena *arena, const struct member *member,
	    const json_t *value, void *object);
	size_t offset; /* of the field, for the kinds that many members have */
	unsigned parts;
};

/* The members of any of these parts; 0: all. */
void members_write(struct buf *buf, const struct member *members, size_t n,
    unsigned parts, const void *object);
/* Into an object that is all zero. */
const struct error *members_read(struct arena *arena, const char *json,
    const struct member *members, size_t n, void *object);

/* Fields of the type const char * and struct text. */
void
string_write(struct buf *buf, const struct member *member, const void *object);
bool string_read(struct arena *arena, const struct member *member,
    const json_t *value, void *object);
void
text_write(struct buf *buf, const struct member *member, const void *object);
bool text_read(struct arena *arena, const struct member *member,
    const json_t *value, void *object);

bool said_is_empty(const char *string);
const char *said_string(struct arena *arena, const json_t *value); /* or NULL */
/* {"en":"Prices","id":"prices","zh":"价格"}; without id where it is NULL. */
void said_text_write(struct buf *buf, const struct text *text, const char *id);
struct text said_text(struct arena *arena, const json_t *value);
/* A member that is an array of strings. */
void said_strings_write(
    struct buf *buf, const char *key, const char *const *strings, size_t n);
bool said_strings(struct arena *arena, const json_t *value,
    const char *const **strings, size_t *n);

#endif
