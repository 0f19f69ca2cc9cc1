/* What a copy says. */
#include "copying.h"

#include <string.h>

#include <yugao/arena.h>
#include <yugao/error.h>
#include <yugao/ledger.h>

static void
write_institution(struct buf *buf, const struct institution *institution)
{
	buf_puts(buf, ",\"institution\":{\"id\":");
	buf_json(buf, institution->id);
	buf_puts(buf, ",\"level\":");
	buf_json(buf, institution->level);
	buf_puts(buf, ",\"name\":");
	buf_json(buf, text_in(&institution->name, LANG_ZH));
	buf_putc(buf, '}');
}

static void
write_head(struct buf *buf, const struct owed *owed, const char *kind)
{
	buf_puts(buf, "{\"schema\":\"yugao-copy/1\",\"kind\":");
	buf_json(buf, kind);
	buf_puts(buf, ",\"subject\":");
	buf_json(buf, owed->subject);
	buf_puts(buf, ",\"department\":");
	buf_json(buf, owed->department->id);
	write_institution(buf, owed->department->institution);
}

static const struct error *
write_entry(struct arena *arena, struct store *store, struct buf *buf,
    const struct entry *entry)
{
	const char *said;
	const struct error *error = ledger_said(arena, store, entry->id, &said);
	char at[INSTANT_SIZE];

	if (error != NULL)
		return error;
	buf_printf(buf, "{\"entry\":%lld,\"change\":", (long long)entry->id);
	buf_json(buf, entry_kind_name(entry->kind));
	buf_puts(buf, ",\"at\":");
	buf_json(buf, instant_format(at, entry->at));
	buf_printf(buf, ",\"said\":%s}", said);
	return NULL;
}

/* The published file, as it was first read. */
static const struct sight *
published(const struct copy_run *copying, const char *release)
{
	size_t n, i;
	const struct sight *v =
	    sightings_of(copying->outcomes->sightings, release, &n);

	for (i = 0; i < n; i++)
		if (v[i].has_digest && (v[i].kind == SIGHT_RELEASED ||
					   v[i].kind == SIGHT_BASELINE))
			return &v[i];
	return NULL;
}

static const struct error *
write_release(struct arena *arena, struct store *store,
    const struct copy_run *copying, const struct owed *owed, struct buf *body,
    struct copy *copy)
{
	const struct sight *sight = published(copying, owed->subject);
	const struct error *error;
	char hex[DIGEST_HEX_SIZE];

	write_head(body, owed, "release");
	if (sight != NULL) {
		copy->has_published = true;
		copy->published = sight->digest;
		buf_puts(body, ",\"published\":{\"sha256\":");
		buf_json(body, digest_hex(hex, &sight->digest));
		buf_puts(body, ",\"url\":");
		buf_json(body, sight->url);
		buf_putc(body, '}');
	}
	buf_puts(body, ",\"link\":");
	buf_json(body, arena_printf(arena, "%sreleases/%s.html",
			   copying->office->url, owed->subject));
	buf_puts(body, ",\"release\":");
	error = write_entry(arena, store, body, owed->release);
	buf_puts(body, "}\n");
	return error;
}

static bool
is_of(const struct entry *entry, const struct owed *owed)
{
	const char *id = owed->department->id;
	size_t len = strlen(id);

	return strncmp(entry->release, id, len) == 0 &&
	       entry->release[len] == '/' &&
	       day_year(entry->first_day) == owed->year &&
	       entry->id > owed->after && entry->id <= owed->upto;
}

static const struct error *
write_plan(struct arena *arena, struct store *store,
    const struct copy_run *copying, const struct owed *owed, struct buf *body)
{
	const struct view *view = copying->view;
	const struct error *error = NULL;
	bool first = true;
	size_t i;

	write_head(body, owed, "plan");
	buf_printf(body, ",\"year\":%d,\"changes\":[", owed->year);
	for (i = 0; error == NULL && i < view->n; i++) {
		if (!is_of(&view->v[i], owed))
			continue;
		buf_puts(body, first ? "" : ",");
		first = false;
		error = write_entry(arena, store, body, &view->v[i]);
	}
	buf_puts(body, "]}\n");
	return error;
}

const struct error *
copy_write(struct arena *arena, struct store *store,
    const struct copy_run *copying, const struct owed *owed, struct buf *body,
    struct copy *copy)
{
	const struct error *error =
	    owed->year != 0
		? write_plan(arena, store, copying, owed, body)
		: write_release(arena, store, copying, owed, body, copy);

	copy->has_digest = true;
	copy->digest = digest_of(body->data, body->len);
	return error;
}
