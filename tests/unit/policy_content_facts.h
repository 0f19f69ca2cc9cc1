/*
 * Facts of the policy's table about what is to be said and who looked at it,
 * the survey scheme, the content, who was consulted, and the ledger.
 */
#ifndef TESTS_POLICY_CONTENT_FACTS_H
#define TESTS_POLICY_CONTENT_FACTS_H

/* "a,b,c"; "-" is none at all. */
static const char *const *
strings_of(struct facts *facts, const char *value, size_t *n)
{
	char *rest = arena_strdup(facts->arena, value), *item;
	struct {
		const char **v;
		size_t n, cap;
	} strings = { 0 };

	*n = 0;
	if (strcmp(value, "-") == 0)
		return NULL;
	while ((item = strtok_r(rest, ",", &rest)) != NULL)
		ARRAY_PUSH(facts->arena, &strings, item);
	*n = strings.n;
	return strings.v;
}

/* The part before '@', and what follows it; "-" is nothing. */
static const char *
next_part(struct facts *facts, const char **value)
{
	size_t len = strcspn(*value, "@");
	const char *part = arena_strndup(facts->arena, *value, len);

	*value += len + ((*value)[len] == '@');
	return strcmp(part, "-") == 0 || *part == '\0' ? NULL : part;
}

static enum declared
declared_of(const char *value)
{
	return strcmp(value, "yes") == 0 ? DECLARED_YES : DECLARED_NO;
}

/* A note with an underscore for a space: it is to be said, and is new. */
static void
set_say(struct facts *facts, const char *value)
{
	char *note = arena_strdup(facts->arena, value);
	size_t i;

	for (i = 0; note[i] != '\0'; i++)
		if (note[i] == '_')
			note[i] = ' ';
	facts->wanted.note.zh = note;
	facts->wanted.title = facts->series.title;
	facts->wanted.period = facts->slot.period;
	facts->wanted.when = facts->slot.when;
	facts->wanted.start = facts->slot.start;
	facts->c.wanted = &facts->wanted;
	facts->c.is_change = true;
	facts->c.words.bytes[0] = 7;
}

static void
set_say_status(struct facts *facts, const char *value)
{
	facts->wanted.status =
	    strcmp(value, "postponed") == 0 ? SAID_POSTPONED : SAID_RELEASED;
}

/* "profile": about the series, not about a release. */
static void
set_about(struct facts *facts, const char *value)
{
	assert_string_equal(value, "profile");
	facts->c.change = ENTRY_PROFILE;
	facts->wanted.start.s = INT64_MAX;
}

static void
set_indicator(struct facts *facts, const char *value)
{
	struct text *indicator = arena_alloc(facts->arena, sizeof(*indicator));

	indicator->en = value;
	facts->wanted.indicators = indicator;
	facts->wanted.n_indicators = 1;
}

/* "pass@these@2026-03-01T10:00:00+08:00"; "fail"; "@other" words. */
static void
set_review(struct facts *facts, const char *value)
{
	static struct digest words[2] = { { { 7 } }, { { 8 } } };
	const char *result = next_part(facts, &value);
	const char *which = next_part(facts, &value);

	facts->review = (struct act){ .kind = ACT_REVIEW,
		.passed = strcmp(result, "pass") == 0,
		.at = instant_of(value) };
	facts->reviewed.act = &facts->review;
	facts->reviewed.reviewed = &words[strcmp(which, "these") != 0];
	facts->life.review = &facts->reviewed;
	facts->slot.life = &facts->life;
}

static void
set_control(struct facts *facts, const char *value)
{
	facts->series.disclosure_control = declared_of(value);
}

static void
set_ground(struct facts *facts, const char *value)
{
	facts->series.withheld_ground = value;
}

static void
set_review_due(struct facts *facts, const char *value)
{
	facts->series.has_withheld_review = true;
	assert_true(day_parse(value, &facts->series.withheld_review));
}

/* "2026-02@XXGK-14@2026-01-05T10:00:00+08:00@2026-12-31": one release of the
 * series, its ground, when it was withheld, its next review. */
static void
set_withheld(struct facts *facts, const char *value)
{
	struct slot slot = facts->slot;
	struct life *life = arena_alloc(facts->arena, sizeof(*life));
	struct act *act = arena_alloc(facts->arena, sizeof(*act));
	const char *due;

	slot.release =
	    arena_printf(facts->arena, "stat/cpi/%s", next_part(facts, &value));
	act->kind = ACT_WITHHOLD;
	act->ground = next_part(facts, &value);
	act->at = instant_of(next_part(facts, &value));
	if ((due = next_part(facts, &value)) != NULL) {
		act->has_review_due = true;
		assert_true(day_parse(due, &act->review_due));
	}
	life->withhold = act;
	slot.life = life;
	ARRAY_PUSH(facts->arena, &facts->slots, slot);
	facts->c.slots = &facts->slots;
}

static struct scheme *
scheme_in(struct facts *facts)
{
	facts->series.scheme = &facts->scheme;
	return &facts->scheme;
}

/* "form_no,maker,…": the marks that the scheme has. */
static void
set_marks(struct facts *facts, const char *value)
{
	struct scheme *scheme = scheme_in(facts);

	if (strstr(value, "form_no") != NULL)
		scheme->form_no = "渝统01表";
	if (strstr(value, "maker") != NULL)
		scheme->maker = "示例局";
	if (strstr(value, "approval_no") != NULL)
		scheme->approval_no = "渝统制〔2025〕1号";
	if (strstr(value, "valid_until") != NULL)
		scheme->valid_until = "2027-12";
}

static void
set_source(struct facts *facts, const char *value)
{
	facts->series.source = value;
}

static void
set_period(struct facts *facts, const char *value)
{
	facts->slot.period = strcmp(value, "-") == 0 ? "" : value;
}

/* "2023-07..2026-06"; "..2026-06" */
static void
set_valid(struct facts *facts, const char *value)
{
	const char *dots = strstr(value, "..");

	assert_non_null(dots);
	if (dots != value)
		scheme_in(facts)->valid_from =
		    arena_strndup(facts->arena, value, (size_t)(dots - value));
	scheme_in(facts)->valid_until = dots + 2;
}

static void
set_renewal(struct facts *facts, const char *value)
{
	scheme_in(facts)->has_renewal = true;
	assert_true(day_parse(value, &facts->scheme.renewal_since));
}

static void
set_allows(struct facts *facts, const char *value)
{
	struct scheme *scheme = scheme_in(facts);

	scheme->frequencies =
	    strings_of(facts, next_part(facts, &value), &scheme->n_frequencies);
	scheme->channels = strings_of(facts, value, &scheme->n_channels);
}

static void
set_channels(struct facts *facts, const char *value)
{
	facts->series.channels =
	    strings_of(facts, value, &facts->series.n_channels);
}

static void
set_name(struct facts *facts, const char *value)
{
	facts->department.name.zh = value;
}

static void
set_maker(struct facts *facts, const char *value)
{
	scheme_in(facts)->maker = value;
}

static void
set_authorisation(struct facts *facts, const char *value)
{
	scheme_in(facts)->authorisation = value;
}

static void
set_national(struct facts *facts, const char *value)
{
	scheme_in(facts)->national = strcmp(value, "yes") == 0;
}

/* "1/20": the 20th of the first month after the period; "by-notice". */
static void
set_deadline(struct facts *facts, const char *value)
{
	struct scheme *scheme = scheme_in(facts);

	scheme->deadline_by_notice = strcmp(value, "by-notice") == 0;
	if (scheme->deadline_by_notice)
		return;
	scheme->deadline_months = atoi(value);
	scheme->deadline_day = atoi(strchr(value, '/') + 1);
}

static void
set_scheme_url(struct facts *facts, const char *value)
{
	scheme_in(facts)->url = strcmp(value, "-") == 0 ? NULL : value;
}

static void
set_sharing(struct facts *facts, const char *value)
{
	struct sharing *sharing = &scheme_in(facts)->sharing;

	if (strstr(value, "content") != NULL)
		sharing->content = "汇总数据";
	if (strstr(value, "mode") != NULL)
		sharing->mode = "共享平台";
	if (strstr(value, "time_limit") != NULL)
		sharing->time_limit = "公布后5日内";
	if (strstr(value, "channel") != NULL)
		sharing->channel = "政务网";
	if (strstr(value, "responsibility") != NULL)
		sharing->responsibility = "统计处";
}

static void
set_title(struct facts *facts, const char *value)
{
	facts->series.title.zh = value;
}

static void
set_explained(struct facts *facts, const char *value)
{
	static const struct text given = { .zh = "见制度" };
	struct series *series = &facts->series;

	if (strstr(value, "definition") != NULL)
		series->definition = given;
	if (strstr(value, "scope") != NULL)
		series->scope = given;
	if (strstr(value, "method") != NULL)
		series->method = given;
	if (strstr(value, "calculation") != NULL)
		series->calculation = given;
	if (strstr(value, "sample") != NULL)
		series->sample = given;
}

static void
set_sampled(struct facts *facts, const char *value)
{
	facts->series.sampled = declared_of(value);
}

static void
set_data_status(struct facts *facts, const char *value)
{
	facts->series.data_status = value;
}

static void
set_estimate(struct facts *facts, const char *value)
{
	facts->rule.estimate = value;
	facts->slot.rule = &facts->rule;
}

static void
set_revision(struct facts *facts, const char *value)
{
	struct revision *revision =
	    arena_alloc(facts->arena, sizeof(*revision));

	if (strstr(value, "revises") != NULL)
		revision->revises = "stat/cpi/2025-02";
	if (strstr(value, "basis") != NULL)
		revision->basis.zh = "第五次经济普查";
	if (strstr(value, "explanation") != NULL)
		revision->explanation.zh = "按普查结果修订";
	facts->series.revision = revision;
}

static void
set_formats(struct facts *facts, const char *value)
{
	facts->c.formats = strings_of(facts, value, &facts->c.n_formats);
}

static void
set_overlap(struct facts *facts, const char *value)
{
	facts->series.overlap = declared_of(value);
}

static void
set_census(struct facts *facts, const char *value)
{
	facts->series.census = declared_of(value);
}

/* "lead:member,member"; "-" for none. */
static void
set_joint(struct facts *facts, const char *value)
{
	struct joint *joint = arena_alloc(facts->arena, sizeof(*joint));
	const char *colon = strchr(value, ':');

	if (*value != '-')
		joint->lead =
		    arena_strndup(facts->arena, value, (size_t)(colon - value));
	joint->members = strings_of(facts, colon + 1, &joint->n_members);
	facts->series.joint = joint;
}

/* "overlap@2026-02-01T10:00:00+08:00@document@with" */
static void
set_consult(struct facts *facts, const char *value)
{
	static const char *const names[] = { "overlap", "joint", "census" };
	struct act *act = arena_alloc(facts->arena, sizeof(*act));
	const char *matter = next_part(facts, &value);
	size_t i = 0;

	while (strcmp(names[i], matter) != 0)
		assert_true(++i < COUNT(names));
	act->kind = ACT_CONSULT;
	act->matter = (enum matter)i;
	act->at = instant_of(next_part(facts, &value));
	act->document = next_part(facts, &value);
	act->with = next_part(facts, &value);
	ARRAY_PUSH(facts->arena, &facts->life.acts,
	    ((struct act_reference){ .act = act }));
	facts->slot.life = &facts->life;
}

static void
set_chain(struct facts *facts, const char *value)
{
	facts->c.chain_checked = true;
	facts->c.chain_whole = strcmp(value, "whole") == 0;
}

static void
set_entries(struct facts *facts, const char *value)
{
	facts->view.last_id = atoi(value);
	facts->c.view = &facts->view;
}

/* same, other, or other and revised. */
static void
set_refetch(struct facts *facts, const char *value)
{
	facts->c.refetch.known = true;
	facts->c.refetch.now.bytes[0] = strcmp(value, "same") != 0;
	facts->c.refetch.revised = strcmp(value, "revised") == 0;
}

static const struct setter content_setters[] = {
	{ "say", set_say },
	{ "say-status", set_say_status },
	{ "about", set_about },
	{ "indicator", set_indicator },
	{ "review", set_review },
	{ "control", set_control },
	{ "ground", set_ground },
	{ "review-due", set_review_due },
	{ "withheld", set_withheld },
	{ "marks", set_marks },
	{ "source", set_source },
	{ "period", set_period },
	{ "valid", set_valid },
	{ "renewal", set_renewal },
	{ "allows", set_allows },
	{ "channels", set_channels },
	{ "name", set_name },
	{ "maker", set_maker },
	{ "authorisation", set_authorisation },
	{ "national", set_national },
	{ "deadline", set_deadline },
	{ "scheme-url", set_scheme_url },
	{ "sharing", set_sharing },
	{ "title", set_title },
	{ "explained", set_explained },
	{ "sampled", set_sampled },
	{ "data-status", set_data_status },
	{ "estimate", set_estimate },
	{ "revision", set_revision },
	{ "formats", set_formats },
	{ "overlap", set_overlap },
	{ "census", set_census },
	{ "joint", set_joint },
	{ "consult", set_consult },
	{ "chain", set_chain },
	{ "entries", set_entries },
	{ "refetch", set_refetch },
};

#endif
