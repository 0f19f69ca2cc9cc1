#include "announce.h"

#include <string.h>

#include <yugao/arena.h>
#include <yugao/error.h>

/* The key with '.' for '/', '@', and the office's domain. */
static const char *
uid_of(struct arena *arena, const char *release, const char *domain)
{
	char *uid = arena_printf(arena, "%s@%s", release, domain);
	size_t len = strlen(release), i;

	for (i = 0; i < len; i++)
		if (uid[i] == '/')
			uid[i] = '.';
	return uid;
}

static void
add_topics(struct arena *arena, const struct office *office,
    const struct series *series, struct announcement *announcement)
{
	struct text *names;
	size_t i;

	names = arena_alloc(arena, series->n_topics * sizeof(*names));
	for (i = 0; i < series->n_topics; i++) {
		const struct topic *topic =
		    office_topic(office, series->topics[i]);

		names[i] = topic != NULL
			       ? topic->name
			       : (struct text){ .zh = series->topics[i] };
	}
	announcement->topics = series->topics;
	announcement->topic_names = names;
	announcement->n_topics = series->n_topics;
}

static void
add_indicators(struct arena *arena, const struct series *series,
    struct announcement *announcement)
{
	struct text *names;
	size_t i;

	names = arena_alloc(arena, series->n_indicators * sizeof(*names));
	for (i = 0; i < series->n_indicators; i++)
		names[i] = series->indicators[i].name;
	announcement->indicators = names;
	announcement->n_indicators = series->n_indicators;
}

static const char *
trimmed(struct arena *arena, const char *string)
{
	size_t len = string == NULL ? 0 : strlen(string), n = len;

	while (n > 0 && string[n - 1] == '\n')
		n--;
	if (n == 0)
		return NULL;
	return n == len ? string : arena_strndup(arena, string, n);
}

/* A newline at the end would be an empty line of the event. */
static struct text
trimmed_text(struct arena *arena, struct text text)
{
	return (
	    struct text){ trimmed(arena, text.zh), trimmed(arena, text.en) };
}

/*
 * An act's reason stays in what is wanted for as long as the act is there,
 * else the next run would take it back.
 */
static struct text
reason_of(const struct slot *slot)
{
	struct text none = { NULL, NULL };

	if (slot->why.act != NULL)
		return slot->why.act->reason;
	return slot->why.occurrence != NULL ? slot->why.occurrence->reason
					    : none;
}

static bool
is_empty(const struct text *text)
{
	return text->zh == NULL && text->en == NULL;
}

static bool
must_give_reason(const struct office *office)
{
	const struct parameter *required =
	    policy_parameter(&office->policy, "change.reason_required");

	return required != NULL && required->number != 0;
}

/* Whether the ledger has or will have counted this as a move. */
static bool
is_moved(const struct slot *slot, const struct entry *said)
{
	if (said == NULL)
		return false;
	return said->moves > 0 ||
	       (!time_is_said(slot, said) &&
		   change_kind(slot, said) != ENTRY_CONFIRMED);
}

/*
 * Said without its reason, because holding it back would have been worse.  It
 * must come out the same once it is said, else it would be said again.
 */
static bool
is_reason_pending(const struct office *office, const struct change *change,
    const struct announcement *announcement)
{
	const struct act *act = change->slot->why.act;

	if (act == NULL || !is_empty(&announcement->reason) ||
	    !must_give_reason(office))
		return false;
	switch (act->kind) {
	case ACT_POSTPONE:
		return true;
	case ACT_MOVE:
		return is_moved(change->slot, change->said);
	case ACT_REINSTATE:
		return act->has_to && is_moved(change->slot, change->said);
	default:
		return false;
	}
}

enum said_status
wanted_status(const struct slot *slot, const struct entry *said)
{
	if (slot->status == STATUS_CONFIRMED ||
	    (said != NULL && said->status == SAID_CONFIRMED))
		return SAID_CONFIRMED;
	return SAID_TENTATIVE;
}

/* The first release for a period that holds the one from which on a new
 * method counts. */
static struct text
method_change_of(struct arena *arena, const struct slot *slot)
{
	const struct series *series = slot->series;
	struct text none = { NULL, NULL };
	struct period of, from;
	size_t i;

	if (series->n_method_changes == 0 || !period_parse(slot->period, &of))
		return none;
	for (i = 0; i < series->n_method_changes; i++)
		if (period_parse(series->method_changes[i].from, &from) &&
		    from.first.n >= of.first.n && from.first.n <= of.last.n)
			return trimmed_text(
			    arena, series->method_changes[i].note);
	return none;
}

static void
keep_time(const struct entry *said, struct announcement *announcement)
{
	announcement->when = said->when;
	announcement->start = said->start;
}

/* Where the acts have brought it. */
static void
add_state(const struct slot *slot, const struct entry *said,
    struct announcement *announcement)
{
	const struct life *life = slot->life;

	switch (life_state_of(slot)) {
	case LIFE_POSTPONED:
		announcement->status = SAID_POSTPONED;
		announcement->has_due = life->postpone->has_due;
		announcement->due = life->postpone->due;
		if (said != NULL)
			keep_time(said, announcement);
		break;
	case LIFE_RELEASED:
		announcement->status = SAID_RELEASED;
		announcement->result_url = life->released->url;
		announcement->released = life->released->released;
		/* A late release does not become punctual by this. */
		if (said != NULL && said->status != SAID_CANCELLED &&
		    said->status != SAID_POSTPONED)
			keep_time(said, announcement);
		break;
	case LIFE_CANCELLED:
	case LIFE_WITHHELD:
		announcement->status = SAID_CANCELLED;
		break;
	case LIFE_DUE:
		break;
	}
}

void
announce_wanted(struct arena *arena, const struct office *office,
    const struct change *change, struct announcement *announcement)
{
	const struct slot *slot = change->slot;
	const struct series *series = slot->series;
	const struct department *department =
	    office_department(office, slot->plan->department);

	*announcement = (struct announcement){
		.release = slot->release,
		.uid = uid_of(arena, slot->release, office->domain),
		.department = slot->plan->department,
		.series = series->id,
		.period = slot->period,
		.estimate = slot->rule->estimate,
		.title = series->title,
		.when = slot->when,
		.timezone = zone_name(slot->plan->zone),
		.start = slot->start,
		.status = wanted_status(slot, change->said),
		.late = change->late,
		.channels = series->channels,
		.n_channels = series->n_channels,
		.url = series->url,
		.note = trimmed_text(arena, slot->note),
		.reason = trimmed_text(arena, reason_of(slot)),
		.data_status = series->data_status,
		.method_change = method_change_of(arena, slot),
	};
	if (department != NULL)
		announcement->publisher = department->name;
	announcement->reason_pending =
	    is_reason_pending(office, change, announcement);
	add_topics(arena, office, series, announcement);
	add_indicators(arena, series, announcement);
	add_state(slot, change->said, announcement);
}

/* What an act makes of what was said, whatever the plan says now. */
static void
apply_act(struct arena *arena, const struct office *office,
    const struct change *change, struct announcement *announcement)
{
	const struct act *act = change->act;

	announcement->has_due = false;
	announcement->reason = (struct text){ NULL, NULL };
	announcement->reason_pending = false;
	if (act != NULL)
		announcement->reason = trimmed_text(arena, act->reason);
	if (change->kind == ENTRY_RELEASED) {
		announcement->status = SAID_RELEASED;
		announcement->result_url = act->url;
		announcement->released = act->released;
		return;
	}
	announcement->status = SAID_CANCELLED;
	announcement->reason_pending =
	    is_empty(&announcement->reason) && must_give_reason(office);
}

void
announce_wanted_cancelled(struct arena *arena, const struct office *office,
    const struct change *change, struct announcement *announcement)
{
	announce_wanted(arena, office, change, announcement);
	if (change->said != NULL)
		keep_time(change->said, announcement);
	apply_act(arena, office, change, announcement);
}

/* The time before this one, which a reader of a moved event is told. */
static void
add_history(const struct announcement *said, struct announcement *announcement)
{
	bool moved = said->start.s != announcement->start.s ||
		     !moment_equal(&said->when, &announcement->when);

	announcement->has_previous = moved || said->has_previous;
	announcement->previous = moved ? said->when : said->previous;
	/* What was first said too late stays so for as long as its time does.
	 */
	announcement->late = said->late && !moved;
}

/* Nothing but what was said can tell what it is. */
static bool
says_what_was_said(const struct change *change)
{
	return change->kind == ENTRY_CANCELLED || change->slot == NULL;
}

const struct error *
announce_compose(struct arena *arena, const struct office *office,
    const struct change *change, const char *said_json,
    struct announcement *announcement, struct digest *digest)
{
	struct announcement said = { 0 };
	const struct error *error = NULL;
	struct buf buf;

	if (said_json != NULL)
		error = announcement_read(arena, said_json, &said);
	else if (change->said != NULL || says_what_was_said(change))
		return ERROR_NEW(arena, ERROR_FAILED, NULL,
		    "announce.said_missing", change->release);
	if (error != NULL)
		return ERROR_NEW(arena, ERROR_FAILED, error,
		    "announce.said_unreadable", change->release);
	if (says_what_was_said(change)) {
		*announcement = said;
		apply_act(arena, office, change, announcement);
	} else {
		announce_wanted(arena, office, change, announcement);
		if (said_json != NULL)
			add_history(&said, announcement);
	}
	buf_init(&buf, arena);
	announcement_write(&buf, announcement, true);
	*digest = digest_of(buf.data, buf.len);
	return NULL;
}
