/*
 * Why this date, in words that an officer can read out; then the verdicts,
 * and all that was said.
 */
#include <string.h>

#include <yugao/arena.h>
#include <yugao/calendar.h>

#include "document.h"
#include "reason.h"
#include "text.h"
#include "verdict.h"
#include "words.h"

struct story {
	const struct slot *slot; /* or NULL */
	const struct verdicts *verdicts;
	const struct digest *words; /* or NULL */
	const struct entry *history;
	size_t n;
};

static const char *
publisher(const struct report *report, const struct slot *slot)
{
	const struct department *department =
	    report->office == NULL
		? NULL
		: office_department(report->office, slot->plan->department);

	return department != NULL ? text_in(&department->name, report->lang)
				  : slot->plan->department;
}

static const char *const explained[] = {
	[SAID_TENTATIVE] = "report.explain_set",
	[SAID_CONFIRMED] = "report.explain_set",
	[SAID_CANCELLED] = "report.explain_cancelled",
	[SAID_POSTPONED] = "report.explain_postponed",
	[SAID_RELEASED] = "report.explain_released",
};

static enum said_status
status_of(const struct slot *slot)
{
	if (slot->cancelled)
		return SAID_CANCELLED;
	if (slot->life != NULL && slot->life->state == LIFE_POSTPONED)
		return SAID_POSTPONED;
	if (slot->life != NULL && slot->life->state == LIFE_RELEASED)
		return SAID_RELEASED;
	return slot->status == STATUS_TENTATIVE ? SAID_TENTATIVE
						: SAID_CONFIRMED;
}

/* "国家统计局《…》2026年3月数据定于2026年4月10日（星期五）9:30发布。" */
static const char *
headline(const struct report *report, const struct slot *slot)
{
	enum said_status status =
	    slot->status == STATUS_TENTATIVE ? SAID_TENTATIVE : SAID_CONFIRMED;

	return TOLD(report, explained[status_of(slot)], publisher(report, slot),
	    tell_quoted(report->arena, report->lang, &slot->series->title,
		slot->period, slot->rule->estimate),
	    tell_set(report->arena, report->lang, &slot->when, status));
}

static void
tell_zone(const struct report *report, const struct slot *slot,
    struct strings *sentences)
{
	const char *zone = zone_name(slot->plan->zone);

	if (slot->when.precision == PRECISION_INSTANT &&
	    (report->office == NULL ||
		strcmp(zone, report->office->timezone) != 0))
		ARRAY_PUSH(report->arena, sentences,
		    TOLD(report, "report.explain_zone", zone));
}

/* The latest thing said, where the plan is silent. */
static void
tell_said(const struct report *report, const struct entry *entry,
    struct strings *sentences)
{
	struct announcement said = { 0 };

	if (entry->said == NULL ||
	    announcement_read(report->arena, entry->said, &said) != NULL) {
		ARRAY_PUSH(report->arena, sentences,
		    TOLD(report, "report.explain_gone", entry->release));
		return;
	}
	ARRAY_PUSH(report->arena, sentences,
	    TOLD(report, explained[said.status],
		text_in(&said.publisher, report->lang),
		tell_quoted(report->arena, report->lang, &said.title,
		    said.period, said.estimate),
		tell_set(
		    report->arena, report->lang, &said.when, said.status)));
	ARRAY_PUSH(report->arena, sentences,
	    TOLD(report, "report.explain_gone", entry->release));
}

static struct strings
sentences_of(const struct report *report, const struct story *story)
{
	struct strings sentences = { 0 };

	if (story->slot == NULL) {
		if (story->n > 0)
			tell_said(
			    report, &story->history[story->n - 1], &sentences);
		return sentences;
	}
	ARRAY_PUSH(report->arena, &sentences, headline(report, story->slot));
	tell_zone(report, story->slot, &sentences);
	tell_why(report, story->slot, &sentences);
	return sentences;
}

/* Days from the saying to the day said; false where there is none. */
static bool
notice_of(const struct entry *entry, struct day on, int *days)
{
	*days = entry->when.start.day.n - on.n;
	return (entry->status == SAID_TENTATIVE ||
		   entry->status == SAID_CONFIRMED) &&
	       entry->when.precision != PRECISION_NONE && *days >= 0;
}

static const char *
entry_words(const struct report *report, const struct entry *entry,
    const struct announcement *said)
{
	static const char *const ids[] = {
		[ENTRY_NEW] = "report.said_new",
		[ENTRY_CONFIRMED] = "report.said_confirmed",
		[ENTRY_MOVED_EARLIER] = "report.said_moved_earlier",
		[ENTRY_MOVED_LATER] = "report.said_moved_later",
		[ENTRY_TIME_CHANGED] = "report.said_time_changed",
		[ENTRY_CANCELLED] = "report.said_cancelled",
		[ENTRY_REISSUED] = "report.said_reissued",
		[ENTRY_EDITION] = "report.kind_edition",
		[ENTRY_POSTPONED] = "report.said_postponed",
		[ENTRY_REINSTATED] = "report.said_reinstated",
		[ENTRY_RELEASED] = "report.said_released",
		[ENTRY_PROFILE] = "report.said_profile",
	};
	const char *set =
	    tell_set(report->arena, report->lang, &entry->when, entry->status);

	if (said->late)
		return TOLD(report, "report.said_late", set);
	if (entry->kind == ENTRY_CANCELLED)
		set = tell_set(
		    report->arena, report->lang, &entry->when, SAID_CONFIRMED);
	return TOLD(report, ids[entry->kind], set);
}

static void
print_entry(const struct report *report, const struct zone *zone,
    const struct entry *entry)
{
	struct announcement said = { 0 };
	struct local at = clock_of(zone, entry->at);
	FILE *out = report->terminal.out;
	const char *words, *reason;
	struct buf line;
	int days;

	if (entry->said != NULL &&
	    announcement_read(report->arena, entry->said, &said) != NULL)
		said = (struct announcement){ 0 };
	words = entry_words(report, entry, &said);
	buf_init(&line, report->arena);
	buf_puts(&line, words);
	if (said.has_previous && !moment_equal(&said.previous, &said.when))
		buf_puts(&line, TOLD(report, "report.said_before",
				    tell_when(report->arena, report->lang,
					&said.previous)));
	if (said.has_due)
		buf_puts(
		    &line, TOLD(report, "report.said_due",
			       tell_when(report->arena, report->lang,
				   &(struct moment){ PRECISION_DATE,
				       { said.due, NO_TIME }, said.due })));
	if (notice_of(entry, at.day, &days))
		buf_puts(&line, tell_count(report->arena, report->lang,
				    "report.said_notice", (size_t)days));
	fputs("  ", out);
	text_styled(report, STYLE_BOLD, tell_clock(report->arena, at));
	fputs("  ", out);
	text_wrapped(report, STYLE_NONE, 20, 20, line.data);
	reason = text_in(&said.reason, report->lang);
	if (*reason != '\0')
		text_line(report, STYLE_DIM, 20,
		    TOLD(report, "report.because", reason));
}

static void
print_verdicts(const struct report *report, const struct verdicts *verdicts)
{
	const struct parameters *policy = &report->office->policy;
	size_t i;

	text_line(report, STYLE_BOLD, 0,
	    TOLD(report, "report.verdicts_title",
		text_in(&policy->title, report->lang)));
	for (i = 0; i < verdicts->n; i++) {
		const struct verdict *verdict = &verdicts->v[i];

		if (verdict->outcome == OUTCOME_NA && !report->verbose)
			continue;
		text_line(report, outcome_style(verdict->outcome), 2,
		    verdict_words(
			report->arena, report->lang, policy, verdict));
		text_line(report, STYLE_DIM, 5,
		    range_reason(report->arena, report->lang,
			(struct range){ verdict, verdict }));
	}
}

static void
print_story(const struct report *report, const struct story *story)
{
	const struct zone *zone = report_zone(report);
	struct strings sentences = sentences_of(report, story);
	FILE *out = report->terminal.out;
	char hex[DIGEST_HEX_SIZE];
	size_t i;

	for (i = 0; i < sentences.n; i++)
		text_line(report, i == 0 ? STYLE_BOLD : STYLE_NONE, 0,
		    sentences.v[i]);
	if (story->verdicts != NULL && story->verdicts->n > 0 &&
	    report->office != NULL) {
		fputc('\n', out);
		print_verdicts(report, story->verdicts);
	}
	if (story->words != NULL) {
		fputc('\n', out);
		text_line(report, STYLE_BOLD, 0,
		    TOLD(report, "report.explain_words"));
		fprintf(out, "  %s\n", digest_hex(hex, story->words));
	}
	fputc('\n', out);
	text_line(report, STYLE_BOLD, 0, TOLD(report, "report.history_title"));
	if (story->n == 0)
		text_line(
		    report, STYLE_NONE, 2, TOLD(report, "report.history_none"));
	for (i = 0; i < story->n; i++)
		print_entry(report, zone, &story->history[i]);
}

static void
write_history(struct document *document, const struct report *report,
    const struct story *story)
{
	const struct zone *zone = report_zone(report);
	size_t i;
	int days;

	document_array(document, "history");
	for (i = 0; i < story->n; i++) {
		const struct entry *entry = &story->history[i];

		document_object(document, NULL);
		document_number(document, "id", entry->id);
		document_string(document, "kind", entry_kind_name(entry->kind));
		document_instant(document, "at", entry->at);
		document_number(document, "sequence", entry->sequence);
		document_string(
		    document, "status", said_status_name(entry->status));
		document_moment(document, &entry->when, &entry->start);
		if (notice_of(entry, clock_of(zone, entry->at).day, &days))
			document_number(document, "noticeDays", days);
		if (entry->said != NULL)
			document_raw(document, "said", entry->said);
		document_close(document);
	}
	document_close(document);
}

static void
write_slot(struct document *document, const struct report *report,
    const struct slot *slot)
{
	document_text(document, "title", &slot->series->title);
	document_string(document, "department", slot->plan->department);
	document_string(document, "period", slot->period);
	document_string(document, "estimate", slot->rule->estimate);
	document_moment(document, &slot->when, &slot->start);
	document_string(document, "timezone", zone_name(slot->plan->zone));
	document_string(document, "status", said_status_name(status_of(slot)));
	document_why(document, report, slot);
}

static void
write_story(const struct report *report, const struct story *story)
{
	struct strings sentences = sentences_of(report, story);
	struct document document;
	char hex[DIGEST_HEX_SIZE];
	size_t i;

	document_begin(&document, report, "yugao-explain/1");
	document_string(&document, "release",
	    story->slot != NULL ? story->slot->release
	    : story->n > 0      ? story->history[0].release
				: NULL);
	document_flag(&document, "public", true);
	document_flag(&document, "planned", story->slot != NULL);
	if (story->slot != NULL)
		write_slot(&document, report, story->slot);
	if (story->words != NULL)
		document_string(
		    &document, "words", digest_hex(hex, story->words));
	document_array(&document, "text");
	for (i = 0; i < sentences.n; i++)
		document_string(&document, NULL, sentences.v[i]);
	document_close(&document);
	document_array(&document, "verdicts");
	for (i = 0; story->verdicts != NULL && report->office != NULL &&
		    i < story->verdicts->n;
	     i++) {
		document_object(&document, NULL);
		document_verdict(&document, report->arena, report->lang,
		    &report->office->policy, &story->verdicts->v[i]);
		document_close(&document);
	}
	document_close(&document);
	write_history(&document, report, story);
	document_end(&document);
}

/*
 * The rule by which nothing is told of it, or NULL.  What was withheld after
 * it had been announced was taken back openly, and may be told.
 */
static const char *
closing_rule(const struct report *report, const struct slot *slot, size_t said)
{
	if (slot == NULL)
		return NULL;
	if (report->office != NULL &&
	    !office_opens(report->office, slot->series))
		return slot->series->secrecy != SECRECY_PUBLIC ? "D2" : "E3";
	return said == 0 && slot_is_withheld(slot) ? "D4" : NULL;
}

/* Only that it is not public, and by which rule. */
static void
report_closed(const struct report *report, const char *rule)
{
	const char *sentence = TOLD(report, "report.explain_closed", rule);
	struct document document;

	if (!report->json) {
		text_line(report, STYLE_NONE, 0, sentence);
		return;
	}
	document_begin(&document, report, "yugao-explain/1");
	document_flag(&document, "public", false);
	document_string(&document, "rule", rule);
	document_array(&document, "text");
	document_string(&document, NULL, sentence);
	document_end(&document);
}

void
report_explain(const struct report *report, const struct slot *slot,
    const struct verdicts *verdicts, const struct digest *words,
    const struct entry *history, size_t n)
{
	const struct story story = { slot, verdicts, words, history, n };
	const char *rule = closing_rule(report, slot, n);

	if (rule != NULL)
		report_closed(report, rule);
	else if (report->json)
		write_story(report, &story);
	else
		print_story(report, &story);
}
