#include <yugao/probe.h>

#include <string.h>

#include <yugao/arena.h>
#include <yugao/artifact.h>
#include <yugao/error.h>
#include <yugao/store.h>

#define WAIT_MS 50

/* One portal, at its first or second read. */
struct talk {
	struct probe *probe;
	const struct channel *channel;
	struct delivery delivery;
	struct request request;
	bool wants, sent;
};

struct prober {
	struct arena *arena;
	const struct outbox_run *run;
	struct instant (*machine)(void);
	struct talk *talks;
	size_t n;
};

/* Something that it confirmed to have, and what waits. */
static const struct error *
load(struct prober *prober, struct store *store, struct talk *talk)
{
	const struct error *error;
	struct query *query;
	bool row;

	if (store == NULL)
		return NULL;
	error = query_open(store,
	    "SELECT (SELECT path FROM remote WHERE portal = ?1"
	    " ORDER BY path LIMIT 1), count(*), coalesce(sum(size), 0)"
	    " FROM message WHERE portal = ?1"
	    " AND state IN ('queued', 'held', 'refused')",
	    &query);
	if (error != NULL)
		return error;
	query_set_text(query, 1, talk->probe->portal->id);
	error = query_next(query, &row);
	if (error == NULL && row) {
		if (!query_is_null(query, 0))
			talk->delivery.path =
			    arena_strdup(prober->arena, query_text(query, 0));
		talk->probe->waiting = (size_t)query_int(query, 1);
		talk->probe->waiting_bytes = query_int(query, 2);
	}
	query_close(query);
	return error;
}

static void
ask(struct prober *prober, struct talk *talk)
{
	const char *problem = NULL;
	enum looked looked = talk->channel->look(
	    prober->arena, &talk->delivery, NULL, &talk->request, &problem);

	talk->wants = looked == LOOKED_GOES_ON;
	talk->sent = false;
	talk->request.context = talk;
	if (talk->wants)
		return;
	talk->probe->answered = looked != LOOKED_FAILED;
	talk->probe->problem = looked == LOOKED_FAILED ? problem : NULL;
}

static const struct error *
open_talks(struct prober *prober, struct store *store, struct probes *probes)
{
	const struct office *office = prober->run->office;
	const struct error *error = NULL;
	size_t formats, i;

	prober->talks = arena_alloc(
	    prober->arena, office->n_portals * sizeof(*prober->talks));
	probes->v =
	    arena_alloc(prober->arena, office->n_portals * sizeof(*probes->v));
	for (i = 0; error == NULL && i < office->n_portals; i++) {
		const struct portal *portal = &office->portals[i];
		const char *only = prober->run->portal;
		struct talk *talk = &prober->talks[prober->n];
		struct probe *probe = &probes->v[prober->n];

		if (only != NULL && strcmp(only, portal->id) != 0)
			continue;
		*probe = (struct probe){ .portal = portal };
		*talk = (struct talk){ .probe = probe,
			.channel = channel_find(portal->kind),
			.delivery = { .portal = portal,
			    .path = artifact_formats(&formats)[0].file } };
		prober->n++;
		probe->readable =
		    talk->channel != NULL && talk->channel->look != NULL;
		error = load(prober, store, talk);
		if (error == NULL && probe->readable)
			ask(prober, talk);
	}
	probes->n = prober->n;
	return error;
}

static void
judge_first(struct prober *prober, struct talk *talk,
    const struct answer *answer, const char *problem)
{
	struct probe *probe = talk->probe;

	probe->answered = answer->carried == CARRIED_ANSWER;
	probe->status = answer->status;
	probe->problem = problem;
	probe->ms = answer->ms;
	probe->bytes = answer->body_size;
	probe->has_date = answer->date >= 0;
	probe->skew = answer->date - prober->machine().s;
	probe->etag = answer->etag != NULL;
	probe->strong = probe->etag && answer->etag[0] == '"';
	if (answer->status != 200 || !probe->etag)
		return;
	talk->delivery.etag = arena_strdup(prober->arena, answer->etag);
	probe->asked_again = true;
	ask(prober, talk);
}

static const struct error *
receive(struct prober *prober)
{
	struct transport *transport = prober->run->transport;
	struct arena *scratch = arena_new();
	const char *problem = NULL;
	const struct error *error;
	struct answer answer;
	void *context;

	error = transport->type->wait(
	    transport, scratch, WAIT_MS, &answer, &context);
	if (error == NULL && context != NULL) {
		struct talk *talk = context;

		talk->wants = false;
		(void)talk->channel->look(prober->arena, &talk->delivery,
		    &answer, &talk->request, &problem);
		if (talk->probe->asked_again)
			talk->probe->conditional = answer.status == 304;
		else
			judge_first(prober, talk, &answer, problem);
	}
	error = error_copy(prober->arena, error);
	arena_free(scratch);
	return error;
}

const struct error *
outbox_probe(struct arena *arena, struct store *store,
    const struct outbox_run *run, struct instant (*machine)(void),
    struct probes *probes)
{
	struct prober prober = {
		.arena = arena, .run = run, .machine = machine
	};
	const struct error *error = open_talks(&prober, store, probes);
	bool busy = true;
	size_t i;

	while (error == NULL && busy) {
		for (busy = false, i = 0; i < prober.n; i++) {
			struct talk *talk = &prober.talks[i];

			if (talk->wants && !talk->sent)
				talk->sent = run->transport->type->send(
				    run->transport, &talk->request);
			busy = busy || talk->wants;
		}
		if (busy)
			error = receive(&prober);
	}
	return error;
}
