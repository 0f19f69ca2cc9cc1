/* Finds what is owed and sends it, one copy after the other. */
#include "copying.h"

#include <string.h>
#include <unistd.h>

#include <yugao/arena.h>
#include <yugao/channel.h>
#include <yugao/error.h>
#include <yugao/file.h>
#include <yugao/policy.h>
#include <yugao/store.h>

#define WAIT_MS 1000
#define WAITS_MOST 3600

/* A portal that did not take one copy is left until the next run. */
struct sending {
	struct arena *arena;
	struct store *store;
	struct copy_run *copying;
	const struct portal *given_up[64];
	size_t n_given_up;
};

bool
copying_is_wanted(const struct office *office)
{
	size_t i;

	for (i = 0; i < office->n_portals; i++)
		if (office->portals[i].institution != NULL)
			return true;
	return false;
}

static const struct portal *
portal_of(const struct office *office, const struct department *department)
{
	const struct institution *to = department->institution;
	size_t i;

	if (to == NULL || to->id == NULL ||
	    policy_institution_refused(department) != NULL)
		return NULL;
	for (i = 0; i < office->n_portals; i++) {
		const struct portal *portal = &office->portals[i];

		if (portal->institution != NULL &&
		    strcmp(portal->institution, to->id) == 0 &&
		    channel_find(portal->kind) != NULL)
			return portal;
	}
	return NULL;
}

/* One request of the channel's after another, until it ends. */
static const struct error *
carry(struct arena *arena, struct transport *transport,
    struct delivery *delivery, struct delivery_result *result)
{
	const struct channel *channel = channel_find(delivery->portal->kind);
	struct request request = { 0 };
	struct answer answer;
	const struct error *error =
	    channel->step(arena, delivery, NULL, &request, result);
	int waits = 0;

	while (error == NULL && result->state == DELIVERY_GOES_ON) {
		void *context = NULL;

		request.context = delivery;
		while (!transport->type->send(transport, &request) &&
		       error == NULL && waits++ < WAITS_MOST)
			error = transport->type->wait(
			    transport, arena, WAIT_MS, &answer, &context);
		while (error == NULL && context == NULL && waits++ < WAITS_MOST)
			error = transport->type->wait(
			    transport, arena, WAIT_MS, &answer, &context);
		if (error == NULL)
			error = channel->step(
			    arena, delivery, &answer, &request, result);
	}
	return error;
}

static const struct error *
note(struct sending *sending, const struct copy *copy, enum copy_step step)
{
	const struct error *error = store_begin(sending->store);

	if (error != NULL)
		return error;
	error = copy_append(
	    sending->arena, sending->store, step, copy, sending->copying->now);
	if (error == NULL)
		error = store_commit(sending->store);
	if (error != NULL)
		store_rollback(sending->store);
	return error;
}

static void
complain(struct sending *sending, const struct owed *owed,
    const struct delivery_result *result)
{
	sending->copying->waiting++;
	if (sending->n_given_up < COUNT(sending->given_up))
		sending->given_up[sending->n_given_up++] = owed->portal;
	DIAG(sending->arena, sending->copying->diags, DIAG_WARNING,
	    owed->portal->place, "copying.not_taken", owed->subject,
	    owed->portal->id,
	    result->problem.id == NULL
		? ""
		: arena_printf(sending->arena, "@%s", result->problem.id));
}

static const struct error *
sent(struct sending *sending, const struct owed *owed, struct copy *copy)
{
	struct copy_run *copying = sending->copying;
	const struct error *error;

	copying->sent++;
	copy->sent_at = copying->now;
	error = note(sending, copy, COPY_SENT);
	if (error != NULL || owed->portal->acknowledge != ACKNOWLEDGE_ANSWER)
		return error;
	copying->acknowledged++;
	copy->acknowledged_at = copying->now;
	copy->receipt = RECEIPT_ANSWER;
	return note(sending, copy, COPY_ACKNOWLEDGED);
}

static const struct error *
send_one(struct sending *sending, const struct owed *owed)
{
	struct arena *arena = sending->arena;
	struct copy_run *copying = sending->copying;
	struct copy copy = { .subject = owed->subject,
		.institution = owed->portal->institution,
		.via = owed->portal->id,
		.entry = owed->year != 0 ? owed->upto : owed->release->id,
		.issued_at = copying->now };
	struct delivery delivery = { .portal = owed->portal,
		.path = owed->year == 0
			    ? arena_printf(arena, "%s.json", owed->subject)
			    : arena_printf(arena, "%s-%lld.json", owed->subject,
				  (long long)owed->upto),
		.content_type = "application/json" };
	struct delivery_result result = { 0 };
	const struct error *error;
	char hex[DIGEST_HEX_SIZE];
	struct buf body;

	buf_init(&body, arena);
	error = copy_write(arena, sending->store, copying, owed, &body, &copy);
	delivery.body = body.data;
	delivery.size = (int64_t)body.len;
	delivery.digest = copy.digest;
	delivery.source = file_join(arena, copying->folder,
	    arena_printf(arena, "%s.json", digest_hex(hex, &copy.digest)));
	if (error == NULL)
		error = file_make_directories(arena, copying->folder);
	if (error == NULL)
		error =
		    file_replace(arena, delivery.source, body.data, body.len);
	if (error == NULL)
		error = note(sending, &copy, COPY_ISSUED);
	if (error == NULL)
		error = carry(arena, copying->transport, &delivery, &result);
	unlink(delivery.source);
	if (error == NULL && result.state == DELIVERY_ACCEPTED)
		return sent(sending, owed, &copy);
	if (error == NULL)
		complain(sending, owed, &result);
	return error;
}

static bool
is_given_up(const struct sending *sending, const struct portal *portal)
{
	size_t i;

	for (i = 0; i < sending->n_given_up; i++)
		if (sending->given_up[i] == portal)
			return true;
	return sending->copying->stop != NULL && *sending->copying->stop;
}

static bool
was_sent(const struct copy_run *copying, const char *subject, const char *via)
{
	size_t n, i;
	const struct copy *v =
	    copies_of(copying->outcomes->copies, subject, &n);

	for (i = 0; i < n; i++)
		if (v[i].sent &&
		    (v[i].via == NULL || strcmp(v[i].via, via) == 0))
			return true;
	return false;
}

static const struct error *
send_releases(struct sending *sending, const struct department *department,
    const struct portal *portal)
{
	const struct copy_run *copying = sending->copying;
	size_t len = strlen(department->id), i;
	const struct error *error = NULL;

	for (i = 0; error == NULL && i < copying->view->n &&
		    !is_given_up(sending, portal);
	     i++) {
		const struct entry *entry = &copying->view->v[i];
		const struct owed owed = { .department = department,
			.portal = portal,
			.subject = entry->release,
			.release = entry };

		if (entry->status == SAID_RELEASED &&
		    strncmp(entry->release, department->id, len) == 0 &&
		    entry->release[len] == '/' &&
		    !was_sent(copying, entry->release, portal->id))
			error = send_one(sending, &owed);
	}
	return error;
}

/* The newest entry of that year which a copy has told of. */
static int64_t
told_up_to(const struct copy_run *copying, const char *subject, const char *via)
{
	int64_t newest = 0;
	size_t n, i;
	const struct copy *v =
	    copies_of(copying->outcomes->copies, subject, &n);

	for (i = 0; i < n; i++)
		if (v[i].sent && v[i].via != NULL &&
		    strcmp(v[i].via, via) == 0 && v[i].entry > newest)
			newest = v[i].entry;
	return newest;
}

static const struct error *
send_plans(struct sending *sending, const struct department *department,
    const struct portal *portal)
{
	const struct copy_run *copying = sending->copying;
	size_t len = strlen(department->id), i;
	const struct error *error = NULL;
	struct {
		int year;
		int64_t upto;
	} years[16] = { { 0, 0 } };
	size_t n = 0, j;

	for (i = 0; i < copying->view->n; i++) {
		const struct entry *entry = &copying->view->v[i];

		if (strncmp(entry->release, department->id, len) != 0 ||
		    entry->release[len] != '/' ||
		    entry->status == SAID_RELEASED)
			continue;
		for (j = 0;
		     j < n && years[j].year != day_year(entry->first_day); j++)
			;
		if (j == COUNT(years))
			continue;
		n += j == n;
		years[j].year = day_year(entry->first_day);
		if (entry->id > years[j].upto)
			years[j].upto = entry->id;
	}
	for (j = 0; error == NULL && j < n && !is_given_up(sending, portal);
	     j++) {
		const char *subject = copy_plan_subject(
		    sending->arena, department->id, years[j].year);
		const struct owed owed = { .department = department,
			.portal = portal,
			.subject = subject,
			.year = years[j].year,
			.after = told_up_to(copying, subject, portal->id),
			.upto = years[j].upto };

		if (owed.upto > owed.after)
			error = send_one(sending, &owed);
	}
	return error;
}

/* Where its receipt would stand. */
static const char *
receipt_url(
    struct arena *arena, const struct portal *portal, const struct copy *copy)
{
	const char *name = strchr(portal->receipt, '{');
	size_t len = strcspn(name, "}") + 1;
	char hex[DIGEST_HEX_SIZE];

	return arena_printf(arena, "%.*s%s%s", (int)(name - portal->receipt),
	    portal->receipt,
	    strncmp(name, "{sha256}", 8) == 0 ? digest_hex(hex, &copy->digest)
					      : copy->subject,
	    name + len);
}

static const struct error *
ask_receipt(struct sending *sending, const struct portal *portal,
    const struct copy *known)
{
	struct transport *transport = sending->copying->transport;
	struct request request = { .method = "GET",
		.url = receipt_url(sending->arena, portal, known),
		.portal = portal };
	struct copy copy = *known;
	struct answer answer = { 0 };
	const struct error *error = NULL;
	void *context = NULL;
	int waits = 0;

	request.context = &copy;
	while (!transport->type->send(transport, &request) && error == NULL &&
	       waits++ < WAITS_MOST)
		error = transport->type->wait(
		    transport, sending->arena, WAIT_MS, &answer, &context);
	while (error == NULL && context == NULL && waits++ < WAITS_MOST)
		error = transport->type->wait(
		    transport, sending->arena, WAIT_MS, &answer, &context);
	if (error != NULL || answer.carried != CARRIED_ANSWER ||
	    answer.status != 200)
		return error;
	sending->copying->acknowledged++;
	copy.acknowledged_at = sending->copying->now;
	copy.receipt = RECEIPT_URL;
	return note(sending, &copy, COPY_ACKNOWLEDGED);
}

static const struct error *
ask_receipts(struct sending *sending)
{
	const struct copy_run *copying = sending->copying;
	const struct copies *copies = copying->outcomes->copies;
	const struct error *error = NULL;
	size_t i, j;

	for (i = 0; error == NULL && i < copies->n; i++) {
		const struct copy *copy = &copies->v[i];

		if (!copy->sent || copy->acknowledged || copy->via == NULL)
			continue;
		for (j = 0; error == NULL && j < copying->office->n_portals;
		     j++) {
			const struct portal *portal =
			    &copying->office->portals[j];

			if (strcmp(portal->id, copy->via) == 0 &&
			    portal->receipt != NULL)
				error = ask_receipt(sending, portal, copy);
		}
	}
	return error;
}

const struct error *
copying_send(struct arena *arena, struct store *store, struct copy_run *copying)
{
	struct sending sending = {
		.arena = arena, .store = store, .copying = copying
	};
	const struct office *office = copying->office;
	const struct error *error = ask_receipts(&sending);
	size_t i;

	for (i = 0; error == NULL && i < office->n_departments; i++) {
		const struct department *department = &office->departments[i];
		const struct portal *portal = portal_of(office, department);

		if (portal == NULL)
			continue;
		error = send_releases(&sending, department, portal);
		if (error == NULL)
			error = send_plans(&sending, department, portal);
	}
	return error;
}
