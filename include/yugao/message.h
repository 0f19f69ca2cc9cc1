/*
 * Words that a person reads.  Code names a sentence by its id and gives the
 * arguments; the catalogue (config/messages/zh-<module>.json, en-<module>.json;
 * compiled in) holds the sentence in each language with {0}, {1}, … for the
 * arguments.
 * The language is chosen only where something is printed.
 */
#ifndef YUGAO_MESSAGE_H
#define YUGAO_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

enum lang { LANG_ZH, LANG_EN };
#define LANG_COUNT 2

/* What somebody else wrote in two languages; either may be NULL. */
struct text {
	const char *zh, *en;
};

/* A sentence in no language yet. */
struct message {
	const char *id;
	const char *const *args;
	size_t n;
};

/*
 * MESSAGE(arena, "plan.unknown_key", key, nearest): arguments are strings,
 * copied into the arena.  An argument that starts with '@' and names a
 * catalogue id is itself translated ("@calendar.projected").
 */
#define MESSAGE(arena, ...)                                        \
	message_new((arena), (const char *const[]){ __VA_ARGS__ }, \
	    sizeof((const char *const[]){ __VA_ARGS__ }) /         \
		sizeof(const char *))

/* strings[0] is the id, the others are its arguments; NULL reads as "". */
struct message
message_new(struct arena *arena, const char *const *strings, size_t n);

/* The sentence; an id without an entry comes back as the id itself. */
const char *message_text(
    struct arena *arena, enum lang lang, const struct message *message);
/* The same in one step, for words printed at once. */
#define SAY(arena, lang, ...)                                       \
	message_text((arena), (lang),                               \
	    &(const struct message){ .id = NULL,                    \
		.args = (const char *const[]){ __VA_ARGS__ },       \
		.n = sizeof((const char *const[]){ __VA_ARGS__ }) / \
		     sizeof(const char *) })

bool message_exists(const char *id);
/* "zh" and "en"; also "zh_CN.UTF-8" and the like.  False if neither. */
bool lang_parse(const char *name, enum lang *lang);
const char *lang_name(enum lang lang);

/* The text in this language, else the other one, else "". */
const char *text_in(const struct text *text, enum lang lang);

/* The candidate nearest to a mistyped word, or NULL if none is near. */
const char *
nearest_word(const char *word, const char *const *candidates, size_t n);

#endif
