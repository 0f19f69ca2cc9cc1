#include "change.h"

#include <yugao/arena.h>

#include "text.h"
#include "words.h"

#define KINDS (ENTRY_PROFILE + 1)

/* What is taken back, put off or out keeps the time that readers know. */
static bool
keeps_time(const struct change *change)
{
	if (change->said == NULL)
		return false;
	switch (change->kind) {
	case ENTRY_CANCELLED:
	case ENTRY_POSTPONED:
	case ENTRY_RELEASED:
		return true;
	default:
		return change->kind == ENTRY_REISSUED &&
		       change->said->status >= SAID_CANCELLED;
	}
}

struct moment
change_when(const struct change *change)
{
	static const struct moment none = { .precision = PRECISION_NONE };

	if (change->kind == ENTRY_PROFILE)
		return none;
	if (keeps_time(change))
		return change->said->when;
	if (change->slot != NULL)
		return change->slot->when;
	return change->said != NULL ? change->said->when : none;
}

struct instant
change_start(const struct change *change)
{
	if (keeps_time(change))
		return change->said->start;
	if (change->slot != NULL)
		return change->slot->start;
	return change->said != NULL ? change->said->start
				    : (struct instant){ 0 };
}

enum said_status
change_status(const struct change *change)
{
	if (change->kind == ENTRY_CANCELLED)
		return SAID_CANCELLED;
	if (change->kind == ENTRY_POSTPONED)
		return SAID_POSTPONED;
	if (change->kind == ENTRY_RELEASED)
		return SAID_RELEASED;
	if (change->slot == NULL || change->kind == ENTRY_REISSUED)
		return change->said != NULL ? change->said->status
					    : SAID_CONFIRMED;
	return change->slot->status == STATUS_TENTATIVE ? SAID_TENTATIVE
							: SAID_CONFIRMED;
}

bool
change_moves(const struct change *change)
{
	struct moment when = change_when(change);

	return change->said != NULL && change->kind != ENTRY_PROFILE &&
	       !moment_equal(&change->said->when, &when);
}

const char *
change_title(const struct report *report, const struct change *change)
{
	if (change->series != NULL)
		return text_in(&change->series->title, report->lang);
	if (change->kind == ENTRY_PROFILE)
		return tell_department(report->arena, report->lang,
		    report->office, change->release);
	if (change->slot != NULL)
		return tell_slot_title(
		    report->arena, report->lang, change->slot);
	if (change->said != NULL && change->said->said != NULL)
		return tell_entry_title(
		    report->arena, report->lang, change->said);
	return change->release;
}

const char *
tell_role(struct arena *arena, enum lang lang, const char *role)
{
	const char *id = role == NULL
			     ? "report.role_missing"
			     : arena_printf(arena, "report.role_%s", role);

	return message_exists(id) ? SAY(arena, lang, id) : role;
}

const char *
tell_reason(struct arena *arena, enum lang lang, const struct act *act)
{
	const char *reason = text_in(&act->reason, lang);

	return *reason != '\0' ? reason
			       : SAY(arena, lang, "report.reason_missing");
}

const char *
change_reason(const struct report *report, const struct change *change)
{
	const struct act *act = change->act;
	const struct occurrence *occurrence =
	    change->slot != NULL ? change->slot->why.occurrence : NULL;
	const char *role, *reason;

	if (act == NULL)
		return occurrence == NULL
			   ? ""
			   : text_in(&occurrence->reason, report->lang);
	role = tell_role(report->arena, report->lang, act->role);
	reason = tell_reason(report->arena, report->lang, act);
	if (act->document == NULL)
		return TOLD(report, "report.reason_by", reason, role);
	return TOLD(
	    report, "report.reason_by_document", reason, role, act->document);
}

void
change_document(struct document *document, const struct change *change)
{
	const struct act *act = change->act;

	if (act == NULL) {
		if (change->slot != NULL &&
		    change->slot->why.occurrence != NULL)
			document_text(document, "reason",
			    &change->slot->why.occurrence->reason);
		return;
	}
	document_text(document, "reason", &act->reason);
	document_object(document, "act");
	document_string(document, "role", act->role);
	document_string(document, "document", act->document);
	document_string(document, "reasonCode", act->reason_code);
	document_instant(document, "at", act->at);
	document_close(document);
}

static void
count_kinds(const struct changes *changes, size_t kinds[KINDS])
{
	size_t i;

	for (i = 0; i < KINDS; i++)
		kinds[i] = 0;
	for (i = 0; i < changes->n; i++)
		kinds[changes->v[i].kind]++;
}

const char *
changes_counted(const struct report *report, const struct changes *changes)
{
	size_t kinds[KINDS], i;
	struct buf buf;

	count_kinds(changes, kinds);
	buf_init(&buf, report->arena);
	for (i = 0; i < KINDS; i++) {
		if (kinds[i] == 0 || i == ENTRY_EDITION)
			continue;
		buf_puts(&buf, buf.len > 0 ? " · " : "");
		buf_puts(
		    &buf, TOLD(report, "report.counted",
			      tell_kind(report->arena, report->lang,
				  (enum entry_kind)i),
			      arena_printf(report->arena, "%zu", kinds[i])));
	}
	return buf.data;
}

/* An edition is no announcement of its own. */
static size_t
announcements(const struct changes *changes)
{
	size_t i, n = 0;

	for (i = 0; i < changes->n; i++)
		n += changes->v[i].kind != ENTRY_EDITION;
	return n;
}

const char *
changes_summary(const struct report *report, const struct changes *changes)
{
	struct strings parts = { 0 };
	size_t n = announcements(changes);

	if (changes->n == 0 && changes->blocked == 0 && changes->held == 0)
		return tell_count(report->arena, report->lang,
		    "report.nothing_to_say", changes->same);
	ARRAY_PUSH(report->arena, &parts,
	    tell_count(report->arena, report->lang, "report.changes", n));
	if (changes->blocked > 0)
		ARRAY_PUSH(report->arena, &parts,
		    tell_count(report->arena, report->lang, "report.held_back",
			changes->blocked));
	if (changes->held > 0)
		ARRAY_PUSH(report->arena, &parts,
		    tell_count(report->arena, report->lang,
			"report.unpublished_held", changes->held));
	if (changes->same > 0)
		ARRAY_PUSH(report->arena, &parts,
		    tell_count(report->arena, report->lang, "report.same",
			changes->same));
	return strings_joined(report, "report.semicolon", &parts);
}

void
changes_document(struct document *document, const struct changes *changes)
{
	size_t kinds[KINDS], i;

	count_kinds(changes, kinds);
	document_number(document, "changes", (int64_t)changes->n);
	document_object(document, "kinds");
	for (i = 0; i < KINDS; i++)
		if (kinds[i] > 0)
			document_number(document,
			    entry_kind_name((enum entry_kind)i),
			    (int64_t)kinds[i]);
	document_close(document);
	document_number(document, "blocked", (int64_t)changes->blocked);
	if (changes->held > 0)
		document_number(document, "held", (int64_t)changes->held);
	document_number(document, "unchanged", (int64_t)changes->same);
}
