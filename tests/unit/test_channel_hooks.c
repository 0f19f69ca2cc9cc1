/*
 * Webhooks and group robots: what is sent, and what each answer means.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include <yugao/arena.h>
#include <yugao/error.h>
#include <yugao/hmac.h>

#include "../../src/channel/kinds.h"

#include "channel_world.h"

#define AT ((int64_t)1614265330)
#define DINGTALK_SIGN "Dy1F%2FAubx%2BVl1q9BdFWhQl%2ByLBt9I7LKkq%2BLHdiIV8M%3D"
#define FEISHU_SIGN "j7LHnKTkc/bYS/N3dx+VTVgPvS9ThnXkabC2bNOiWV0="
#define BODY "{\"test\": 2432232314}"

static struct delivery
delivery_of(struct world *world, const char *body)
{
	return (struct delivery){ .portal = &world->portal,
		.path = "nbs/cpi/2026-03",
		.body = body,
		.size = (int64_t)strlen(body),
		.digest = digest_of(body, strlen(body)),
		.now = { AT } };
}

static const char *
header(const struct request *request, const char *name)
{
	size_t i;

	for (i = 0; i < request->n_headers; i++)
		if (strcmp(request->headers[i].name, name) == 0)
			return request->headers[i].value;
	return NULL;
}

static struct secret_place
secret_file(struct world *world, const char *name, const char *content)
{
	const char *path = write_file(world, name, content);

	assert_int_equal(chmod(path, 0600), 0);
	return (struct secret_place){ SECRET_FILE, path };
}

static const char *
hex_of(struct arena *arena, const struct digest *digest)
{
	char hex[DIGEST_HEX_SIZE];

	return arena_strdup(arena, digest_hex(hex, digest));
}

/* RFC 4231, test cases 1 to 3. */
static void
hmac_is_that_of_the_rfc(void **state)
{
	struct world *world = *state;
	unsigned char key[20], data[50];
	struct digest digest;

	memset(key, 0x0b, sizeof(key));
	digest = hmac_sha256(key, 20, "Hi There", 8);
	assert_string_equal(hex_of(world->arena, &digest),
	    "b0344c61d8db38535ca8afceaf0bf12b"
	    "881dc200c9833da726e9376c2e32cff7");
	digest = hmac_sha256("Jefe", 4, "what do ya want for nothing?", 28);
	assert_string_equal(hex_of(world->arena, &digest),
	    "5bdcc146bf60754e6a042426089575c7"
	    "5a003f089d2739839dec58b964ec3843");
	memset(key, 0xaa, sizeof(key));
	memset(data, 0xdd, sizeof(data));
	digest = hmac_sha256(key, 20, data, 50);
	assert_string_equal(hex_of(world->arena, &digest),
	    "773ea91e36800e46854db8ebd09181a7"
	    "2959098b3ef8c122d9635514ced565fe");
}

static void
base64_reads_what_it_is_and_nothing_else(void **state)
{
	static const struct {
		const char *text;
		int len; /* -1: none */
	} cases[] = {
		{ "Zg==", 1 },
		{ "Zg", 1 },
		{ "Zm8=", 2 },
		{ "Zm8", 2 },
		{ "Zm9v", 3 },
		{ "Zm9vYg==", 4 },
		{ "+/+/", 3 },
		{ "", -1 },
		{ "=", -1 },
		{ "Z", -1 },
		{ "Zg=", -1 },
		{ "Zg===", -1 },
		{ "Zh==", -1 },
		{ "Zm9=", -1 },
		{ "Zm9v=", -1 },
		{ "Zm9v====", -1 },
		{ "Zm 9", -1 },
		{ "Zm9v\n", -1 },
		{ "-_-_", -1 },
		{ "Zg==Zg==", -1 },
		{ "Zm9vZm9vZm9v", -1 },
	};
	unsigned char out[8];
	size_t i, len;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		bool ok = base64_read(cases[i].text, out, sizeof(out), &len);

		assert_int_equal(ok, cases[i].len != -1);
		if (ok)
			assert_int_equal(len, cases[i].len);
	}
}

static void
a_webhook_is_signed_with_each_key_the_newest_first(void **state)
{
	struct world *world = *state;
	struct delivery delivery = delivery_of(world, BODY);
	struct delivery_result result;
	struct request request;
	const char *signatures, *id;

	world->portal.url = "https://example.cn/hook?a=1";
	world->portal.signing[0] = secret_file(
	    world, "new", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n");
	world->portal.signing[1] =
	    secret_file(world, "old", "bm90IHRoZSBzYW1lIGtleSBhdCBhbGwh\n");
	world->portal.n_signing = 2;
	no_error(
	    webhook_step(world->arena, &delivery, NULL, &request, &result));
	assert_int_equal(result.state, DELIVERY_GOES_ON);
	assert_string_equal(request.method, "POST");
	assert_string_equal(request.url, "https://example.cn/hook?a=1");
	assert_string_equal(request.body, BODY);
	id = header(&request, "webhook-id");
	assert_string_equal(header(&request, "Idempotency-Key"), id);
	assert_string_equal(
	    header(&request, "webhook-timestamp"), "1614265330");
	signatures = header(&request, "webhook-signature");
	assert_int_equal(strlen(signatures), 2 * 47 + 1);
	assert_memory_equal(signatures, "v1,", 3);
	assert_memory_equal(signatures + 47, " v1,", 4);
	/* The same content has the same id, and another content another. */
	no_error(
	    webhook_step(world->arena, &delivery, NULL, &request, &result));
	assert_string_equal(header(&request, "webhook-id"), id);
	delivery = delivery_of(world, BODY " ");
	no_error(
	    webhook_step(world->arena, &delivery, NULL, &request, &result));
	assert_string_not_equal(header(&request, "webhook-id"), id);
}

static void
a_webhook_without_a_usable_key_is_held_and_sends_nothing(void **state)
{
	static const char *const bad[] = { "whsec_c2hvcnQ=\n", "whsec_\n",
		"whsec_not base64\n",
		"whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
		"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n" };
	struct world *world = *state;
	struct delivery delivery = delivery_of(world, BODY);
	struct delivery_result result;
	struct request request;
	size_t i;

	world->portal.n_signing = 1;
	for (i = 0; i < COUNT(bad); i++) {
		world->portal.signing[0] = secret_file(world, "key", bad[i]);
		no_error(webhook_step(
		    world->arena, &delivery, NULL, &request, &result));
		assert_int_equal(result.state, DELIVERY_HELD);
		assert_string_equal(
		    result.problem.id, "channel.webhook_secret");
	}
	world->portal.signing[0].name = "/nonexistent";
	no_error(
	    webhook_step(world->arena, &delivery, NULL, &request, &result));
	assert_int_equal(result.state, DELIVERY_HELD);
}

static struct answer
answer_of(int status, const char *type, const char *body)
{
	return (struct answer){ .carried = CARRIED_ANSWER,
		.status = status,
		.content_type = type,
		.body = body,
		.body_len = strlen(body),
		.retry_after = -1 };
}

static void
each_answer_to_a_webhook_has_its_meaning(void **state)
{
	static const struct {
		int status;
		enum delivered state;
		const char *problem;
	} cases[] = {
		{ 200, DELIVERY_ACCEPTED, NULL },
		{ 201, DELIVERY_ACCEPTED, NULL },
		{ 202, DELIVERY_ACCEPTED, NULL },
		{ 204, DELIVERY_ACCEPTED, NULL },
		{ 299, DELIVERY_ACCEPTED, NULL },
		{ 207, DELIVERY_RETRY, "channel.unexpected" },
		{ 301, DELIVERY_HELD, "channel.redirected" },
		{ 400, DELIVERY_REFUSED, "channel.bad_request" },
		{ 401, DELIVERY_HELD, "channel.unauthorized" },
		{ 403, DELIVERY_HELD, "channel.forbidden" },
		{ 404, DELIVERY_REFUSED, "channel.not_found" },
		{ 408, DELIVERY_RETRY, "channel.busy" },
		{ 409, DELIVERY_RETRY, "channel.in_progress" },
		{ 410, DELIVERY_HELD, "channel.gone" },
		{ 413, DELIVERY_REFUSED, "channel.body_too_large" },
		{ 422, DELIVERY_REFUSED, "channel.refused" },
		{ 425, DELIVERY_RETRY, "channel.busy" },
		{ 429, DELIVERY_RETRY, "channel.busy" },
		{ 500, DELIVERY_RETRY, "channel.server_error" },
		{ 503, DELIVERY_RETRY, "channel.server_error" },
	};
	struct world *world = *state;
	struct delivery delivery = delivery_of(world, BODY);
	struct delivery_result result;
	struct request request;
	size_t i;

	for (i = 0; i < COUNT(cases); i++) {
		struct answer answer = answer_of(cases[i].status, NULL, "");

		no_error(webhook_step(
		    world->arena, &delivery, &answer, &request, &result));
		assert_int_equal(result.state, cases[i].state);
		assert_false(result.read_back);
		if (cases[i].problem != NULL)
			assert_string_equal(
			    result.problem.id, cases[i].problem);
	}
}

static void
robot_of(
    struct world *world, enum robot robot, const char *url, const char *secret)
{
	world->portal.url = NULL;
	world->portal.robot = robot;
	world->portal.url_secret = secret_file(world, "url", url);
	world->portal.robot_secret = (struct secret_place){ 0 };
	if (secret != NULL)
		world->portal.robot_secret =
		    secret_file(world, "secret", secret);
}

/* The signatures were made with Python's hmac as the makers' pages show. */
static void
each_robot_is_spoken_to_in_its_own_way(void **state)
{
	struct world *world = *state;
	struct delivery delivery = delivery_of(world, "预告\n\"一\"");
	struct delivery_result result;
	struct request request;

	robot_of(world, ROBOT_WECOM, "https://w.example/send?key=0123456789\n",
	    NULL);
	no_error(robot_step(world->arena, &delivery, NULL, &request, &result));
	assert_string_equal(
	    request.url, "https://w.example/send?key=0123456789");
	assert_string_equal(request.hide, "0123456789");
	assert_string_equal(request.body,
	    "{\"msgtype\":\"text\",\"text\":{\"content\":"
	    "\"预告\\n\\\"一\\\"\"}}");
	robot_of(world, ROBOT_DINGTALK,
	    "https://d.example/robot/send?access_token=0123456789", "SECabc\n");
	no_error(robot_step(world->arena, &delivery, NULL, &request, &result));
	assert_string_equal(request.url,
	    "https://d.example/robot/send?access_token=0123456789"
	    "&timestamp=1614265330000&sign=" DINGTALK_SIGN);
	robot_of(
	    world, ROBOT_FEISHU, "https://f.example/hook/0123456789", "abc\n");
	no_error(robot_step(world->arena, &delivery, NULL, &request, &result));
	assert_string_equal(request.url, "https://f.example/hook/0123456789");
	assert_string_equal(request.hide, "0123456789");
	assert_string_equal(request.body,
	    "{\"timestamp\":\"1614265330\",\"sign\":\"" FEISHU_SIGN
	    "\",\"msg_type\":\"text\",\"content\":{\"text\":"
	    "\"预告\\n\\\"一\\\"\"}}");
}

static void
a_robot_whose_url_is_none_is_held(void **state)
{
	struct world *world = *state;
	struct delivery delivery = delivery_of(world, "预告");
	struct delivery_result result;
	struct request request;

	robot_of(world, ROBOT_WECOM, "ftp://w.example/\n", NULL);
	no_error(robot_step(world->arena, &delivery, NULL, &request, &result));
	assert_int_equal(result.state, DELIVERY_HELD);
	assert_string_equal(result.problem.id, "channel.robot_url");
	world->portal.url_secret.name = "/nonexistent";
	no_error(robot_step(world->arena, &delivery, NULL, &request, &result));
	assert_int_equal(result.state, DELIVERY_HELD);
}

static void
robots_refuse_inside_of_a_200(void **state)
{
	static const struct {
		enum robot robot;
		int status;
		const char *body;
		enum delivered state;
		const char *problem, *detail;
	} cases[] = {
		{ ROBOT_WECOM, 200, "{\"errcode\":0,\"errmsg\":\"ok\"}",
		    DELIVERY_ACCEPTED, NULL, NULL },
		{ ROBOT_WECOM, 200, "{\"errcode\":45009,\"errmsg\":\"freq\"}",
		    DELIVERY_RETRY, "channel.busy", "45009 freq" },
		{ ROBOT_WECOM, 200, "{\"errcode\":93000}", DELIVERY_HELD,
		    "channel.robot_url", "93000 " },
		{ ROBOT_WECOM, 200, "{\"errcode\":40008,\"errmsg\":\"type\"}",
		    DELIVERY_REFUSED, "channel.robot_refused", "40008 type" },
		{ ROBOT_WECOM, 200, "<html>", DELIVERY_RETRY,
		    "channel.unexpected", NULL },
		{ ROBOT_WECOM, 200, "{\"errcode\":\"0\"}", DELIVERY_RETRY,
		    "channel.unexpected", NULL },
		{ ROBOT_WECOM, 503, "", DELIVERY_RETRY, "channel.server_error",
		    NULL },
		{ ROBOT_WECOM, 302, "", DELIVERY_HELD, "channel.redirected",
		    NULL },
		{ ROBOT_DINGTALK, 200, "{\"errcode\":0}", DELIVERY_ACCEPTED,
		    NULL, NULL },
		{ ROBOT_DINGTALK, 200, "{\"errcode\":130101}", DELIVERY_RETRY,
		    "channel.busy", "130101 " },
		{ ROBOT_DINGTALK, 200, "{\"errcode\":310000}", DELIVERY_HELD,
		    "channel.robot_settings", "310000 " },
		/* The number means something else there. */
		{ ROBOT_DINGTALK, 200, "{\"errcode\":93000}", DELIVERY_REFUSED,
		    "channel.robot_refused", "93000 " },
		{ ROBOT_FEISHU, 200, "{\"code\":0,\"msg\":\"success\"}",
		    DELIVERY_ACCEPTED, NULL, NULL },
		{ ROBOT_FEISHU, 200, "{\"StatusCode\":0}", DELIVERY_ACCEPTED,
		    NULL, NULL },
		{ ROBOT_FEISHU, 200, "{\"code\":11232,\"msg\":\"limit\"}",
		    DELIVERY_RETRY, "channel.busy", "11232 limit" },
		{ ROBOT_FEISHU, 200, "{\"code\":19021,\"msg\":\"sign\"}",
		    DELIVERY_HELD, "channel.robot_settings", "19021 sign" },
		{ ROBOT_FEISHU, 200, "{\"code\":19001}", DELIVERY_HELD,
		    "channel.robot_url", "19001 " },
	};
	struct world *world = *state;
	struct delivery delivery = delivery_of(world, "预告");
	struct delivery_result result;
	struct request request;
	size_t i;

	for (i = 0; i < COUNT(cases); i++) {
		struct answer answer =
		    answer_of(cases[i].status, NULL, cases[i].body);

		robot_of(world, cases[i].robot,
		    "https://r.example/hook/0123456789", NULL);
		no_error(robot_step(
		    world->arena, &delivery, NULL, &request, &result));
		no_error(robot_step(
		    world->arena, &delivery, &answer, &request, &result));
		assert_int_equal(result.state, cases[i].state);
		if (cases[i].problem != NULL)
			assert_string_equal(
			    result.problem.id, cases[i].problem);
		if (cases[i].detail != NULL)
			assert_string_equal(result.detail, cases[i].detail);
		if (cases[i].state == DELIVERY_RETRY && cases[i].detail != NULL)
			assert_int_equal(result.retry_after, 60);
		/* The key is wiped when the answer is there. */
		assert_string_equal(request.url, "");
	}
}

#define TEST(function) \
	cmocka_unit_test_setup_teardown(function, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(hmac_is_that_of_the_rfc),
		TEST(base64_reads_what_it_is_and_nothing_else),
		TEST(a_webhook_is_signed_with_each_key_the_newest_first),
		TEST(a_webhook_without_a_usable_key_is_held_and_sends_nothing),
		TEST(each_answer_to_a_webhook_has_its_meaning),
		TEST(each_robot_is_spoken_to_in_its_own_way),
		TEST(a_robot_whose_url_is_none_is_held),
		TEST(robots_refuse_inside_of_a_200),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
