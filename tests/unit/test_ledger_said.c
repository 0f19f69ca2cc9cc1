#include <yugao/buf.h>
#include <yugao/ledger.h>

#include "world.h"

static const struct text names[] = { { "价格", "Prices" } };
static const struct text indicators[] = { { "CPI", NULL } };
static const char *const topics[] = { "prices" };
static const char *const channels[] = { "官网" };

/* With all that came after the first version. */
static struct announcement
announcement_full(void)
{
	struct local local = { day_of(2026, 3, 9), 570 };

	return (struct announcement){
		.release = "nbs/cpi/2026-02",
		.uid = "nbs.cpi.2026-02@stats.example",
		.department = "nbs",
		.series = "cpi",
		.period = "2026-02",
		.title = { "居民消费价格", NULL },
		.publisher = { "国家统计局", NULL },
		.when = { PRECISION_INSTANT, local, local.day },
		.timezone = "Asia/Shanghai",
		.start = { 1773019800 },
		.status = SAID_RELEASED,
		.topics = topics,
		.topic_names = names,
		.n_topics = 1,
		.indicators = indicators,
		.n_indicators = 1,
		.channels = channels,
		.n_channels = 1,
		.url = "https://data.example/",
		.note = { "附注", NULL },
		.reason = { "系统故障", NULL },
		.reason_pending = true,
		.method_change = { "基期轮换", NULL },
		.data_status = "preliminary",
		.due = day_of(2026, 3, 31),
		.has_due = true,
		.result_url = "https://data.example/cpi",
		.released = { 1773019860 },
		.has_previous = true,
		.previous = { PRECISION_DATE, { day_of(2026, 3, 8), NO_TIME },
		    day_of(2026, 3, 8) },
		.late = true,
	};
}

static const char *
words_of(struct arena *arena, const struct announcement *announcement)
{
	struct buf buf;

	buf_init(&buf, arena);
	announcement_words(&buf, announcement);
	return buf.data;
}

static const char *
core_of(struct arena *arena, const struct announcement *announcement)
{
	struct buf buf;

	buf_init(&buf, arena);
	announcement_core(&buf, announcement);
	return buf.data;
}

static const char *
json_of(struct arena *arena, const struct announcement *announcement)
{
	struct buf buf;

	buf_init(&buf, arena);
	announcement_write(&buf, announcement, false);
	return buf.data;
}

static void
everything_that_is_said_stands_in_the_json(void **state)
{
	struct announcement a = announcement_full();

	assert_string_equal(json_of(*state, &a),
	    "{\"channels\":[\"官网\"],\"data_status\":\"preliminary\","
	    "\"department\":\"nbs\",\"due\":\"2026-03-31\","
	    "\"indicators\":[{\"zh\":\"CPI\"}],\"late\":true,"
	    "\"method_change\":{\"zh\":\"基期轮换\"},"
	    "\"note\":{\"zh\":\"附注\"},\"period\":\"2026-02\","
	    "\"previous\":{\"precision\":\"date\",\"start\":\"2026-03-08\"},"
	    "\"publisher\":{\"zh\":\"国家统计局\"},"
	    "\"reason\":{\"zh\":\"系统故障\"},\"reason_pending\":true,"
	    "\"release\":\"nbs/cpi/2026-02\","
	    "\"released\":\"2026-03-09T01:31:00Z\","
	    "\"result_url\":\"https://data.example/cpi\","
	    "\"series\":\"cpi\",\"start\":\"2026-03-09T01:30:00Z\","
	    "\"status\":\"released\",\"timezone\":\"Asia/Shanghai\","
	    "\"title\":{\"zh\":\"居民消费价格\"},\"topics\":[{\"en\":"
	    "\"Prices\",\"id\":\"prices\",\"zh\":\"价格\"}],"
	    "\"uid\":\"nbs.cpi.2026-02@stats.example\","
	    "\"url\":\"https://data.example/\",\"when\":{\"precision\":"
	    "\"instant\",\"start\":\"2026-03-09\",\"time\":\"09:30\"}}");
}

static void
everything_that_is_said_reads_back(void **state)
{
	struct announcement a = announcement_full(), back;
	const char *json = json_of(*state, &a);

	no_error(announcement_read(*state, json, &back));
	assert_string_equal(json_of(*state, &back), json);
	assert_true(back.reason_pending);
	assert_true(back.has_due);
	assert_int_equal(back.due.n, a.due.n);
	assert_int_equal(back.released.s, a.released.s);
	assert_string_equal(back.data_status, "preliminary");
	assert_string_equal(back.method_change.zh, "基期轮换");
}

static void
a_member_that_is_none_of_its_kind_is_an_error(void **state)
{
	static const struct {
		const char *good, *bad, *key;
	} cases[] = {
		{ "\"2026-03-31\"", "\"2026-03-32\"", "due" },
		{ "\"2026-03-31\"", "7", "due" },
		{ "\"reason_pending\":true", "\"reason_pending\":false",
		    "reason_pending" },
		{ "\"reason_pending\":true", "\"reason_pending\":\"yes\"",
		    "reason_pending" },
		{ "\"preliminary\"", "true", "data_status" },
		{ "{\"zh\":\"基期轮换\"}", "\"基期轮换\"", "method_change" },
		{ "\"2026-03-09T01:31:00Z\"", "\"yesterday\"", "released" },
		{ "\"2026-03-09T01:31:00Z\"", "0", "released" },
		{ "\"https://data.example/cpi\"", "[]", "result_url" },
		{ "\"status\":\"released\"", "\"status\":\"gone\"", "status" },
		{ "[\"官网\"]", "[\"官网\",1]", "channels" },
		{ "[\"官网\"]", "{}", "channels" },
	};
	struct announcement a = announcement_full();
	const char *json = json_of(*state, &a);
	size_t i;

	for (i = 0; i < COUNT(cases); i++) {
		const char *at = strstr(json, cases[i].good);
		const struct error *error;

		assert_non_null(at);
		error = announcement_read(*state,
		    arena_printf(*state, "%.*s%s%s", (int)(at - json), json,
			cases[i].bad, at + strlen(cases[i].good)),
		    &(struct announcement){ 0 });
		assert_non_null(error);
		assert_string_equal(error->message.id, "ledger.bad_member");
		assert_string_equal(error->message.args[0], cases[i].key);
	}
}

static void
the_instant_of_release_is_said_of_what_is_released_only(void **state)
{
	struct announcement a = announcement_full();

	a.status = SAID_CONFIRMED;
	assert_null(strstr(json_of(*state, &a), "\"released\""));
}

static void
a_new_time_leaves_the_reviewed_words_as_they_were(void **state)
{
	struct announcement a = announcement_full(), moved = a;

	moved.when.start.day.n++;
	moved.when.last.n++;
	moved.start.s += 86400;
	moved.status = SAID_POSTPONED;
	moved.late = moved.has_due = false;
	moved.reason.zh = "另一原因";
	moved.reason_pending = false;
	moved.result_url = NULL;
	moved.has_previous = false;
	moved.timezone = "Asia/Urumqi";
	assert_string_equal(words_of(*state, &a), words_of(*state, &moved));
	assert_string_equal(core_of(*state, &a), core_of(*state, &moved));
}

static void
other_words_need_another_review(void **state)
{
	static const struct text other = { "别的", NULL };
	struct announcement a = announcement_full();
	struct announcement changed[8];
	size_t i;

	for (i = 0; i < COUNT(changed); i++)
		changed[i] = a;
	changed[0].title = other;
	changed[1].note = other;
	changed[2].method_change = other;
	changed[3].data_status = "final";
	changed[4].indicators = &other;
	changed[5].n_channels = 0;
	changed[6].url = NULL;
	changed[7].n_topics = 0;
	for (i = 0; i < COUNT(changed); i++)
		assert_string_not_equal(
		    words_of(*state, &a), words_of(*state, &changed[i]));
}

static void
the_core_is_title_indicators_and_channels(void **state)
{
	struct announcement a = announcement_full();

	assert_string_equal(core_of(*state, &a),
	    "{\"channels\":[\"官网\"],\"indicators\":[{\"zh\":\"CPI\"}],"
	    "\"title\":{\"zh\":\"居民消费价格\"}}");
}

static struct profile
profile_full(void)
{
	static const struct said_indicator said[] = {
		{ { "居民消费价格指数", NULL }, "%" },
		{ { "核心", NULL }, NULL }
	};

	return (struct profile){
		.key = "nbs/cpi",
		.department = "nbs",
		.series = "cpi",
		.name = { "居民消费价格", NULL },
		.level = "national",
		.region = "100000",
		.government = { "国务院", NULL },
		.url = "https://data.example/",
		.contact_unit = { "城市司", NULL },
		.contact_phone = "010-00000000",
		.contact_person = "示例",
		.frequency = "month",
		.topics = topics,
		.n_topics = 1,
		.indicators = said,
		.n_indicators = 2,
		.definition = { "定义", NULL },
		.scope = { "范围", NULL },
		.method = { "方法", NULL },
		.calculation = { "计算", NULL },
		.sample = { "样本", NULL },
		.scheme_name = { "制度", NULL },
		.form_no = "V301",
		.maker = "国家统计局",
		.approval_no = "国统制〔2024〕1号",
		.valid_until = "2027-01",
		.scheme_url = "https://data.example/scheme",
	};
}

#define PROFILE                                                                 \
	"{\"approval_no\":\"国统制〔2024〕1号\",\"calculation\":{\"zh\":" \
	"\"计算\"},\"contact_person\":\"示例\",\"contact_phone\":"          \
	"\"010-00000000\",\"contact_unit\":{\"zh\":\"城市司\"},"             \
	"\"definition\":{\"zh\":\"定义\"},\"department\":\"nbs\","            \
	"\"form_no\":\"V301\",\"frequency\":\"month\",\"government\":"          \
	"{\"zh\":\"国务院\"},\"indicators\":[{\"name\":{\"zh\":"             \
	"\"居民消费价格指数\"},\"unit\":\"%\"},{\"name\":{\"zh\":"      \
	"\"核心\"}}],\"key\":\"nbs/cpi\",\"level\":\"national\",\"maker\":"   \
	"\"国家统计局\",\"method\":{\"zh\":\"方法\"},\"name\":{\"zh\":"  \
	"\"居民消费价格\"},\"region\":\"100000\",\"sample\":{\"zh\":"     \
	"\"样本\"},\"scheme_name\":{\"zh\":\"制度\"},\"scheme_url\":"       \
	"\"https://data.example/scheme\",\"scope\":{\"zh\":\"范围\"},"        \
	"\"series\":\"cpi\",\"topics\":[\"prices\"],\"url\":"                   \
	"\"https://data.example/\",\"valid_until\":\"2027-01\"}"

static void
a_profile_is_canonical_json_and_reads_back(void **state)
{
	struct profile profile = profile_full(), back;
	struct buf buf;

	buf_init(&buf, *state);
	profile_write(&buf, &profile);
	assert_string_equal(buf.data, PROFILE);
	no_error(profile_read(*state, PROFILE, &back));
	buf_clear(&buf);
	profile_write(&buf, &back);
	assert_string_equal(buf.data, PROFILE);
	assert_null(back.indicators[1].unit);
}

static void
a_department_has_a_profile_without_a_series(void **state)
{
	struct profile profile = { .key = "nbs",
		.department = "nbs",
		.name = { "国家统计局", NULL } };
	struct buf buf;

	buf_init(&buf, *state);
	profile_write(&buf, &profile);
	assert_string_equal(buf.data,
	    "{\"department\":\"nbs\",\"key\":"
	    "\"nbs\",\"name\":{\"zh\":\"国家统计局\"}}");
	no_error(profile_read(*state, buf.data, &profile));
	assert_null(profile.series);
}

#define INDICATORS(of) \
	"{\"key\":\"n\",\"department\":\"n\",\"indicators\":[" of "]}"

static void
a_profile_with_a_mistake_is_an_error(void **state)
{
	static const char *const wrong[] = {
		"",
		"[]",
		"{\"key\":\"nbs\"}",
		"{\"department\":\"nbs\"}",
		"{\"key\":\"nbs\",\"department\":7}",
		"{\"key\":\"nbs\",\"department\":\"nbs\",\"name\":\"n\"}",
		"{\"key\":\"nbs\",\"department\":\"nbs\",\"topics\":{}}",
		"{\"key\":\"nbs\",\"department\":\"nbs\",\"topics\":[1]}",
		"{\"key\":\"nbs\",\"department\":\"nbs\",\"indicators\":[1]}",
		INDICATORS("{}"),
		INDICATORS("{\"name\":{\"zh\":\"n\"},\"unit\":1}"),
	};
	struct profile profile;
	size_t i;

	for (i = 0; i < COUNT(wrong); i++)
		assert_non_null(profile_read(*state, wrong[i], &profile));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, arena_make, arena_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(everything_that_is_said_stands_in_the_json),
		TEST(everything_that_is_said_reads_back),
		TEST(a_member_that_is_none_of_its_kind_is_an_error),
		TEST(the_instant_of_release_is_said_of_what_is_released_only),
		TEST(a_new_time_leaves_the_reviewed_words_as_they_were),
		TEST(other_words_need_another_review),
		TEST(the_core_is_title_indicators_and_channels),
		TEST(a_profile_is_canonical_json_and_reads_back),
		TEST(a_department_has_a_profile_without_a_series),
		TEST(a_profile_with_a_mistake_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
