/* What plans, departments and the policy file say for the notice's rules. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <jansson.h>

#include <yugao/arena.h>
#include <yugao/error.h>
#include <yugao/office.h>
#include <yugao/plan.h>
#include <yugao/policy.h>

#include "../../src/plan/office.h"

#include "plan_world.h"

#define FILES "tests/data/schema/"
#define SHIPPED "config/policy/cq-2020-91.json"

static void
read_plan(struct world *world, const char *path)
{
	world->diags = (struct diags){ 0 };
	assert_null(
	    plan_read(world->arena, NULL, path, &world->diags, &world->plan));
	assert_non_null(world->plan);
}

static const struct department *
read_department(struct world *world, const char *path, bool *ok)
{
	struct department *department =
	    arena_alloc(world->arena, sizeof(*department));

	world->diags = (struct diags){ 0 };
	assert_null(department_read(
	    world->arena, path, NULL, &world->diags, department, ok));
	return department;
}

static const struct department *
good_department(struct world *world, const char *name)
{
	bool ok;
	const struct department *department = read_department(world,
	    arena_printf(world->arena, FILES "department/%s.json", name), &ok);

	assert_true(ok);
	return department;
}

static struct day
day(int year, int month, int mday)
{
	return day_of(year, month, mday);
}

static void
check_series(const struct series *series)
{
	assert_int_equal(series->overlap, DECLARED_YES);
	assert_int_equal(series->census, DECLARED_NO);
	assert_int_equal(series->sampled, DECLARED_YES);
	assert_int_equal(series->disclosure_control, DECLARED_YES);
	assert_string_equal(series->data_status, "preliminary");
	assert_string_equal(series->joint->lead, "某局（示例）");
	assert_int_equal(series->joint->n_members, 2);
	assert_string_equal(series->joint->members[1], "某署（示例）");
	assert_string_equal(series->revision->revises, "nbs/cpi/2025-12");
	assert_string_equal(series->revision->basis.zh, "年报核定");
	assert_string_equal(
	    series->revision->explanation.en, "Revised to the annual figures");
	assert_int_equal(series->n_method_changes, 2);
	assert_string_equal(series->method_changes[0].from, "2026-03");
	assert_int_equal(
	    series->method_changes[0].declared.n, day(2026, 1, 9).n);
	assert_string_equal(series->method_changes[0].note.zh, "换基期");
}

static void
check_scheme(const struct scheme *scheme)
{
	assert_false(scheme->national);
	assert_string_equal(scheme->authorisation, "某局函〔2025〕1号（示例）");
	assert_true(scheme->has_renewal);
	assert_int_equal(scheme->renewal_since.n, day(2027, 10, 8).n);
	assert_int_equal(scheme->n_frequencies, 2);
	assert_string_equal(scheme->frequencies[1], "annual");
	assert_int_equal(scheme->n_channels, 1);
	assert_string_equal(scheme->channels[0], "网站（示例）");
	assert_int_equal(scheme->deadline_months, 1);
	assert_int_equal(scheme->deadline_day, 31);
	assert_false(scheme->deadline_by_notice);
	assert_string_equal(scheme->sharing.content, "汇总数据");
	assert_string_equal(scheme->sharing.mode, "接口");
	assert_string_equal(scheme->sharing.time_limit, "每月20日前");
	assert_string_equal(scheme->sharing.channel, "共享平台");
	assert_string_equal(scheme->sharing.responsibility, "统计处（示例）");
}

static void
check_withheld(const struct series *series)
{
	assert_string_equal(series->withheld_ground, "XXGK-16");
	assert_true(series->has_withheld_review);
	assert_int_equal(series->withheld_review.n, day(2026, 12, 31).n);
	assert_non_null(series->revision);
	assert_null(series->revision->revises);
}

static void
a_series_says_what_the_rules_ask(void **state)
{
	struct world *world = *state;
	const struct series *series;

	read_plan(world, FILES "plan/good-stated.json");
	assert_string_equal(world->plan->prepared_by, "编制人（示例）");
	series = plan_series(world->plan, "cpi");
	check_series(series);
	check_scheme(series->scheme);
	check_withheld(plan_series(world->plan, "kept"));
}

static void
a_series_inherits_what_the_defaults_say(void **state)
{
	struct world *world = *state;
	const struct series *series;

	read_plan(world, FILES "plan/good-stated.json");
	series = plan_series(world->plan, "inherits");
	assert_int_equal(series->overlap, DECLARED_NO);
	assert_int_equal(series->disclosure_control, DECLARED_NO);
	assert_string_equal(series->data_status, "final");
	assert_null(series->joint->lead);
	assert_true(series->scheme->national);
	assert_true(series->scheme->deadline_by_notice);
	assert_null(series->withheld_ground);
	assert_null(series->revision);
}

static void
what_is_not_said_is_neither_yes_nor_no(void **state)
{
	struct world *world = *state;
	const struct series *series;

	read_plan(world, FILES "plan/good-least.json");
	assert_null(world->plan->prepared_by);
	series = &world->plan->series[0];
	assert_int_equal(series->overlap, DECLARED_NOT);
	assert_int_equal(series->census, DECLARED_NOT);
	assert_int_equal(series->sampled, DECLARED_NOT);
	assert_int_equal(series->disclosure_control, DECLARED_NOT);
	assert_null(series->data_status);
	assert_null(series->joint);
	assert_int_equal(series->n_method_changes, 0);
	assert_false(series->has_withheld_review);
}

/* Mistakes beside words that must not be seen. */
static void
of_a_withheld_series_no_word_is_quoted(void **state)
{
	static const char *const members[] = {
		"\"withheld\": {\"ground\": \"canary\"}",
		"\"withheld\": {\"canary\": 1, \"ground\": \"XXGK-14\"}",
		"\"joint\": {\"members\": [\"canary\", \"canary\"]}",
		"\"data_status\": \"canary\"",
		"\"method_changes\": [{\"from\": \"canary\", \"declared\": "
		"\"2026-01-01\"}]",
		"\"method_changes\": [{\"from\": \"2026\", \"declared\": "
		"\"canary\"}]",
		"\"scheme\": {\"deadline\": \"canary\"}",
		"\"scheme\": {\"frequencies\": [\"canary\"]}",
		"\"scheme\": {\"renewal_since\": \"canary\"}",
		"\"scheme\": {\"sharing\": {\"canary\": \"x\"}}",
		"\"revision\": {\"canary\": \"x\"}",
	};
	struct world *world = *state;
	size_t i, j;

	for (i = 0; i < COUNT(members); i++) {
		const char *json = arena_printf(world->arena,
		    "{\"department\": \"nbs\", \"year\": 2026, \"series\": [{"
		    "\"id\": \"a\", \"title\": \"A\", \"frequency\": "
		    "\"monthly\", \"class\": \"internal\", \"time\": "
		    "\"09:30\", \"timing\": {\"day\": 9}, %s}]}",
		    members[i]);

		world->diags = (struct diags){ 0 };
		assert_null(plan_read(world->arena, NULL,
		    write_file(world, "nbs-2026.json", json), &world->diags,
		    &world->plan));
		assert_null(world->plan);
		assert_true(world->diags.errors > 0);
		for (j = 0; j < world->diags.n; j++)
			assert_null(strstr(diag_text(world->arena, LANG_EN,
					       &world->diags.v[j]),
			    "canary"));
	}
}

static void
a_department_says_who_is_in_charge(void **state)
{
	const struct department *department =
	    good_department(*state, "good-whole");

	assert_int_equal(department->n_units, 2);
	assert_string_equal(
	    department->units[1].en, "General division (example)");
	assert_string_equal(department->lead_unit.zh, "统计处（示例）");
	assert_string_equal(department->leader->name, "示例甲");
	assert_true(department->leader->has_from);
	assert_int_equal(department->leader->until.n, day(2029, 2, 28).n);
	assert_string_equal(department->head->name, "示例乙");
	assert_false(department->head->has_until);
	assert_true(department->has_head_told);
	assert_int_equal(department->head_told.n, day(2025, 6, 3).n);
	assert_string_equal(department->institution->id, "cq-stats");
	assert_string_equal(department->institution->name.zh, "重庆市统计局");
	assert_string_equal(department->institution->level, "city");
	assert_string_equal(department->institution->region, "500000");
	assert_null(department->government.zh);
}

static void
a_person_is_named_only_when_switched_on(void **state)
{
	assert_string_equal(
	    good_department(*state, "good-whole")->contact_person, "示例丙");
	assert_null(good_department(*state, "good-zone")->contact_person);
}

static void
who_has_no_code_names_its_government(void **state)
{
	const struct department *zone = good_department(*state, "good-zone");

	assert_null(zone->region);
	assert_string_equal(zone->government.zh, "重庆市人民政府");
	assert_int_equal(zone->n_units, 0);
	assert_null(zone->head);
	assert_false(zone->has_head_told);
	assert_false(zone->leader->has_from);
	assert_null(zone->institution->id);
	assert_false(zone->has_enforce_from);
	assert_int_equal(zone->n_enforcement, 0);
}

static void
each_rule_may_be_enforced_from_a_day_of_its_own(void **state)
{
	const struct department *department =
	    good_department(*state, "good-whole");

	assert_true(department->has_enforce_from);
	assert_int_equal(department->enforce_from.n, day(2026, 7, 1).n);
	assert_int_equal(department->n_enforcement, 2);
	assert_string_equal(department->enforcement[0].rule, "B10");
	assert_string_equal(department->enforcement[1].rule, "B3");
	assert_int_equal(department->enforcement[1].from.n, day(2027, 1, 1).n);
	department = good_department(*state, "good-full");
	assert_true(department->has_enforce_from);
	assert_int_equal(department->n_enforcement, 0);
}

static bool
is_secret(const char *rule)
{
	return rule[0] == 'D' || strcmp(rule, "E3") == 0 ||
	       strcmp(rule, "C5") == 0;
}

/* The reader's list is the matrix's. */
static void
every_rule_but_those_of_secrecy_may_be_put_off(void **state)
{
	struct world *world = *state;
	size_t n, i;
	const struct policy_rule *rules = policy_rules(&n);

	assert_true(n > 60);
	for (i = 0; i < n; i++) {
		bool ok;

		read_department(world,
		    write_file(world, "d.json",
			arena_printf(world->arena,
			    "{\"id\": \"d\", \"name\": \"某局\", \"level\": "
			    "\"city\", \"region_code\": \"500000\", "
			    "\"enforce_from\": {\"%s\": \"2027-01-01\"}}",
			    rules[i].id)),
		    &ok);
		if (ok == is_secret(rules[i].id))
			fail_msg("%s", rules[i].id);
		if (!ok)
			assert_string_equal(world->diags.v[0].message.id,
			    "plan.enforced_always");
	}
}

static void
a_region_code_goes_with_its_level(void **state)
{
	static const struct {
		const char *code, *level, *id; /* NULL: right */
	} cases[] = {
		{ "500000", "city", NULL },
		{ "500101", "county", NULL },
		{ "500243", "county", NULL },
		{ "510100", "city", NULL },
		{ "510000", "city", NULL },
		{ "429004", "county", NULL },
		{ "100000", "national", NULL },
		{ "500000", "county", "plan.region_level" },
		{ "500000", "national", "plan.region_level" },
		{ "500101", "city", "plan.region_level" },
		{ "500243", "city", "plan.region_level" },
		{ "510104", "city", "plan.region_level" },
		{ "510100", "county", "plan.region_level" },
		{ "100000", "city", "plan.region_level" },
		{ "100000", "county", "plan.region_level" },
		{ "500100", "city", "plan.region_heading" },
		{ "500200", "county", "plan.region_heading" },
		{ "110100", "city", "plan.region_heading" },
		{ "500001", "county", "plan.bad_region" },
		{ "500301", "county", "plan.bad_region" },
		{ "501101", "county", "plan.bad_region" },
		{ "510001", "county", "plan.bad_region" },
		{ "160000", "city", "plan.bad_region" },
		{ "990000", "city", "plan.bad_region" },
		{ "000000", "city", "plan.bad_region" },
		{ "50000", "city", "plan.bad_region" },
		{ "5000000", "city", "plan.bad_region" },
		{ "50 000", "city", "plan.bad_region" },
	};
	struct world *world = *state;
	size_t i;

	for (i = 0; i < COUNT(cases); i++) {
		bool ok;

		read_department(world,
		    write_file(world, "d.json",
			arena_printf(world->arena,
			    "{\"id\": \"d\", \"name\": \"某局\", \"level\": "
			    "\"%s\", \"region_code\": \"%s\"}",
			    cases[i].level, cases[i].code)),
		    &ok);
		if (ok != (cases[i].id == NULL) ||
		    (!ok && (world->diags.n != 1 ||
				strcmp(world->diags.v[0].message.id,
				    cases[i].id) != 0)))
			fail_msg("%s %s", cases[i].code, cases[i].level);
	}
}

/* The shipped policy with one thing of one parameter exchanged. */
static bool
reads_policy(struct world *world, const char *group, const char *name,
    const char *member, json_t *value)
{
	json_t *policy = json_load_file(SHIPPED, 0, NULL);
	json_t *parameter =
	    json_object_get(json_object_get(policy, group), name);
	struct parameters parameters;
	char *text;
	bool ok;

	assert_non_null(json_object_get(parameter, "value"));
	if (value == NULL)
		json_object_del(parameter, member);
	else
		json_object_set_new(parameter, member, value);
	text = json_dumps(policy, JSON_INDENT(1));
	world->diags = (struct diags){ 0 };
	assert_null(parameters_read(world->arena,
	    write_file(world, "policy.json", text), &world->diags, &parameters,
	    &ok));
	free(text);
	json_decref(policy);
	return ok;
}

static void
assert_refused(struct world *world, const char *group, const char *name,
    const char *member, json_t *value)
{
	if (reads_policy(world, group, name, member, value))
		fail_msg("%s.%s: %s", group, name, member);
	assert_true(world->diags.v[0].place.line > 0);
}

static void
a_protected_key_is_refused_loosened_in_any_way(void **state)
{
	static const struct {
		const char *group, *name;
		const char *values[4]; /* looser, or of another type */
	} keys[] = {
		{ "lead", "prior_required", { "false", "0", "\"true\"" } },
		{ "copy_to", "required", { "false", "null" } },
		{ "confidentiality", "disclosure_control_required",
		    { "false", "1" } },
		{ "confidentiality", "item_review_required",
		    { "false", "\"yes\"" } },
		{ "confidentiality", "no_values_before_release",
		    { "false", "[]" } },
		{ "confidentiality", "public_classes",
		    { "[\"public\", \"internal\"]", "[\"internal\"]", "[]",
			"\"public\"" } },
		{ "confidentiality", "withheld_needs_ground",
		    { "[\"XXGK-14\", \"other\"]", "[]", "true" } },
		{ "confidentiality", "withheld_review_every",
		    { "13", "0", "-1", "\"6\"" } },
	};
	static const char *const least[] = { "report", "report", "block",
		"block", "block", "block", "report", "report" };
	struct world *world = *state;
	size_t i, j;

	for (i = 0; i < COUNT(keys); i++) {
		const char *group = keys[i].group, *name = keys[i].name;

		for (j = 0; j < 4 && keys[i].values[j] != NULL; j++)
			assert_refused(world, group, name, "value",
			    json_loads(
				keys[i].values[j], JSON_DECODE_ANY, NULL));
		assert_refused(
		    world, group, name, "on_fail", json_string("warn"));
		assert_refused(world, group, name, "on_fail", NULL);
		assert_refused(world, group, name, "value", NULL);
		assert_refused(world, group, name, "unit", json_string("day"));
		if (strcmp(least[i], "block") == 0)
			assert_refused(world, group, name, "on_fail",
			    json_string("report"));
		else
			assert_true(reads_policy(world, group, name, "on_fail",
			    json_string("block")));
	}
}

static void
a_protected_key_may_be_stricter(void **state)
{
	struct world *world = *state;

	assert_true(reads_policy(world, "confidentiality",
	    "withheld_review_every", "value", json_integer(6)));
	assert_true(
	    reads_policy(world, "confidentiality", "withheld_needs_ground",
		"value", json_pack("[s, s]", "scheme_secret", "XXGK-14")));
}

/* Every number may be set, in its own unit only. */
static void
a_number_of_the_policy_may_be_set_in_its_unit(void **state)
{
	struct world *world = *state;
	json_t *policy = json_load_file(SHIPPED, 0, NULL), *group, *parameter;
	const char *name, *key;
	size_t n = 0;

	json_object_foreach(policy, name, group)
	{
		json_object_foreach(group, key, parameter)
		{
			json_t *value = json_object_get(parameter, "value");
			json_int_t number = json_integer_value(value);

			if (!json_is_integer(value) ||
			    strcmp(name, "confidentiality") == 0)
				continue;
			assert_true(reads_policy(world, name, key, "value",
			    json_integer(number + 1)));
			assert_true(reads_policy(world, name, key, "value",
			    json_integer(number > 0 ? number - 1 : 0)));
			assert_refused(
			    world, name, key, "value", json_string("28 days"));
			assert_refused(
			    world, name, key, "value", json_real(1.5));
			assert_refused(
			    world, name, key, "value", json_integer(-1));
			assert_refused(
			    world, name, key, "unit", json_string("fortnight"));
			n++;
		}
	}
	json_decref(policy);
	assert_true(n > 20);
}

static const struct draft_request request = { .year = 2027,
	.timezone = "Asia/Shanghai" };

/* Next year's plan of this one, written and read again. */
static void
make_draft(struct world *world, const char *path)
{
	world->diags = (struct diags){ 0 };
	world->plans = (struct plans){ 0 };
	assert_null(draft_read(world->arena, world->calendars, path, &request,
	    &world->diags, &world->plans));
	assert_int_equal(world->diags.errors, 0);
	assert_null(
	    draft_make(world->arena, &world->plans, &request, &world->draft));
	buf_init(&world->json, world->arena);
	draft_write(&world->json, world->draft);
	read_plan(world, write_file(world, "draft.json", world->json.data));
}

static void
a_draft_takes_it_all_over_but_who_prepared_it(void **state)
{
	struct world *world = *state;
	const struct series *series;

	make_draft(world, FILES "plan/good-stated.json");
	series = plan_series(world->plan, "cpi");
	check_series(series);
	check_scheme(series->scheme);
	check_withheld(plan_series(world->plan, "kept"));
	series = plan_series(world->plan, "inherits");
	assert_int_equal(series->overlap, DECLARED_NO);
	assert_true(series->scheme->national);
	assert_true(series->scheme->deadline_by_notice);
	assert_null(world->plan->prepared_by);
}

#define PLAN(members)                                                       \
	"{\"department\": \"nbs\", \"year\": 2026, \"series\": [{\"id\": "  \
	"\"a\", \"title\": \"A\", \"frequency\": \"monthly\", \"timing\": " \
	"{\"day\": 9}, \"time\": \"09:30\", " members "}]}"

/* The workbook's columns say it, or there is no workbook. */
static const struct error *
save_book(struct world *world, const char *json, const char **path)
{
	*path = file_join(world->arena, world->directory, "nbs-2027.xlsx");
	unlink(*path);
	make_draft(world, write_file(world, "nbs-2026.json", json));
	return draft_save_book(world->arena, world->calendars, world->draft,
	    *path, LANG_ZH, (struct instant){ 1790000000 });
}

static void
a_workbook_says_the_marks_of_scheme_and_series(void **state)
{
	static const char json[] = PLAN(
	    "\"class\": \"public\", \"overlap\": true, \"census\": false, "
	    "\"sampled\": true, \"disclosure_control\": false, "
	    "\"data_status\": \"final\", \"scheme\": {\"name\": \"S\", "
	    "\"form_no\": \"F\", \"maker\": \"M\", \"approval_no\": \"N\", "
	    "\"valid_until\": \"2027-12\", \"publication\": "
	    "\"unspecified\"}");
	struct world *world = *state;
	struct plans plans = { 0 };
	const struct series *series;
	const char *path;

	assert_null(save_book(world, json, &path));
	assert_null(plans_read_file(
	    world->arena, world->calendars, path, &world->diags, &plans));
	assert_int_equal(plans.n, 1);
	series = plan_series(plans.v[0], "a");
	assert_int_equal(series->overlap, DECLARED_YES);
	assert_int_equal(series->census, DECLARED_NO);
	assert_int_equal(series->sampled, DECLARED_YES);
	assert_int_equal(series->disclosure_control, DECLARED_NO);
	assert_string_equal(series->data_status, "final");
	assert_string_equal(series->scheme->form_no, "F");
	assert_string_equal(series->scheme->maker, "M");
	assert_string_equal(series->scheme->publication, "unspecified");
}

static void
what_no_column_says_makes_no_workbook(void **state)
{
	static const char *const plans[] = {
		PLAN("\"class\": \"public\", \"joint\": {\"members\": "
		     "[\"B\"]}"),
		PLAN("\"class\": \"public\", \"revision\": {}"),
		PLAN("\"class\": \"public\", \"method_changes\": [{\"from\": "
		     "\"2026-03\", \"declared\": \"2026-01-09\"}]"),
		PLAN("\"class\": \"internal\", \"withheld\": {\"ground\": "
		     "\"XXGK-14\"}"),
		PLAN("\"class\": \"public\", \"scheme\": {\"national\": "
		     "true}"),
		PLAN("\"class\": \"public\", \"scheme\": {\"authorisation\": "
		     "\"D\"}"),
		PLAN("\"class\": \"public\", \"scheme\": {\"renewal_since\": "
		     "\"2026-01-09\"}"),
		PLAN("\"class\": \"public\", \"scheme\": {\"frequencies\": "
		     "[\"monthly\"]}"),
		PLAN("\"class\": \"public\", \"scheme\": {\"channels\": "
		     "[\"www\"]}"),
		PLAN("\"class\": \"public\", \"scheme\": {\"deadline\": "
		     "\"by-notice\"}"),
		PLAN("\"class\": \"public\", \"scheme\": {\"deadline\": "
		     "{\"months\": 0, \"day\": 1}}"),
		PLAN("\"class\": \"public\", \"scheme\": {\"sharing\": "
		     "{\"mode\": \"m\"}}"),
	};
	struct world *world = *state;
	const char *path;
	size_t i;

	for (i = 0; i < COUNT(plans); i++) {
		const struct error *error = save_book(world, plans[i], &path);

		if (error == NULL || error->kind != ERROR_INPUT ||
		    access(path, F_OK) == 0)
			fail_msg("%s", plans[i]);
	}
}

static void
read_sheet(struct world *world, const char *row)
{
	const char *path = write_file(world, "nbs-2026.csv",
	    arena_printf(world->arena,
		"编号,内容,频率,规则,发布时间,密级,制度公布规定,重复交叉,"
		"抽样调查,数据状态\n%s\n",
		row));

	world->diags = (struct diags){ 0 };
	world->plans = (struct plans){ 0 };
	assert_null(plans_read_file(world->arena, world->calendars, path,
	    &world->diags, &world->plans));
}

static void
a_sheet_has_columns_for_yes_no_and_data_status(void **state)
{
	struct world *world = *state;
	const struct series *series;

	read_sheet(world, "a,甲,月度,每月9日,9:30,公开,公布,是,否,初步");
	assert_int_equal(world->plans.n, 1);
	series = plan_series(world->plans.v[0], "a");
	assert_string_equal(series->scheme->publication, "public");
	assert_int_equal(series->overlap, DECLARED_YES);
	assert_int_equal(series->sampled, DECLARED_NO);
	assert_int_equal(series->census, DECLARED_NOT);
	assert_string_equal(series->data_status, "preliminary");
}

static void
a_wrong_word_of_a_sheet_is_told_at_its_cell(void **state)
{
	static const struct {
		const char *row, *cell;
	} cases[] = {
		{ "a,甲,月度,每月9日,9:30,公开,随便,是,是,初步", "G2" },
		{ "a,甲,月度,每月9日,9:30,公开,公开,也许,是,初步", "H2" },
		{ "a,甲,月度,每月9日,9:30,公开,公开,是,1,初步", "I2" },
		{ "a,甲,月度,每月9日,9:30,公开,公开,是,是,暂定", "J2" },
	};
	struct world *world = *state;
	size_t i;

	for (i = 0; i < COUNT(cases); i++) {
		read_sheet(world, cases[i].row);
		assert_int_equal(world->plans.n, 0);
		assert_int_equal(world->diags.errors, 1);
		assert_string_equal(
		    world->diags.v[0].message.id, "table.bad_word");
		assert_string_equal(
		    world->diags.v[0].place.cell, cases[i].cell);
	}
}

/* As if its class said so. */
static void
what_the_scheme_forbids_is_not_quoted_of_a_sheet(void **state)
{
	static const char *const rows[] = {
		"a,甲,月度,每月9日,9:30,公开,内部,canary,是,初步",
		"a,甲,月度,每月9日,9:30,公开,canary,是,是,初步",
		"a,甲,canary,每月9日,9:30,公开,涉密,是,是,初步",
	};
	struct world *world = *state;
	size_t i, j;

	for (i = 0; i < COUNT(rows); i++) {
		read_sheet(world, rows[i]);
		assert_true(world->diags.errors > 0);
		for (j = 0; j < world->diags.n; j++)
			assert_null(strstr(diag_text(world->arena, LANG_EN,
					       &world->diags.v[j]),
			    "canary"));
	}
}

int
main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, world_make, world_end)
	const struct CMUnitTest tests[] = {
		T(a_series_says_what_the_rules_ask),
		T(a_series_inherits_what_the_defaults_say),
		T(what_is_not_said_is_neither_yes_nor_no),
		T(of_a_withheld_series_no_word_is_quoted),
		T(a_department_says_who_is_in_charge),
		T(a_person_is_named_only_when_switched_on),
		T(who_has_no_code_names_its_government),
		T(each_rule_may_be_enforced_from_a_day_of_its_own),
		T(every_rule_but_those_of_secrecy_may_be_put_off),
		T(a_region_code_goes_with_its_level),
		T(a_protected_key_is_refused_loosened_in_any_way),
		T(a_protected_key_may_be_stricter),
		T(a_number_of_the_policy_may_be_set_in_its_unit),
		T(a_draft_takes_it_all_over_but_who_prepared_it),
		T(a_workbook_says_the_marks_of_scheme_and_series),
		T(what_no_column_says_makes_no_workbook),
		T(a_sheet_has_columns_for_yes_no_and_data_status),
		T(a_wrong_word_of_a_sheet_is_told_at_its_cell),
		T(what_the_scheme_forbids_is_not_quoted_of_a_sheet),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
