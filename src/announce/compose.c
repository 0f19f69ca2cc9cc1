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

enum said_status
wanted_status(const struct slot *slot, const struct entry *said)
{
	if (slot->status == STATUS_CONFIRMED ||
	    (said != NULL && said->status == SAID_CONFIRMED))
		return SAID_CONFIRMED;
	return SAID_TENTATIVE;
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
	};
	if (department != NULL)
		announcement->publisher = department->name;
	add_topics(arena, office, series, announcement);
	add_indicators(arena, series, announcement);
}

/* The time before this one, which a reader of a moved event is told. */
static void
add_history(const struct announcement *said, struct announcement *announcement)
{
	bool moved = said->start.s != announcement->start.s ||
		     !moment_equal(&said->when, &announcement->when);

	announcement->has_previous = moved || said->has_previous;
	announcement->previous = moved ? said->when : said->previous;
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
	else if (change->said != NULL || change->kind == ENTRY_CANCELLED)
		return ERROR_NEW(arena, ERROR_FAILED, NULL,
		    "announce.said_missing", change->release);
	if (error != NULL)
		return ERROR_NEW(arena, ERROR_FAILED, error,
		    "announce.said_unreadable", change->release);
	if (change->kind == ENTRY_CANCELLED) {
		*announcement = said;
		announcement->status = SAID_CANCELLED;
		if (change->act != NULL)
			announcement->reason =
			    trimmed_text(arena, change->act->reason);
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
