/*
 * Group robots of WeCom, DingTalk and Feishu: a short text for people.  The
 * whole URL is a secret, for its key stands in it; it is wiped when the
 * answer is there.  They refuse inside of a 200.
 */
#include <stdio.h>
#include <string.h>

#include <yugao/arena.h>
#include <yugao/buf.h>
#include <yugao/error.h>
#include <yugao/hmac.h>

#include "details.h"
#include "ending.h"
#include "kinds.h"
#include "secret.h"

#define PARTS_MOST 256 /* of the signature, in the URL */
#define BUSY_SECONDS 60
#define KEY_LEAST 8

/* What is kept of a delivery until its answer: all secret. */
struct own {
	char url[SECRET_MOST + PARTS_MOST];
	char key[SECRET_MOST +
		 PARTS_MOST]; /* the URL's end, which nobody may repeat */
};

/* What the codes mean that are not 0; others refuse the message. */
static const struct {
	enum robot robot;
	int64_t code;
	enum delivered state;
	const char *problem;
} codes[] = {
	{ ROBOT_WECOM, -1, DELIVERY_RETRY, "channel.busy" },
	{ ROBOT_WECOM, 45009, DELIVERY_RETRY, "channel.busy" },
	{ ROBOT_WECOM, 45033, DELIVERY_RETRY, "channel.busy" },
	{ ROBOT_WECOM, 93000, DELIVERY_HELD, "channel.robot_url" },
	{ ROBOT_DINGTALK, -1, DELIVERY_RETRY, "channel.busy" },
	{ ROBOT_DINGTALK, 130101, DELIVERY_RETRY, "channel.busy" },
	{ ROBOT_DINGTALK, 410100, DELIVERY_RETRY, "channel.busy" },
	{ ROBOT_DINGTALK, 90030, DELIVERY_RETRY, "channel.busy" },
	{ ROBOT_DINGTALK, 300001, DELIVERY_HELD, "channel.robot_url" },
	{ ROBOT_DINGTALK, 310000, DELIVERY_HELD, "channel.robot_settings" },
	{ ROBOT_FEISHU, 9499, DELIVERY_RETRY, "channel.busy" },
	{ ROBOT_FEISHU, 11232, DELIVERY_RETRY, "channel.busy" },
	{ ROBOT_FEISHU, 19001, DELIVERY_HELD, "channel.robot_url" },
	{ ROBOT_FEISHU, 19021, DELIVERY_HELD, "channel.robot_settings" },
	{ ROBOT_FEISHU, 19022, DELIVERY_HELD, "channel.robot_settings" },
	{ ROBOT_FEISHU, 19024, DELIVERY_HELD, "channel.robot_settings" },
};

/* DingTalk: the secret signs "timestamp\nsecret", in the URL. */
static void
sign_dingtalk(struct arena *arena, struct own *own, int64_t now,
    const struct secret *secret)
{
	static const char hex[] = "0123456789ABCDEF";
	char ms[24], text[sizeof(ms) + sizeof(secret->data)];
	int n = snprintf(ms, sizeof(ms), "%lld", (long long)now * 1000);
	int len = snprintf(text, sizeof(text), "%s\n%s", ms, secret->data);
	struct digest digest =
	    hmac_sha256(secret->data, secret->len, text, (size_t)len);
	const char *sign = base64(arena, digest.bytes, sizeof(digest.bytes));
	char *at = own->url + strlen(own->url);

	explicit_bzero(text, sizeof(text));
	at += snprintf(at, PARTS_MOST / 2,
	    "%stimestamp=%.*s&sign=", strchr(own->url, '?') == NULL ? "?" : "&",
	    n, ms);
	for (; *sign != '\0'; sign++) {
		if (strchr("+/=", *sign) == NULL) {
			*at++ = *sign;
			continue;
		}
		*at++ = '%';
		*at++ = hex[(unsigned char)*sign >> 4];
		*at++ = hex[(unsigned char)*sign & 15];
	}
	*at = '\0';
}

/* Feishu: "timestamp\nsecret" signs nothing, and stands in the body. */
static void
sign_feishu(struct arena *arena, struct buf *body, int64_t now,
    const struct secret *secret)
{
	char key[24 + sizeof(secret->data)];
	int len = snprintf(
	    key, sizeof(key), "%lld\n%s", (long long)now, secret->data);
	struct digest digest = hmac_sha256(key, (size_t)len, "", 0);

	explicit_bzero(key, sizeof(key));
	buf_printf(body, "\"timestamp\":\"%lld\",\"sign\":\"%s\",",
	    (long long)now, base64(arena, digest.bytes, sizeof(digest.bytes)));
}

static const char *
sign(struct arena *arena, const struct delivery *delivery, struct own *own,
    struct buf *body)
{
	const struct portal *portal = delivery->portal;
	struct secret *secret;
	const char *problem;

	if (portal->robot_secret.name == NULL)
		return NULL;
	secret = arena_alloc(arena, sizeof(*secret));
	problem = secret_line_read(&portal->robot_secret, secret);
	if (problem == NULL && portal->robot == ROBOT_DINGTALK)
		sign_dingtalk(arena, own, delivery->now.s, secret);
	else if (problem == NULL && portal->robot == ROBOT_FEISHU)
		sign_feishu(arena, body, delivery->now.s, secret);
	secret_wipe(secret);
	return problem;
}

/* What follows the last '=' or '/'; if that is next to nothing, all of it. */
static const char *
key_of(const char *url)
{
	const char *equals = strrchr(url, '='), *slash = strrchr(url, '/');
	const char *key = equals > slash ? equals : slash;

	return key == NULL || strlen(key) <= KEY_LEAST ? url : key + 1;
}

static const char *
read_url(struct arena *arena, const struct portal *portal, struct own *own)
{
	struct secret *secret = arena_alloc(arena, sizeof(*secret));
	const char *problem = secret_line_read(&portal->url_secret, secret);

	if (problem == NULL && strncmp(secret->data, "https://", 8) != 0 &&
	    strncmp(secret->data, "http://", 7) != 0)
		problem = "channel.robot_url";
	if (problem == NULL) {
		memcpy(own->url, secret->data, secret->len + 1);
		memcpy(
		    own->key, key_of(own->url), strlen(key_of(own->url)) + 1);
	}
	secret_wipe(secret);
	return problem;
}

static void
write_body(const struct delivery *delivery, struct buf *body)
{
	bool feishu = delivery->portal->robot == ROBOT_FEISHU;

	buf_puts(body, feishu ? "\"msg_type\":\"text\",\"content\":{\"text\":"
			      : "\"msgtype\":\"text\",\"text\":{\"content\":");
	buf_json(body, delivery->body);
	buf_puts(body, "}}");
}

static void
begin(struct arena *arena, struct delivery *delivery, struct request *request,
    struct delivery_result *result)
{
	struct own *own = arena_alloc(arena, sizeof(*own));
	const char *problem = read_url(arena, delivery->portal, own);
	struct buf body;

	buf_init(&body, arena);
	buf_putc(&body, '{');
	if (problem == NULL)
		problem = sign(arena, delivery, own, &body);
	if (problem != NULL) {
		explicit_bzero(own, sizeof(*own));
		ending_set(arena, DELIVERY_HELD, problem, result);
		return;
	}
	write_body(delivery, &body);
	delivery->own = own;
	*request = (struct request){ .method = "POST",
		.url = own->url,
		.portal = delivery->portal,
		.body = body.data,
		.body_size = (int64_t)body.len,
		.hide = own->key };
	request_header(
	    request, "Content-Type", "application/json; charset=utf-8");
}

static void
judge_code(struct arena *arena, enum robot robot,
    const struct robot_answer *said, struct delivery_result *result)
{
	size_t i;

	ending_set(arena, DELIVERY_REFUSED, "channel.robot_refused", result);
	for (i = 0; i < COUNT(codes); i++)
		if (codes[i].robot == robot && codes[i].code == said->code)
			ending_set(
			    arena, codes[i].state, codes[i].problem, result);
	if (result->state == DELIVERY_RETRY)
		result->retry_after = BUSY_SECONDS;
	result->detail = arena_printf(arena, "%lld %s", (long long)said->code,
	    said->words == NULL ? "" : said->words);
}

static void
end(struct arena *arena, const struct delivery *delivery,
    const struct answer *answer, struct delivery_result *result)
{
	struct robot_answer said;

	if (!answer_is_whole(answer) || answer->status != 200) {
		ending_of(arena, answer, result);
		return;
	}
	details_robot(arena, answer, &said);
	if (!said.there)
		ending_set(arena, DELIVERY_RETRY, "channel.unexpected", result);
	else if (said.code == 0)
		result->state = DELIVERY_ACCEPTED;
	else
		judge_code(arena, delivery->portal->robot, &said, result);
}

const struct error *
robot_step(struct arena *arena, struct delivery *delivery,
    const struct answer *answer, struct request *request,
    struct delivery_result *result)
{
	*result = (struct delivery_result){ .retry_after = -1 };
	if (answer == NULL) {
		begin(arena, delivery, request, result);
		return NULL;
	}
	end(arena, delivery, answer, result);
	explicit_bzero(delivery->own, sizeof(struct own));
	return NULL;
}
