#include <yugao/inspect.h>

#include <stdlib.h>
#include <string.h>

#include <yugao/arena.h>
#include <yugao/error.h>
#include <yugao/store.h>

#define LOOKS 64
#define WAIT_MS 50
#define FAILURES_MOST 5
#define FOREIGN_MOST 1000

/* One thing that a portal confirmed to have. */
struct row {
	const char *path, *etag;
	struct digest digest;
	bool waits; /* a message about it does */
};

struct shelf {
	const struct portal *portal;
	const struct channel *channel;
	struct row *v; /* sorted by path */
	size_t n, cap, next;
	int failed_row;
	struct inspected *result;
};

struct look {
	struct arena *arena;
	struct shelf *shelf; /* NULL: free */
	const struct row *row;
	struct delivery delivery;
	struct request request;
	bool sent;
};

struct inspector {
	struct arena *arena;
	const struct outbox_run *run;
	struct inspection *inspection;
	struct shelf *shelves;
	size_t n, total, done;
	struct look looks[LOOKS];
};

const char *
found_name(enum found found)
{
	static const char *const names[FOUND_KINDS] = {
		[FOUND_SAME] = "same",
		[FOUND_STALE] = "stale",
		[FOUND_MISSING] = "missing",
		[FOUND_ALTERED] = "altered",
		[FOUND_FOREIGN] = "foreign",
		[FOUND_UNSURE] = "unsure",
		[FOUND_UNREAD] = "unread",
	};

	return names[found];
}

static void
add(struct inspector *inspector, struct shelf *shelf, const char *path,
    enum found found, const char *problem)
{
	struct discrepancy finding = { .portal = shelf->portal->id,
		.path = arena_strdup(inspector->arena, path),
		.found = found };

	shelf->result->n[found]++;
	if (found == FOUND_SAME ||
	    (found == FOUND_FOREIGN && shelf->result->n[found] > FOREIGN_MOST))
		return;
	if (problem != NULL)
		finding.problem =
		    arena_printf(inspector->arena, "@%s", problem);
	ARRAY_PUSH(inspector->arena, inspector->inspection, finding);
}

static const struct error *
load(struct inspector *inspector, struct store *store, struct shelf *shelf)
{
	const struct error *error;
	struct query *query;
	bool row;

	error = query_open(store,
	    "SELECT r.path, r.digest, r.etag, EXISTS (SELECT 1 FROM message m"
	    " WHERE m.portal = r.portal AND m.path = r.path"
	    " AND m.state IN ('queued', 'held', 'refused'))"
	    " FROM remote r WHERE r.portal = ?1 ORDER BY r.path",
	    &query);
	if (error != NULL)
		return error;
	query_set_text(query, 1, shelf->portal->id);
	while ((error = query_next(query, &row)) == NULL && row) {
		struct row one = { .path = arena_strdup(
				       inspector->arena, query_text(query, 0)),
			.waits = query_int(query, 3) != 0 };
		const char *etag = query_text(query, 2);
		const void *digest;
		size_t len;

		digest = query_bytes(query, 1, &len);
		if (digest != NULL && len == sizeof(one.digest.bytes))
			memcpy(one.digest.bytes, digest, len);
		if (etag != NULL)
			one.etag = arena_strdup(inspector->arena, etag);
		ARRAY_PUSH(inspector->arena, shelf, one);
	}
	query_close(query);
	return error;
}

static int
compare_path(const void *path, const void *row)
{
	return strcmp(path, ((const struct row *)row)->path);
}

struct listing {
	struct inspector *inspector;
	struct shelf *shelf;
};

static void
take_listed(void *context, const char *path)
{
	struct listing *listing = context;
	struct shelf *shelf = listing->shelf;

	if (shelf->n == 0 || bsearch(path, shelf->v, shelf->n,
				 sizeof(*shelf->v), compare_path) == NULL)
		add(listing->inspector, shelf, path, FOUND_FOREIGN, NULL);
}

static const struct error *
open_shelves(struct inspector *inspector, struct store *store)
{
	const struct office *office = inspector->run->office;
	struct arena *arena = inspector->arena;
	const struct error *error = NULL;
	size_t i;

	inspector->shelves =
	    arena_alloc(arena, office->n_portals * sizeof(struct shelf));
	inspector->inspection->portals.v =
	    arena_alloc(arena, office->n_portals * sizeof(struct inspected));
	for (i = 0; error == NULL && i < office->n_portals; i++) {
		const struct portal *portal = &office->portals[i];
		const char *only = inspector->run->portal;
		struct shelf *shelf = &inspector->shelves[inspector->n];

		if (only != NULL && strcmp(only, portal->id) != 0)
			continue;
		*shelf = (struct shelf){ .portal = portal,
			.channel = channel_find(portal->kind),
			.result =
			    &inspector->inspection->portals.v[inspector->n++] };
		*shelf->result = (struct inspected){ .portal = portal->id };
		shelf->result->readable =
		    shelf->channel != NULL && shelf->channel->look != NULL;
		if (shelf->result->readable)
			error = load(inspector, store, shelf);
		inspector->total += shelf->n;
	}
	inspector->inspection->portals.n = inspector->n;
	return error;
}

static void
judge(struct inspector *inspector, struct shelf *shelf, const struct row *row,
    enum looked looked, const char *problem)
{
	static const enum found founds[] = {
		[LOOKED_SAME] = FOUND_SAME,
		[LOOKED_MISSING] = FOUND_MISSING,
		[LOOKED_OTHER] = FOUND_ALTERED,
		[LOOKED_UNSURE] = FOUND_UNSURE,
		[LOOKED_FAILED] = FOUND_UNREAD,
	};
	enum found found = founds[looked];

	if (row->waits && found != FOUND_UNREAD)
		found = FOUND_STALE;
	shelf->failed_row = found == FOUND_UNREAD ? shelf->failed_row + 1 : 0;
	inspector->done++;
	add(inspector, shelf, row->path, found, problem);
}

static bool
is_stopped(const struct inspector *inspector)
{
	return inspector->run->stop != NULL && *inspector->run->stop != 0;
}

/* The next row of a shelf that has one, in turn; what needs no transport is
 * judged on the spot. */
static void
begin(struct inspector *inspector, struct look *look, struct shelf *shelf)
{
	const struct row *row = &shelf->v[shelf->next++];
	const char *problem = NULL;
	enum looked looked;

	if (look->arena == NULL)
		look->arena = arena_new();
	else
		arena_reset(look->arena);
	look->delivery = (struct delivery){ .portal = shelf->portal,
		.path = row->path,
		.digest = row->digest,
		.etag = row->etag,
		.known = true };
	looked = shelf->channel->look(
	    look->arena, &look->delivery, NULL, &look->request, &problem);
	if (looked != LOOKED_GOES_ON) {
		judge(inspector, shelf, row, looked, problem);
		return;
	}
	look->request.context = look;
	look->shelf = shelf;
	look->row = row;
	look->sent = false;
}

static struct shelf *
next_shelf(struct inspector *inspector, size_t *turn)
{
	size_t i;

	for (i = 0; i < inspector->n; i++) {
		struct shelf *shelf =
		    &inspector->shelves[(*turn)++ % inspector->n];

		if (shelf->next < shelf->n && shelf->failed_row < FAILURES_MOST)
			return shelf;
	}
	return NULL;
}

static void
send_all(struct inspector *inspector, size_t *turn)
{
	struct transport *transport = inspector->run->transport;
	size_t i;

	for (i = 0; i < LOOKS; i++) {
		struct look *look = &inspector->looks[i];
		struct shelf *shelf;

		while (look->shelf == NULL && !is_stopped(inspector) &&
		       (shelf = next_shelf(inspector, turn)) != NULL)
			begin(inspector, look, shelf);
		if (look->shelf != NULL && !look->sent)
			look->sent =
			    transport->type->send(transport, &look->request);
	}
}

static bool
is_any(const struct inspector *inspector)
{
	size_t i;

	for (i = 0; i < LOOKS; i++)
		if (inspector->looks[i].shelf != NULL)
			return true;
	return false;
}

static const struct error *
receive(struct inspector *inspector)
{
	struct transport *transport = inspector->run->transport;
	struct arena *scratch = arena_new();
	const struct error *error;
	const char *problem = NULL;
	struct answer answer;
	void *context;

	error = transport->type->wait(
	    transport, scratch, WAIT_MS, &answer, &context);
	if (error == NULL && context != NULL) {
		struct look *look = context;
		enum looked looked = look->shelf->channel->look(look->arena,
		    &look->delivery, &answer, &look->request, &problem);

		judge(inspector, look->shelf, look->row, looked, problem);
		look->shelf = NULL;
	}
	error = error_copy(inspector->arena, error);
	arena_free(scratch);
	return error;
}

/* A portal that was left, or a person who does not wait for the rest. */
static void
end_shelf(struct inspector *inspector, struct shelf *shelf)
{
	while (shelf->next < shelf->n)
		add(inspector, shelf, shelf->v[shelf->next++].path,
		    FOUND_UNREAD, NULL);
}

static const struct error *
list(struct inspector *inspector, struct shelf *shelf)
{
	struct listing listing = { inspector, shelf };

	if (!shelf->result->readable || shelf->channel->list == NULL)
		return NULL;
	shelf->result->listed = shelf->channel->list(
	    inspector->arena, shelf->portal, take_listed, &listing);
	return NULL;
}

static int
compare_findings(const void *a, const void *b)
{
	const struct discrepancy *x = a, *y = b;
	int order = strcmp(x->portal, y->portal);

	return order != 0 ? order : strcmp(x->path, y->path);
}

const struct error *
outbox_inspect(struct arena *arena, struct store *store,
    const struct outbox_run *run, struct inspection *inspection)
{
	struct inspector *inspector = arena_alloc(arena, sizeof(*inspector));
	const char *what = SAY(arena, run->office->lang, "outbox.inspecting");
	const struct error *error;
	size_t turn = 0, i;

	*inspection = (struct inspection){ 0 };
	*inspector = (struct inspector){
		.arena = arena, .run = run, .inspection = inspection
	};
	error = open_shelves(inspector, store);
	while (error == NULL) {
		send_all(inspector, &turn);
		if (!is_any(inspector))
			break;
		error = receive(inspector);
		if (run->terminal != NULL)
			terminal_progress(run->terminal, what, inspector->done,
			    inspector->total + 1);
	}
	for (i = 0; error == NULL && i < inspector->n; i++) {
		end_shelf(inspector, &inspector->shelves[i]);
		error = list(inspector, &inspector->shelves[i]);
	}
	if (run->terminal != NULL)
		terminal_progress(run->terminal, what, 1, 1);
	for (i = 0; i < LOOKS; i++)
		arena_free(inspector->looks[i].arena);
	if (inspection->n > 1)
		qsort(inspection->v, inspection->n, sizeof(*inspection->v),
		    compare_findings);
	return error;
}

const struct error *
outbox_repair(
    struct store *store, const struct inspection *inspection, size_t *items)
{
	const struct error *error;
	struct query *query;
	size_t i;

	*items = 0;
	error = query_open(store,
	    "DELETE FROM remote WHERE portal = ?1 AND path = ?2", &query);
	for (i = 0; error == NULL && i < inspection->n; i++) {
		const struct discrepancy *finding = &inspection->v[i];

		if (finding->found != FOUND_MISSING &&
		    finding->found != FOUND_ALTERED)
			continue;
		query_set_text(query, 1, finding->portal);
		query_set_text(query, 2, finding->path);
		error = query_run(query);
		++*items;
	}
	query_close(query);
	return error;
}
