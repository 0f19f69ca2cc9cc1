#include <yugao/message.h>

#include <stdlib.h>
#include <string.h>

#include <yugao/arena.h>
#include <yugao/buf.h>

#include "catalogue.h"

/* A word longer than this is not a mistyped one. */
#define WORD_MOST 64

struct message
message_new(struct arena *arena, const char *const *strings, size_t n)
{
	struct message message = { .n = n - 1 };
	const char **args;
	size_t i;

	message.id = arena_strdup(arena, strings[0]);
	if (message.n == 0)
		return message;
	args = arena_alloc(arena, message.n * sizeof(*args));
	for (i = 0; i < message.n; i++)
		args[i] = strings[i + 1] == NULL
			      ? ""
			      : arena_strdup(arena, strings[i + 1]);
	message.args = args;
	return message;
}

static int
compare_id(const void *id, const void *row)
{
	return strcmp(id, ((const struct catalogue_row *)row)->id);
}

static const struct catalogue_row *
find_row(const char *id)
{
	return bsearch(
	    id, catalogue, COUNT(catalogue), sizeof(catalogue[0]), compare_id);
}

/* The sentence with its {0}, or NULL without an entry. */
static const char *
find_sentence(enum lang lang, const char *id)
{
	const struct catalogue_row *row = find_row(id);

	if (row == NULL)
		return NULL;
	return row->text[lang] != NULL ? row->text[lang] : row->text[!lang];
}

static void
add_argument(struct buf *buf, enum lang lang, const char *arg)
{
	const char *word = NULL;

	if (arg == NULL)
		return;
	if (arg[0] == '@')
		word = find_sentence(lang, arg + 1);
	if (word != NULL)
		buf_puts(buf, word);
	else
		buf_visible(buf, arg);
}

const char *
message_text(struct arena *arena, enum lang lang, const struct message *message)
{
	const char *const *args = message->args;
	const char *id = message->id, *s;
	size_t n = message->n;
	struct buf buf;

	if (id == NULL) {
		id = *args++;
		n--;
	}
	if ((s = find_sentence(lang, id)) == NULL)
		return arena_strdup(arena, id);
	buf_init(&buf, arena);
	while (*s != '\0') {
		size_t plain = strcspn(s, "{");
		char *end;
		unsigned long i;

		buf_add(&buf, s, plain);
		s += plain;
		if (*s == '\0')
			break;
		i = strtoul(s + 1, &end, 10);
		if (s[1] < '0' || s[1] > '9' || *end != '}' || i >= n) {
			buf_putc(&buf, *s++);
			continue;
		}
		add_argument(&buf, lang, args[i]);
		s = end + 1;
	}
	return buf.data;
}

bool
message_exists(const char *id)
{
	return find_row(id) != NULL;
}

bool
lang_parse(const char *name, enum lang *lang)
{
	if (name == NULL || strlen(name) < 2 ||
	    strchr("_-.@", name[2]) == NULL) /* '\0' is found too */
		return false;
	if (strncmp(name, "zh", 2) == 0)
		*lang = LANG_ZH;
	else if (strncmp(name, "en", 2) == 0)
		*lang = LANG_EN;
	else
		return false;
	return true;
}

const char *
lang_name(enum lang lang)
{
	return lang == LANG_ZH ? "zh" : "en";
}

const char *
text_in(const struct text *text, enum lang lang)
{
	const char *first = lang == LANG_ZH ? text->zh : text->en;
	const char *other = lang == LANG_ZH ? text->en : text->zh;

	return first != NULL ? first : other != NULL ? other : "";
}

static size_t
least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/*
 * Insertions, deletions, replacements and swaps of neighbours that lead from
 * one word to the other (optimal string alignment).
 */
static size_t
distance(const char *a, size_t a_len, const char *b, size_t b_len)
{
	size_t rows[3][WORD_MOST + 1];
	size_t *before = rows[0], *last = rows[1], *row = rows[2];
	size_t i, j;

	for (j = 0; j <= b_len; j++)
		row[j] = j;
	for (i = 1; i <= a_len; i++) {
		size_t *spare = before;

		before = last;
		last = row;
		row = spare;
		row[0] = i;
		for (j = 1; j <= b_len; j++) {
			size_t differ = a[i - 1] != b[j - 1];

			row[j] = least(least(last[j], row[j - 1]) + 1,
			    last[j - 1] + differ);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
			    a[i - 2] == b[j - 1])
				row[j] = least(row[j], before[j - 2] + 1);
		}
	}
	return row[b_len];
}

const char *
nearest_word(const char *word, const char *const *candidates, size_t n)
{
	size_t len = strlen(word), i;
	size_t near = len / 3 > 1 ? len / 3 : 1;
	const char *found = NULL;

	if (len > WORD_MOST)
		return NULL;
	for (i = 0; i < n; i++) {
		size_t candidate_len, d;

		if (candidates[i] == NULL ||
		    (candidate_len = strlen(candidates[i])) > WORD_MOST)
			continue;
		d = distance(word, len, candidates[i], candidate_len);
		if (d > near || (found != NULL && d == near))
			continue;
		found = candidates[i];
		near = d;
	}
	return found;
}
