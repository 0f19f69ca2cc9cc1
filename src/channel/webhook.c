/*
 * One message for each change, as a POST that is signed as Standard Webhooks
 * 1.0.0 says.  Its id comes from its content, so that a receiver that has
 * seen it knows it again.
 */
#include <stdio.h>
#include <string.h>

#include <yugao/arena.h>
#include <yugao/buf.h>
#include <yugao/error.h>
#include <yugao/hmac.h>

#include "ending.h"
#include "kinds.h"
#include "secret.h"

#define PREFIX "whsec_"
/* Standard Webhooks: keys of 24 to 64 bytes. */
#define KEY_LEAST 24
#define KEY_MOST 64

static const char *
message_id(struct arena *arena, const struct delivery *delivery)
{
	char hex[DIGEST_HEX_SIZE];

	digest_hex(hex, &delivery->digest);
	return arena_printf(arena, "msg_%.32s", hex);
}

/* Adds "v1,…" made with one key; else the catalogue id of what is wrong. */
static const char *
add_signature(struct arena *arena, struct buf *out,
    const struct secret_place *place, const struct buf *signed_bytes)
{
	struct secret *secret = arena_alloc(arena, sizeof(*secret));
	const char *problem = secret_line_read(place, secret);
	const char *text = secret->data;
	unsigned char key[KEY_MOST];
	struct digest digest;
	size_t len;

	if (problem == NULL) {
		if (strncmp(text, PREFIX, strlen(PREFIX)) == 0)
			text += strlen(PREFIX);
		if (!base64_read(text, key, sizeof(key), &len) ||
		    len < KEY_LEAST)
			problem = "channel.webhook_secret";
	}
	secret_wipe(secret);
	if (problem != NULL)
		return problem;
	digest = hmac_sha256(key, len, signed_bytes->data, signed_bytes->len);
	explicit_bzero(key, sizeof(key));
	buf_printf(out, "%sv1,%s", out->len > 0 ? " " : "",
	    base64(arena, digest.bytes, sizeof(digest.bytes)));
	return NULL;
}

static const char *
sign(struct arena *arena, const struct delivery *delivery, const char *id,
    const char *at, const char **signatures)
{
	const struct portal *portal = delivery->portal;
	const char *problem = NULL;
	struct buf bytes, out;
	size_t i;

	buf_init(&bytes, arena);
	buf_init(&out, arena);
	buf_printf(&bytes, "%s.%s.", id, at);
	buf_add(&bytes, delivery->body, (size_t)delivery->size);
	for (i = 0; problem == NULL && i < portal->n_signing; i++)
		problem =
		    add_signature(arena, &out, &portal->signing[i], &bytes);
	*signatures = out.data;
	return problem;
}

static void
begin(struct arena *arena, const struct delivery *delivery,
    struct request *request, struct delivery_result *result)
{
	const char *id = message_id(arena, delivery), *signatures;
	const char *at =
	    arena_printf(arena, "%lld", (long long)delivery->now.s);
	const char *problem = sign(arena, delivery, id, at, &signatures);

	if (problem != NULL) {
		ending_set(arena, DELIVERY_HELD, problem, result);
		return;
	}
	*request = (struct request){ .method = "POST",
		.url = delivery->portal->url,
		.portal = delivery->portal,
		.body = delivery->body,
		.body_size = delivery->size };
	request_header(request, "Content-Type", "application/json");
	request_header(request, "Idempotency-Key", id);
	request_header(request, "webhook-id", id);
	request_header(request, "webhook-timestamp", at);
	request_header(request, "webhook-signature", signatures);
}

static void
end(struct arena *arena, const struct answer *answer,
    struct delivery_result *result)
{
	bool whole = answer_is_whole(answer);

	/* A 207 tells of several things, of which some may have failed. */
	if (whole && answer->status >= 200 && answer->status <= 299 &&
	    answer->status != 207) {
		result->state = DELIVERY_ACCEPTED;
		return;
	}
	ending_of(arena, answer, result);
	if (whole && answer->status == 409)
		ending_set(
		    arena, DELIVERY_RETRY, "channel.in_progress", result);
}

const struct error *
webhook_step(struct arena *arena, struct delivery *delivery,
    const struct answer *answer, struct request *request,
    struct delivery_result *result)
{
	*result = (struct delivery_result){ .retry_after = -1 };
	if (answer == NULL)
		begin(arena, delivery, request, result);
	else
		end(arena, answer, result);
	return NULL;
}
