#include "reason.h"

#include <string.h>

#include <yugao/arena.h>
#include <yugao/calendar.h>

#include "change.h"
#include "words.h"

static const struct {
	const char *name, *id;
} rolls[] = {
	[ROLL_NONE] = { "none", "report.roll_none" },
	[ROLL_FOLLOWING] = { "following", "report.roll_following" },
	[ROLL_MODIFIED_FOLLOWING] = { "modified-following",
	    "report.roll_modified_following" },
	[ROLL_PRECEDING] = { "preceding", "report.roll_preceding" },
	[ROLL_MODIFIED_PRECEDING] = { "modified-preceding",
	    "report.roll_modified_preceding" },
	[ROLL_NEAREST] = { "nearest", "report.roll_nearest" },
	[ROLL_FOLLOWING_NOTICE] = { "following-notice",
	    "report.roll_following_notice" },
};

const char *
off_words(const struct report *report, const struct day_info *info)
{
	const char *name = text_in(&info->name, report->lang);

	if (info->kind == DAY_WEEKEND || *name == '\0')
		return TOLD(report, info->kind == DAY_WEEKEND
					? "report.off_weekend"
					: "report.off_day");
	if (info->notice == NULL)
		return TOLD(report, "report.off_holiday", name);
	return TOLD(report, "report.off_notice", name, info->notice);
}

const char *
run_words(const struct report *report, struct day first, struct day last,
    const char *why)
{
	struct day from = first.n < last.n ? first : last;
	struct day to = first.n < last.n ? last : first;
	const char *words = tell_day(report->arena, report->lang, from);

	if (from.n == to.n)
		return TOLD(report, "report.off_one", words, why);
	return TOLD(report, "report.off_run", words,
	    tell_day(report->arena, report->lang, to), why);
}

/* The days from the nominal one up to the rolled one, which is not one. */
static const char *
stepped_over(const struct report *report, const struct slot *slot)
{
	const struct why *why = &slot->why;
	int step = why->rolled.n > why->nominal.n ? 1 : -1;
	struct strings runs = { 0 };
	struct day first = why->nominal, day = first;
	const char *reason = NULL, *next;
	struct day_info info;

	for (; day.n != why->rolled.n; day.n += step) {
		info = calendar_day(slot->plan->calendar, day);
		next = off_words(report, &info);
		if (reason != NULL && strcmp(reason, next) != 0) {
			ARRAY_PUSH(report->arena, &runs,
			    run_words(report, first,
				(struct day){ day.n - step }, reason));
			first = day;
		}
		reason = next;
	}
	ARRAY_PUSH(report->arena, &runs,
	    run_words(report, first, (struct day){ day.n - step }, reason));
	return strings_joined(report, "report.comma", &runs);
}

/* From the rule's day to the one after the roll. */
static void
tell_roll(const struct report *report, const struct slot *slot,
    struct strings *sentences)
{
	const struct why *why = &slot->why;

	if (!why->has_nominal || slot->plan->calendar == NULL ||
	    why->rolled.n == why->nominal.n)
		return;
	ARRAY_PUSH(report->arena, sentences,
	    TOLD(report, "report.why_rolled", stepped_over(report, slot),
		TOLD(report, rolls[why->roll].id),
		tell_day(report->arena, report->lang, why->rolled)));
}

static bool
is_dated(const struct slot *slot)
{
	return slot->when.precision == PRECISION_INSTANT ||
	       slot->when.precision == PRECISION_DATE;
}

/* A date that stands although it is a day off. */
static void
tell_day_off(const struct report *report, const struct slot *slot,
    struct strings *sentences)
{
	struct day_info info;

	if (!is_dated(slot) || slot->cancelled || slot->plan->calendar == NULL)
		return;
	info = calendar_day(slot->plan->calendar, slot->when.start.day);
	if (info.kind == DAY_MAKEUP)
		ARRAY_PUSH(report->arena, sentences,
		    TOLD(report, "report.day_makeup",
			tell_day(report->arena, report->lang,
			    slot->when.start.day)));
	if (info.kind != DAY_WEEKEND && info.kind != DAY_OFF)
		return;
	ARRAY_PUSH(report->arena, sentences,
	    TOLD(report,
		slot->why.source == WHY_RULE ? "report.day_off_rule"
					     : "report.day_off_stated",
		tell_day(report->arena, report->lang, slot->when.start.day),
		off_words(report, &info)));
}

static void
tell_rule(const struct report *report, const struct slot *slot,
    struct strings *sentences)
{
	const struct why *why = &slot->why;

	if (why->timing == NULL)
		return;
	if (why->has_nominal)
		ARRAY_PUSH(report->arena, sentences,
		    TOLD(report, "report.why_rule", tell_timing(report, slot),
			tell_day(report->arena, report->lang, why->nominal)));
	else
		ARRAY_PUSH(report->arena, sentences,
		    TOLD(report, "report.why_rule_vague",
			tell_timing(report, slot)));
	if (why->has_nominal)
		tell_counted(report, slot, sentences);
	tell_roll(report, slot, sentences);
}

/* What the rule would have given, beside what is. */
static void
tell_departure(const struct report *report, const struct slot *slot,
    struct strings *sentences)
{
	const struct why *why = &slot->why;

	if (why->timing == NULL || !why->has_nominal)
		return;
	if (is_dated(slot) && slot->when.start.day.n == why->rolled.n)
		ARRAY_PUSH(report->arena, sentences,
		    TOLD(report, "report.why_agrees",
			tell_timing(report, slot)));
	else
		ARRAY_PUSH(report->arena, sentences,
		    TOLD(report, "report.why_differs",
			tell_timing(report, slot),
			tell_day(report->arena, report->lang, why->nominal)));
	tell_roll(report, slot, sentences);
}

/* It names the release, or all of its series. */
static bool
is_own(const struct act *act, const char *release)
{
	size_t i, len;

	for (i = 0; i < act->n_releases; i++) {
		const char *named = act->releases[i];

		if (strcmp(named, release) == 0)
			return true;
		len = strlen(named);
		if (len > 1 && named[len - 1] == '*' &&
		    strncmp(named, release, len - 1) == 0)
			return true;
	}
	return false;
}

static const char *
act_sentence(const struct slot *slot)
{
	static const char *const ids[] = {
		[ACT_MOVE] = "report.act_move",
		[ACT_POSTPONE] = "report.act_postpone",
		[ACT_CANCEL] = "report.act_cancel",
		[ACT_REINSTATE] = "report.act_reinstate",
		[ACT_WITHHOLD] = "report.act_cancel",
		[ACT_REISSUE] = "report.act_reissue",
	};
	const struct act *act = slot->why.act;

	if (!is_own(act, slot->release))
		return "report.act_base";
	/* With a time of its own, a reinstatement says which. */
	return act->kind == ACT_REINSTATE && act->has_to ? "report.act_move"
							 : ids[act->kind];
}

static void
tell_act(const struct report *report, const struct slot *slot,
    struct strings *sentences)
{
	const struct act *act = slot->why.act;
	struct local at = zone_local(slot->plan->zone, act->at);
	const char *role = tell_role(report->arena, report->lang, act->role);
	const char *document =
	    act->document == NULL
		? ""
		: TOLD(report, "report.act_document", act->document);

	ARRAY_PUSH(report->arena, sentences,
	    TOLD(report, act_sentence(slot), role,
		tell_day(report->arena, report->lang, at.day), document));
	ARRAY_PUSH(report->arena, sentences,
	    TOLD(report, "report.because",
		tell_reason(report->arena, report->lang, act)));
}

static void
tell_explicit(const struct report *report, const struct slot *slot,
    struct strings *sentences)
{
	const struct occurrence *occurrence = slot->why.occurrence;

	ARRAY_PUSH(report->arena, sentences,
	    TOLD(report, is_dated(slot) ? "report.why_stated"
					: "report.why_stated_vague"));
	tell_departure(report, slot, sentences);
	if (occurrence != NULL &&
	    *text_in(&occurrence->reason, report->lang) != '\0')
		ARRAY_PUSH(report->arena, sentences,
		    TOLD(report, "report.because",
			text_in(&occurrence->reason, report->lang)));
}

static void
tell_state(const struct report *report, const struct slot *slot,
    struct strings *sentences)
{
	static const char *const ids[] = {
		[DAY_PUBLISHED] = NULL,
		[DAY_PROVISIONAL] = "report.state_provisional",
		[DAY_PROJECTED] = "report.state_projected",
		[DAY_UNKNOWN] = "report.state_unknown",
	};

	if (ids[slot->why.state] != NULL)
		ARRAY_PUSH(report->arena, sentences,
		    TOLD(report, ids[slot->why.state]));
	if (slot->held)
		ARRAY_PUSH(report->arena, sentences,
		    TOLD(report, "report.explain_held"));
}

void
tell_why(const struct report *report, const struct slot *slot,
    struct strings *sentences)
{
	const struct why *why = &slot->why;

	if (why->act != NULL)
		tell_act(report, slot, sentences);
	if (why->source == WHY_RULE)
		tell_rule(report, slot, sentences);
	else if (why->source == WHY_EXPLICIT)
		tell_explicit(report, slot, sentences);
	else
		tell_departure(report, slot, sentences);
	tell_day_off(report, slot, sentences);
	tell_state(report, slot, sentences);
}

static void
document_steps(struct document *document, const struct slot *slot)
{
	static const char *const kinds[] = {
		[DAY_WORK] = "work",
		[DAY_WEEKEND] = "weekend",
		[DAY_OFF] = "off",
		[DAY_MAKEUP] = "makeup",
	};
	const struct why *why = &slot->why;
	int step = why->rolled.n > why->nominal.n ? 1 : -1;
	struct day day = why->nominal;

	document_array(document, "steps");
	for (; day.n != why->rolled.n && slot->plan->calendar != NULL;
	     day.n += step) {
		struct day_info info = calendar_day(slot->plan->calendar, day);

		document_object(document, NULL);
		document_day(document, "day", day);
		document_string(document, "kind", kinds[info.kind]);
		document_text(document, "name", &info.name);
		document_string(document, "notice", info.notice);
		document_close(document);
	}
	document_close(document);
}

static void
document_act(struct document *document, const struct slot *slot)
{
	const struct act *act = slot->why.act;

	document_object(document, "act");
	document_string(document, "act",
	    act_kind_name(act->kind == ACT_WITHHOLD ? ACT_CANCEL : act->kind));
	document_flag(document, "own", is_own(act, slot->release));
	document_string(document, "role", act->role);
	document_string(document, "document", act->document);
	document_instant(document, "at", act->at);
	document_text(document, "reason", &act->reason);
	document_string(document, "reasonCode", act->reason_code);
	document_close(document);
}

void
document_why(struct document *document, const struct report *report,
    const struct slot *slot)
{
	static const char *const sources[] = {
		[WHY_RULE] = "rule",
		[WHY_EXPLICIT] = "explicit",
		[WHY_ACT] = "act",
	};
	static const char *const states[] = {
		[DAY_PUBLISHED] = "published",
		[DAY_PROVISIONAL] = "provisional",
		[DAY_PROJECTED] = "projected",
		[DAY_UNKNOWN] = "unknown",
	};
	const struct why *why = &slot->why;

	document_object(document, "why");
	document_string(document, "source", sources[why->source]);
	if (why->timing != NULL)
		document_string(document, "rule", tell_timing(report, slot));
	document_string(document, "roll", rolls[why->roll].name);
	if (why->has_nominal) {
		document_day(document, "nominal", why->nominal);
		document_day(document, "rolled", why->rolled);
		document_steps(document, slot);
	}
	document_string(document, "calendar", states[why->state]);
	if (why->occurrence != NULL)
		document_text(document, "reason", &why->occurrence->reason);
	if (why->act != NULL)
		document_act(document, slot);
	document_close(document);
}
