/* What was on record at an instant. */
#include <yugao/compliance.h>

#include <stdlib.h>
#include <string.h>

#include <yugao/arena.h>
#include <yugao/copy.h>
#include <yugao/error.h>
#include <yugao/record.h>
#include <yugao/watch.h>

struct entry_ids {
	int64_t *v; /* ascending */
	size_t n, cap;
};

struct gathering {
	struct arena *arena;
	struct arena *scratch; /* of one entry */
	struct compliance_facts *facts;
	struct view view;              /* confirmations until as_of alone */
	struct entry_ids short_notice; /* entries that did not pass B2 */
	struct release_facts *latest;
};

/* Verdicts are recorded without those that pass: named is not passed. */
static const struct error *
note_short(void *context, const struct record *record)
{
	struct gathering *gathering = context;

	if (strstr(record->body, "\"rule\":\"B2\"") != NULL)
		ARRAY_PUSH(gathering->arena, &gathering->short_notice,
		    strtoll(record->subject, NULL, 10));
	return NULL;
}

static bool
is_short(const struct gathering *gathering, int64_t id)
{
	size_t low = 0, high = gathering->short_notice.n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (gathering->short_notice.v[middle] < id)
			low = middle + 1;
		else
			high = middle;
	}
	return low < gathering->short_notice.n &&
	       gathering->short_notice.v[low] == id;
}

/* When the last required portal showed the entry, else when it was made. */
static struct instant
notice_of(const struct gathering *gathering, const struct entry *entry)
{
	const struct standing *office = &gathering->facts->office;
	struct instant notice = { 0 };
	size_t i;

	for (i = 0; i < office->n_portals; i++) {
		struct confirmation shown;

		if (!view_confirmed(&gathering->view, office->portals[i],
			entry->id, &shown))
			return entry->at;
		if (shown.at.s > notice.s)
			notice = shown.at;
	}
	return office->n_portals > 0 ? notice : entry->at;
}

static const char *
department_of(struct arena *arena, const char *release)
{
	return arena_strndup(arena, release, strcspn(release, "/"));
}

/* Entries come by id; those of one release are gathered at its place. */
static struct release_facts *
release_at(struct gathering *gathering, const char *release)
{
	struct compliance_facts *facts = gathering->facts;
	size_t low = 0, high = facts->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(facts->v[middle].release, release) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < facts->n && strcmp(facts->v[low].release, release) == 0
		   ? &facts->v[low]
		   : NULL;
}

/*
 * When it was out: what was seen wins, unless the act names a time that fits
 * between the last look at which it was not there and the first at which it
 * was.  A result that answered before its time was out then.
 */
static void
note_sights(const struct sightings *sightings, struct release_facts *release)
{
	const struct sight *seen =
	    sightings_last(sightings, release->release, SIGHT_RELEASED);
	const struct sight *early =
	    sightings_last(sightings, release->release, SIGHT_EARLY);

	if (seen != NULL) {
		bool fits = release->released && seen->has_absent &&
			    release->out.s > seen->absent.s &&
			    release->out.s <= seen->at.s;

		if (!fits)
			release->out = seen->at;
		release->released = true;
		release->unwitnessed = false;
	}
	if (early != NULL &&
	    (!release->released || early->at.s < release->out.s)) {
		release->out = early->at;
		release->released = true;
		release->unwitnessed = false;
	}
}

/* The step that came first, of all copies of the release. */
static void
note_copies(const struct copies *copies, struct release_facts *release)
{
	const struct copy *v;
	size_t n, i;

	v = copies_of(copies, release->release, &n);
	for (i = 0; i < n; i++) {
		struct copying *copying = &release->copy;

		if (v[i].sent &&
		    (!copying->copied || v[i].sent_at.s < copying->at.s)) {
			copying->copied = true;
			copying->at = v[i].sent_at;
		}
		if (v[i].acknowledged &&
		    (!copying->acknowledged ||
			v[i].acknowledged_at.s < copying->acknowledged_at.s)) {
			copying->acknowledged = true;
			copying->acknowledged_at = v[i].acknowledged_at;
		}
	}
}

static const struct error *
note_outcomes(struct gathering *gathering, struct store *store)
{
	struct compliance_facts *facts = gathering->facts;
	struct sightings sightings;
	struct copies copies;
	size_t i;
	const struct error *error =
	    sightings_read(gathering->arena, store, &facts->as_of, &sightings);

	if (error == NULL)
		error = copies_read(
		    gathering->arena, store, &facts->as_of, &copies);
	for (i = 0; error == NULL && i < facts->n; i++) {
		note_sights(&sightings, &facts->v[i]);
		note_copies(&copies, &facts->v[i]);
	}
	return error;
}

static const struct error *
note_entry(void *context, const struct entry *entry)
{
	struct gathering *gathering = context;
	struct release_facts *release;
	struct announcement announcement = { 0 };
	const struct error *error;

	if (entry->release == NULL || entry->kind == ENTRY_PROFILE)
		return NULL;
	release = release_at(gathering, entry->release);
	if (release == NULL)
		return NULL;
	arena_reset(gathering->scratch);
	error =
	    announcement_read(gathering->scratch, entry->said, &announcement);
	if (error != NULL)
		return error_copy(gathering->arena, error);
	ARRAY_PUSH(gathering->arena, release,
	    ((struct telling){
		.kind = entry->kind,
		.at = entry->at,
		.notice = notice_of(gathering, entry),
		.when = entry->when,
		.start = entry->start,
		.status = entry->status,
		.reasoned = !announcement.reason_pending &&
			    *text_in(&announcement.reason, LANG_ZH) != '\0',
		.short_notice = is_short(gathering, entry->id),
	    }));
	if (entry->status == SAID_RELEASED) {
		release->released = true;
		release->out = announcement.released;
		release->unwitnessed = true;
	}
	return NULL;
}

static const struct error *
note_release(void *context, const struct entry *entry)
{
	struct gathering *gathering = context;

	ARRAY_PUSH(gathering->arena, gathering->facts,
	    ((struct release_facts){
		.release = arena_strdup(gathering->arena, entry->release),
		.department = department_of(gathering->arena, entry->release),
	    }));
	return NULL;
}

static int
compare_releases(const void *a, const void *b)
{
	const struct release_facts *x = a, *y = b;

	return strcmp(x->release, y->release);
}

/* Confirmations that came later are not known yet. */
static void
forget_later(struct view *view, struct instant as_of)
{
	size_t n = 0, i;

	for (i = 0; i < view->n_confirmations; i++)
		if (view->confirmations[i].at.s <= as_of.s)
			view->confirmations[n++] = view->confirmations[i];
	view->n_confirmations = n;
}

static const struct error *
gather(struct gathering *gathering, struct store *store)
{
	struct compliance_facts *facts = gathering->facts;
	struct arena *arena = gathering->arena;
	const struct error *error;

	error = standings_read(arena, store, facts->as_of, &facts->standings);
	if (error == NULL && facts->standings.n > 0 &&
	    *facts->standings.v[0].department == '\0') {
		facts->office = facts->standings.v[0];
		facts->standings.v++;
		facts->standings.n--;
	}
	if (error == NULL)
		error = ledger_view(arena, store, &gathering->view);
	forget_later(&gathering->view, facts->as_of);
	if (error == NULL)
		error = record_each(store, RECORD_ENTRY, note_short, gathering);
	if (error == NULL)
		error = ledger_each_latest(
		    arena, store, NULL, &facts->as_of, note_release, gathering);
	if (error != NULL)
		return error;
	if (facts->n > 0)
		qsort(facts->v, facts->n, sizeof(*facts->v), compare_releases);
	error = ledger_each(
	    arena, store, NULL, &facts->as_of, note_entry, gathering);
	return error != NULL ? error : note_outcomes(gathering, store);
}

const struct error *
compliance_facts(struct arena *arena, struct store *store, struct instant as_of,
    struct compliance_facts *facts)
{
	struct gathering gathering = {
		.arena = arena, .scratch = arena_new(), .facts = facts
	};
	const struct error *error;

	*facts = (struct compliance_facts){ .as_of = as_of };
	error = gather(&gathering, store);
	arena_free(gathering.scratch);
	return error;
}
