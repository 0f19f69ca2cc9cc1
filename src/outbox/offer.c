#include "offer.h"

#include <string.h>

#include <yugao/arena.h>
#include <yugao/artifact.h>
#include <yugao/error.h>
#include <yugao/file.h>
#include <yugao/ledger.h>

#include "bundle_order.h"
#include "digest_text.h"

/* An entry after another, each with an arena of its own. */
struct each {
	const struct offering *offering;
	const struct class *class;
	const struct sink *sink;
	struct arena *scratch;
	struct digest_text *text;   /* TAKES_DIGEST */
	struct bundle_order *order; /* TAKES_BUNDLE */
};

bool
takes_news(enum takes takes)
{
	return takes == TAKES_CHANGES || takes == TAKES_DIGEST;
}

bool
takes_sets(enum takes takes)
{
	return takes == TAKES_FILES || takes == TAKES_EVENTS;
}

bool
takes_spooled(enum takes takes)
{
	return takes != TAKES_FILES;
}

static const struct error *
offer_files(const struct offering *offering, const struct class *class,
    const struct sink *sink)
{
	const struct error *error = NULL;
	struct arena *scratch = arena_new();
	size_t i;

	for (i = 0; error == NULL && i < offering->files->n; i++) {
		const struct tree_file *file = &offering->files->v[i];
		const struct offered offered = { .path = file->path,
			.digest = file->digest,
			.size = file->size,
			.at = file->mtime };

		arena_reset(scratch);
		if (selection_has_file(scratch, class->portal, file->path))
			error = sink->take(sink->context, &offered);
	}
	error = error_copy(offering->arena, error);
	arena_free(scratch);
	return error;
}

static const struct error *
give(const struct each *each, const char *path, const struct entry *entry,
    const struct buf *body)
{
	const struct offered offered = { .path = path,
		.digest = digest_of(body->data, body->len),
		.size = (int64_t)body->len,
		.at = entry->at,
		.entry = takes_sets(each->class->takes) ? 0 : entry->id,
		.body = body->data };

	return each->sink->take(each->sink->context, &offered);
}

static bool
is_selected(const struct each *each, const struct entry *entry)
{
	const char *release = entry->release;

	return portal_wants_department(each->class->portal,
	    arena_strndup(each->scratch, release, strcspn(release, "/")));
}

/* A collection's name; English ones cannot be some topic's. */
static const struct error *
give_event(const struct each *each, const char *collection, enum lang lang,
    const struct announcement *a, const struct entry *entry,
    const struct bytes *event)
{
	const char *path = arena_printf(each->scratch, "%s%s/%s.ics",
	    collection, lang == LANG_EN ? ".en" : "", a->uid);
	struct buf body;

	buf_init(&body, each->scratch);
	ical_object(&body, lang, event->data, event->len);
	return give(each, path, entry, &body);
}

static const struct error *
give_events(const struct each *each, enum lang lang,
    const struct announcement *a, const struct entry *entry)
{
	struct arena *arena = each->scratch;
	struct bytes event;
	const struct error *error =
	    tree_event(arena, each->offering->store, entry, lang, &event);
	size_t i;

	if (error != NULL)
		return error;
	if (each->class->portal->calendars == GROUPING_YEAR)
		return give_event(each,
		    arena_printf(arena, "%04d", day_year(a->when.start.day)),
		    lang, a, entry, &event);
	if (a->n_topics == 0)
		return give_event(each, "other", lang, a, entry, &event);
	for (i = 0; error == NULL && i < a->n_topics; i++)
		error = give_event(each, a->topics[i], lang, a, entry, &event);
	return error;
}

static const struct error *
each_event(void *context, const struct entry *entry)
{
	const struct each *each = context;
	const struct error *error;
	struct announcement a;
	int lang;

	arena_reset(each->scratch);
	if (!is_selected(each, entry))
		return NULL;
	error = announcement_read(each->scratch, entry->said, &a);
	for (lang = 0; error == NULL && lang < LANG_COUNT; lang++)
		if (portal_wants_language(each->class->portal, (enum lang)lang))
			error = give_events(each, (enum lang)lang, &a, entry);
	return error_copy(each->offering->arena, error);
}

static const struct error *
each_change(void *context, const struct entry *entry)
{
	const struct each *each = context;
	const struct error *error;
	struct announcement a;
	struct buf body;

	arena_reset(each->scratch);
	if (!is_selected(each, entry))
		return NULL;
	error = announcement_read(each->scratch, entry->said, &a);
	if (error == NULL) {
		buf_init(&body, each->scratch);
		message_write(&body, &a, entry, each->class->portal->languages);
		error = give(each, entry->release, entry, &body);
	}
	return error_copy(each->offering->arena, error);
}

static const struct error *
each_line(void *context, const struct entry *entry)
{
	const struct each *each = context;
	const struct error *error;
	struct announcement a;

	arena_reset(each->scratch);
	if (!is_selected(each, entry))
		return NULL;
	error = announcement_read(each->scratch, entry->said, &a);
	if (error == NULL)
		digest_text_add(each->text, &a, entry);
	return error_copy(each->offering->arena, error);
}

static const struct error *
each_carried(void *context, const struct entry *entry)
{
	const struct each *each = context;
	const struct error *error;
	struct announcement a;

	arena_reset(each->scratch);
	if (!is_selected(each, entry))
		return NULL;
	error = announcement_read(each->scratch, entry->said, &a);
	if (error == NULL)
		bundle_order_add(each->order, &a, entry);
	return error_copy(each->offering->arena, error);
}

static const struct error *
offer_bundle(struct each *each)
{
	const struct offering *offering = each->offering;
	struct arena *arena = arena_new();
	struct entry newest;
	const struct error *error;
	struct buf body;

	each->order = bundle_order_new(arena, offering, each->class);
	error = ledger_each_after(
	    arena, offering->store, each->class->after, each_carried, each);
	buf_init(&body, arena);
	if (error == NULL && bundle_order_end(each->order, &body, &newest))
		error = give(each, "bundle", &newest, &body);
	error = error_copy(offering->arena, error);
	arena_free(arena);
	return error;
}

static const struct error *
offer_digest(struct each *each)
{
	const struct offering *offering = each->offering;
	const struct portal *portal = each->class->portal;
	enum lang lang =
	    portal_wants_language(portal, LANG_ZH) ? LANG_ZH : LANG_EN;
	struct arena *arena = arena_new();
	struct entry newest;
	const struct error *error;
	struct buf body;

	each->text = digest_text_new(arena, offering->office, lang);
	error = ledger_each_after(
	    arena, offering->store, each->class->after, each_line, each);
	buf_init(&body, arena);
	if (error == NULL && digest_text_end(each->text, &body, &newest))
		error = give(each, "digest", &newest, &body);
	error = error_copy(offering->arena, error);
	arena_free(arena);
	return error;
}

static const struct error *
offer_spooled(struct each *each)
{
	const struct offering *offering = each->offering;

	switch (each->class->takes) {
	case TAKES_EVENTS:
		return ledger_each_latest(offering->arena, offering->store,
		    NULL, NULL, each_event, each);
	case TAKES_CHANGES:
		return ledger_each_after(offering->arena, offering->store,
		    each->class->after, each_change, each);
	case TAKES_DIGEST:
		return offer_digest(each);
	case TAKES_BUNDLE:
		return offer_bundle(each);
	case TAKES_FILES:
		break;
	}
	return NULL;
}

const struct error *
offer_class(const struct offering *offering, const struct class *class,
    const struct sink *sink)
{
	struct each each = {
		.offering = offering, .class = class, .sink = sink
	};
	const struct error *error;

	if (!takes_spooled(class->takes))
		return offer_files(offering, class, sink);
	each.scratch = arena_new();
	error = offer_spooled(&each);
	arena_free(each.scratch);
	return error;
}
