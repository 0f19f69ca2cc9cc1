#include "gate.h"

#include <stdlib.h>
#include <string.h>

#include <yugao/arena.h>
#include <yugao/error.h>
#include <yugao/file.h>

#include "gate_feed.h"
#include "scope.h"

/* The feeds of a folder, which lose a release for one reason only. */
enum feed_kind {
	FEED_YEARS,   /* its time left the years that the file holds */
	FEED_PART,    /* or it is no longer of that topic or district */
	FEED_ARCHIVE, /* it moved to another year */
	FEED_SERIES,
	FEED_RELEASE /* none */
};

/* A UID and the release that the ledger knows under it. */
struct known {
	const char *uid;
	const struct entry *entry;
};

struct archive {
	const char *path;
	struct gate_feed feed;
};

struct comparing {
	struct gate *gate;
	struct known *known; /* sorted; NULL until it is needed */
	size_t n_known;
	struct {
		struct archive *v;
		size_t n, cap;
	} archives;
	size_t gone; /* feeds that the configuration has taken away */
	const char *first_gone;
	const struct error *error;
};

static void
find(struct gate *gate, const struct gate_finding *finding)
{
	ARRAY_PUSH(gate->arena, &gate->found, *finding);
}

static struct message
copy(struct arena *arena, const struct message *message)
{
	const char **strings =
	    arena_alloc(arena, (message->n + 1) * sizeof(*strings));

	strings[0] = message->id;
	if (message->n > 0)
		memcpy(
		    strings + 1, message->args, message->n * sizeof(*strings));
	return message_new(arena, strings, message->n + 1);
}

void
gate_lint(struct gate *gate, const char *path, const struct finding *finding)
{
	find(gate, &(struct gate_finding){ .rule = GATE_LINT,
		       .path = arena_strdup(gate->arena, path),
		       .line = (int)finding->line,
		       .col = (int)finding->col,
		       .message = copy(gate->arena, &finding->message) });
}

static bool
begins(const char *path, const char *folder)
{
	return strncmp(path, folder, strlen(folder)) == 0;
}

/* "en/" or "", which is cut off the path. */
static const char *
language_of(const char **path)
{
	if (!begins(*path, "en/"))
		return "";
	*path += strlen("en/");
	return "en/";
}

static enum feed_kind
kind_of(const char *path)
{
	(void)language_of(&path);
	if (begins(path, "releases/"))
		return FEED_RELEASE;
	if (begins(path, "series/"))
		return FEED_SERIES;
	if (begins(path, "archive/"))
		return FEED_ARCHIVE;
	if (begins(path, "topics/") || begins(path, "districts/"))
		return FEED_PART;
	return FEED_YEARS;
}

static int
compare_known(const void *a, const void *b)
{
	return strcmp(
	    ((const struct known *)a)->uid, ((const struct known *)b)->uid);
}

static void
list_known(struct comparing *c)
{
	struct arena *arena = c->gate->arena;
	const struct view *view = c->gate->view;
	size_t i;

	c->known = arena_alloc(arena, (view->n + 1) * sizeof(*c->known));
	c->n_known = view->n;
	for (i = 0; i < view->n; i++) {
		char *uid = arena_printf(arena, "%s@%s", view->v[i].release,
		    c->gate->office->domain);
		char *s;

		for (s = uid; *s != '@'; s++)
			if (*s == '/')
				*s = '.';
		c->known[i] = (struct known){ uid, &view->v[i] };
	}
	if (view->n > 1)
		qsort(c->known, view->n, sizeof(*c->known), compare_known);
}

static const struct entry *
entry_of(struct comparing *c, const char *uid)
{
	const struct known key = { uid, NULL }, *known;

	if (c->known == NULL)
		list_known(c);
	if (c->n_known == 0)
		return NULL;
	known = bsearch(&key, c->known, c->n_known, sizeof(key), compare_known);
	return known == NULL ? NULL : known->entry;
}

/* Whether the staged archive of its year has it. */
static bool
is_archived(struct comparing *c, const char *served, const char *uid, int year)
{
	struct arena *arena = c->gate->arena;
	const char *path = arena_printf(
	    arena, "%sarchive/%04d/releases.ics", language_of(&served), year);
	struct archive archive = { .path = path };
	size_t i;

	for (i = 0; i < c->archives.n; i++)
		if (strcmp(c->archives.v[i].path, path) == 0)
			break;
	if (i == c->archives.n) {
		c->error = gate_feed_open(arena,
		    file_join(arena, c->gate->new_tree, path), &archive.feed);
		ARRAY_PUSH(arena, &c->archives, archive);
	}
	return gate_feed_find(&c->archives.v[i].feed, uid) != NULL;
}

/* Why an event is no longer in a file. */
enum leaving { LEAVING_BY_TIME, LEAVING_BY_CHOICE, LEAVING_LOST };

static enum leaving
why_gone(struct comparing *c, const char *path, const char *uid)
{
	int edition = c->gate->view->edition, year;
	const struct entry *entry = entry_of(c, uid);
	enum feed_kind kind = kind_of(path);

	if (entry == NULL || kind == FEED_RELEASE)
		return LEAVING_LOST;
	year = day_year(entry->when.start.day);
	if (kind == FEED_ARCHIVE)
		return scope_in_years(entry, edition) ||
			       is_archived(c, path, uid, year)
			   ? LEAVING_BY_CHOICE
			   : LEAVING_LOST;
	if (!scope_in_years(entry, edition))
		return year >= edition || is_archived(c, path, uid, year)
			   ? LEAVING_BY_TIME
			   : LEAVING_LOST;
	/* That the feed of all still has it is judged with that feed. */
	return kind == FEED_PART ? LEAVING_BY_CHOICE : LEAVING_LOST;
}

static void
judge_gone(struct comparing *c, const char *path, const struct gate_feed *old,
    const struct gate_event *event, size_t *left)
{
	enum leaving why = why_gone(c, path, event->uid);

	*left += why != LEAVING_BY_TIME;
	if (why == LEAVING_LOST)
		find(c->gate, &(struct gate_finding){ .rule = GATE_LOST,
				  .uid = event->uid,
				  .path = path,
				  .line = gate_feed_line(old, event->at) });
}

static void
judge_share(struct gate *gate, const char *path, const struct gate_feed *old,
    size_t left)
{
	size_t n;

	if (left == 0)
		return;
	n = gate_feed_count(old);
	if (left * 100 > n * (size_t)gate->office->shrink_percent)
		find(gate, &(struct gate_finding){ .rule = GATE_SHRUNK,
			       .path = path,
			       .was = (int64_t)n,
			       .will = (int64_t)(n - left) });
}

static void
judge_events(struct comparing *c, const char *path, const struct gate_feed *old,
    const struct gate_feed *new)
{
	size_t left = 0, i;

	for (i = 0; i < old->n; i++) {
		const struct gate_event *was = &old->v[i];
		const struct gate_event *will = gate_feed_find(new, was->uid);

		if (will == NULL)
			judge_gone(c, path, old, was, &left);
		else if (will->sequence < was->sequence)
			find(c->gate,
			    &(struct gate_finding){ .rule = GATE_SEQUENCE,
				.uid = was->uid,
				.path = path,
				.line = gate_feed_line(old, was->at),
				.was = was->sequence,
				.will = will->sequence });
	}
	judge_share(c->gate, path, old, left);
}

/* Files of single series and releases go with the pages. */
static bool
is_configured_away(const struct gate *gate, const char *path)
{
	enum feed_kind kind = kind_of(path);

	return !gate->office->site &&
	       (kind == FEED_SERIES || kind == FEED_RELEASE);
}

static const struct error *
compare_feed(struct comparing *c, const char *path, bool stays)
{
	struct gate *gate = c->gate;
	struct gate_feed old, new;
	const struct error *error;

	if (!stays && is_configured_away(gate, path)) {
		if (c->gone++ == 0)
			c->first_gone = path;
		return NULL;
	}
	error = gate_feeds_open(gate->arena,
	    file_join(gate->arena, gate->old_tree, path),
	    stays ? file_join(gate->arena, gate->new_tree, path) : NULL, &old,
	    &new);
	if (error == NULL)
		judge_events(c, path, &old, &new);
	gate_feed_close(&old);
	gate_feed_close(&new);
	return error != NULL ? error : c->error;
}

static bool
is_calendar(const char *path)
{
	size_t len = strlen(path);

	return len > 4 && strcmp(path + len - 4, ".ics") == 0;
}

const struct error *
gate_compare(struct gate *gate)
{
	struct comparing c = { .gate = gate };
	const struct error *error = NULL;
	size_t i;

	for (i = 0; i < gate->old->n && error == NULL; i++) {
		const char *path = gate->old->v[i].file.path;
		const struct row *row;

		if (!is_calendar(path))
			continue;
		row = manifest_find(gate->new, path);
		if (row == NULL || !row->linked)
			error = compare_feed(&c, path, row != NULL);
	}
	if (c.gone > 0)
		find(gate, &(struct gate_finding){ .rule = GATE_GONE,
			       .path = c.first_gone,
			       .was = (int64_t)c.gone });
	for (i = 0; i < c.archives.n; i++)
		gate_feed_close(&c.archives.v[i].feed);
	return error;
}
