/*
 * Requests over libcurl's multi interface.  There is no redirect on a write,
 * no proxy but the portal's own, no cookie and no state between requests but
 * the open connections, and everything that an answer can grow is bounded.
 */
#include <yugao/arena.h>
#include <yugao/channel.h>
#include <yugao/error.h>
#include <yugao/rate.h>

#include "job.h"
#include "memory.h"

#define IDLE_MS 50

/* How fast one portal is asked. */
struct pace {
	const struct portal *portal;
	struct bucket bucket;
};

struct curl_transport {
	struct transport base;
	struct arena *arena;
	CURLM *multi;
	struct job *jobs;
	size_t n_jobs;
	struct ticks ticks;
	struct {
		struct pace *v;
		size_t n, cap;
	} paces;
};

static struct job *
free_job(struct curl_transport *transport, const struct portal *portal)
{
	struct job *found = NULL;
	int flying = 0;
	size_t i;

	for (i = 0; i < transport->n_jobs; i++) {
		struct job *job = &transport->jobs[i];

		if (job->request == NULL)
			found = job;
		else if (job->request->portal == portal)
			flying++;
	}
	return flying < portal->connections ? found : NULL;
}

static struct bucket *
bucket_of(struct curl_transport *transport, const struct portal *portal)
{
	struct pace pace = { .portal = portal };
	size_t i;

	for (i = 0; i < transport->paces.n; i++)
		if (transport->paces.v[i].portal == portal)
			return &transport->paces.v[i].bucket;
	ARRAY_PUSH(transport->arena, &transport->paces, pace);
	return &transport->paces.v[i].bucket;
}

static bool
is_idle(const struct curl_transport *transport)
{
	size_t i;

	for (i = 0; i < transport->n_jobs; i++)
		if (transport->jobs[i].request != NULL)
			return false;
	return true;
}

/*
 * Takes one from the portal's bucket.  Who is told no and has nothing to wait
 * for would ask again at once, so that a moment passes here.
 */
static bool
may_go(struct curl_transport *transport, const struct portal *portal)
{
	int64_t now, wait;
	struct bucket *bucket;

	if (portal->rate <= 0)
		return true;
	bucket = bucket_of(transport, portal);
	now = transport->ticks.ms(transport->ticks.context);
	wait = bucket_wait(bucket, portal->rate, now);
	if (wait == 0) {
		bucket_take(bucket, portal->rate, now);
		return true;
	}
	if (is_idle(transport))
		curl_multi_poll(transport->multi, NULL, 0,
		    wait < IDLE_MS ? (int)wait : IDLE_MS, NULL);
	return false;
}

/* What cannot even begin is an answer too. */
static bool
curl_send(struct transport *base, const struct request *request)
{
	struct curl_transport *transport = (struct curl_transport *)base;
	struct job *job = free_job(transport, request->portal);

	if (job == NULL || !may_go(transport, request->portal))
		return false;
	job_begin(job, transport->arena, request);
	if (job->problem == NULL &&
	    curl_multi_add_handle(transport->multi, job->easy) != CURLM_OK)
		job_stop(job, CARRIED_RETRY, "channel.transport");
	job->ended = job->problem != NULL;
	return true;
}

static void
collect_ended(struct curl_transport *transport)
{
	CURLMsg *message;
	int left;

	while (
	    (message = curl_multi_info_read(transport->multi, &left)) != NULL) {
		struct job *job = NULL;

		if (message->msg != CURLMSG_DONE)
			continue;
		curl_easy_getinfo(
		    message->easy_handle, CURLINFO_PRIVATE, (char **)&job);
		job->code = message->data.result;
		job->ended = true;
	}
}

static void
release(struct curl_transport *transport, struct job *job)
{
	if (job->easy != NULL)
		curl_multi_remove_handle(transport->multi, job->easy);
	job_release(job);
}

static bool
take_ended(struct curl_transport *transport, struct arena *arena,
    struct answer *answer, void **context)
{
	size_t i;

	for (i = 0; i < transport->n_jobs; i++) {
		struct job *job = &transport->jobs[i];

		if (job->request == NULL || !job->ended)
			continue;
		*context = job->request->context;
		job_answer(job, arena, answer);
		release(transport, job);
		return true;
	}
	return false;
}

static const struct error *
curl_wait(struct transport *base, struct arena *arena, int ms,
    struct answer *answer, void **context)
{
	struct curl_transport *transport = (struct curl_transport *)base;
	CURLMcode code = CURLM_OK;
	int turn, running;

	*context = NULL;
	for (turn = 0; turn < 2; turn++) {
		if (take_ended(transport, arena, answer, context))
			return NULL;
		if (turn == 1 && ms > 0)
			code = curl_multi_poll(
			    transport->multi, NULL, 0, ms, NULL);
		if (code == CURLM_OK)
			code = curl_multi_perform(transport->multi, &running);
		if (code != CURLM_OK)
			return ERROR_NEW(arena, ERROR_FAILED, NULL,
			    "channel.curl", curl_multi_strerror(code));
		collect_ended(transport);
	}
	take_ended(transport, arena, answer, context);
	return NULL;
}

static void
curl_close(struct transport *base)
{
	struct curl_transport *transport = (struct curl_transport *)base;
	size_t i;

	for (i = 0; i < transport->n_jobs; i++) {
		struct job *job = &transport->jobs[i];

		release(transport, job);
		curl_easy_cleanup(job->easy);
		hasher_free(job->hasher);
	}
	curl_multi_cleanup(transport->multi);
	curl_global_cleanup();
}

const struct error *
curl_transport_open(struct arena *arena, int total, const struct ticks *ticks,
    struct transport **transport)
{
	static const struct transport_type type = { curl_send, curl_wait,
		curl_close };
	struct curl_transport *opened = arena_alloc(arena, sizeof(*opened));
	size_t i;

	opened->base.type = &type;
	opened->arena = arena;
	opened->ticks = *ticks;
	opened->n_jobs = total > 0 ? (size_t)total : 1;
	opened->jobs = arena_alloc(arena, opened->n_jobs * sizeof(struct job));
	for (i = 0; i < opened->n_jobs; i++)
		opened->jobs[i].fd = -1;
	if (!memory_init())
		return ERROR_NEW(
		    arena, ERROR_FAILED, NULL, "channel.curl", "global_init");
	/*
	 * Without CURLMOPT_MAX_HOST_CONNECTIONS: a request that libcurl lets
	 * wait uses up its time.  Each portal's limit is kept by send.
	 */
	if ((opened->multi = curl_multi_init()) == NULL) {
		curl_global_cleanup();
		return ERROR_NEW(
		    arena, ERROR_FAILED, NULL, "channel.curl", "multi_init");
	}
	/* By default idle ones are closed as soon as few are in flight. */
	curl_multi_setopt(
	    opened->multi, CURLMOPT_MAXCONNECTS, (long)opened->n_jobs);
	*transport = &opened->base;
	return NULL;
}

const char *
curl_version_text(void)
{
	return curl_version_info(CURLVERSION_NOW)->version;
}
