/*
 * JSON as a person wrote it: read whole with limits, walked by tables of
 * fields, every mistake told at its place and none hiding the next.
 */
#ifndef PLAN_JSON_H
#define PLAN_JSON_H

#include <stdbool.h>
#include <stddef.h>

#include <jansson.h>

#include <yugao/arena.h>
#include <yugao/day.h>
#include <yugao/diag.h>
#include <yugao/error.h>
#include <yugao/file.h>

#include "places.h"

#define PLAN_SIZE_MOST ((size_t)16 * 1024 * 1024)
#define FILE_SIZE_MOST ((size_t)1024 * 1024)
#define JSON_DEPTH_MOST 16
#define STRING_MOST 2000 /* characters */
#define ID_MOST 64
#define STRINGS_MOST 1000 /* in one list */

/* One file being read. */
struct reader {
	struct arena *arena;
	struct diags *diags;
	struct locator *locator;
	size_t errors; /* of diags before this file */
	size_t complaints;
	bool closed; /* inside what is not public: quote none of it */
	int year;    /* of the plan; 0 outside of plans */
};

/* A value and the way to it; lives on the stack of who walks down. */
struct node {
	struct reader *reader;
	const struct node *up; /* NULL at the root */
	const char *key;       /* NULL in an array */
	size_t index;
	json_t *value;
};

struct reader reader_of(struct arena *arena, const char *name,
    struct bytes text, struct diags *diags);
/*
 * Reads a file.  One that is too large is a diagnostic, and its text is
 * {NULL, 0} then.
 */
const struct error *reader_open(struct arena *arena, const char *path,
    size_t limit, struct diags *diags, struct reader *reader);
/*
 * The tree, or NULL if the text is no JSON that we take; duplicate keys are
 * complained about and the last one taken.  json_decref() it.
 */
json_t *reader_parse(struct reader *reader);
bool reader_has_errors(const struct reader *reader);
/* So many mistakes that no more are told: reading on is in vain. */
bool reader_is_full(const struct reader *reader);

struct node node_root(struct reader *reader, json_t *value);
struct node node_member(const struct node *up, const char *key, json_t *value);
struct node node_item(const struct node *up, size_t index);
/* The member of that name; .value is NULL if it is missing. */
struct node node_get(const struct node *up, const char *key);
/* The JSON Pointer (RFC 6901) of the value. */
const char *node_pointer(const struct node *node);
struct place node_place(const struct node *node);

/* COMPLAIN(node, "plan.want_string"): an error at the value. */
#define COMPLAIN(node, ...)                      \
	node_complain((node), DIAG_ERROR, false, \
	    MESSAGE((node)->reader->arena, __VA_ARGS__))
/* The same at the key of the value. */
#define COMPLAIN_KEY(node, ...)                 \
	node_complain((node), DIAG_ERROR, true, \
	    MESSAGE((node)->reader->arena, __VA_ARGS__))
void node_complain(const struct node *node, enum diag_level level, bool at_key,
    struct message message);
/* The same at a place that is known already. */
void reader_complain(struct reader *reader, enum diag_level level,
    struct place place, struct message message);
/* A word of the file as a message's argument, hidden where it is closed. */
const char *quoted(const struct node *node, const char *string);

/*
 * How one member is read: the function complains about a bad value and then
 * leaves *to as it was.
 */
struct field {
	const char *name;
	void (*read)(const struct node *node, void *to, const void *how);
	size_t offset;   /* of *to in the object */
	const void *how; /* what read() makes of it */
	bool required;
};
/*
 * Reads an object by its table into *to; complains about members that are
 * unknown or missing.
 */
void node_fields(
    const struct node *node, const struct field *fields, size_t n, void *to);
/* Complains and returns false if it is not an object, an array. */
bool node_is_object(const struct node *node);
bool node_is_array(const struct node *node);

/* A list of objects, each of that size and read by that function. */
struct list {
	void *v;
	size_t n;
};
struct items {
	size_t size;
	void (*read)(const struct node *node, void *to, const void *how);
	const void *how;
	size_t least;
	/* Free the tree of each item as soon as it is read, so that it and
	 * what is made of it do not stand in memory together. */
	bool forget;
};
void read_items(const struct node *, void *list, const void *items);

/* A word and what it means. */
struct word {
	const char *name;
	int value;
};
struct words {
	const struct word *v;
	size_t n;
};
#define WORDS(table) (&(const struct words){ (table), COUNT(table) })
struct range {
	int least, most;
};
struct strings {
	const char *const *v;
	size_t n;
};

/* A string that is fit to stand anywhere, or NULL after complaining. */
const char *node_string(const struct node *node, bool one_line);
/* Complains and returns false if it is none of the words. */
bool node_word(const struct node *node, const struct words *words, int *value);
bool node_int(const struct node *node, int least, int most, int *value);

/* Functions for tables: what *to is and what how says stands in brackets. */
void read_nothing(const struct node *, void *, const void *);
/* A string that is only for people who read the file. */
void read_comment(const struct node *, void *, const void *);
/* bool: set.  What a draft leaves to be decided: a text, and a warning until
 * it is gone. */
void read_review(const struct node *, void *, const void *);
void read_string(const struct node *, void *, const void *); /* const char * */
void read_id(const struct node *, void *, const void *);     /* const char * */
void read_url(const struct node *, void *, const void *);    /* const char * */
void read_title(const struct node *, void *, const void *);  /* struct text */
void read_text(const struct node *, void *, const void *);   /* struct text */
void read_int(const struct node *, void *, const void *);    /* int [range] */
void read_bool(const struct node *, void *, const void *);   /* bool */
void read_word(const struct node *, void *, const void *);   /* int [words] */
void read_choice(
    const struct node *, void *, const void *); /* const char * [words] */
void read_minute(const struct node *, void *, const void *); /* int */
void read_day(const struct node *, void *, const void *);    /* struct day */
void
read_day_string(const struct node *, void *, const void *); /* const char * */
void
read_zone_name(const struct node *, void *, const void *); /* const char * */
/* struct strings; each read by how, or by read_string if it is NULL. */
void read_strings(const struct node *, void *, const void *);

bool is_id(const char *string);
/* ASCII letters, digits, dots, hyphens and underlines. */
bool is_name(const char *string);
/* Complains about the day, month or time in it that cannot be. */
bool node_day(const struct node *node, const char *string, struct day *day);
bool node_minute(const struct node *node, const char *string, int *minute);

#endif
