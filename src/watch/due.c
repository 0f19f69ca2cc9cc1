/* Which results are looked for, where, and when. */
#include "watch.h"

#include <string.h>

#include <yugao/arena.h>

#define MINUTE 60
#define HOUR 3600
#define DAY 86400
#define WEEK (7 * DAY)

bool
watch_target(struct arena *arena, const struct slot *slot,
    const struct entry *said, struct target *target)
{
	const struct occurrence *occurrence = slot->why.occurrence;
	const struct watch *watch = slot->series->watch;
	const struct life *life = slot->life;

	*target = (struct target){ .slot = slot,
		.said = said,
		.every = 10 * MINUTE,
		.out = life != NULL && life->released != NULL };
	if (watch != NULL)
		target->every = watch->every * MINUTE;
	if (target->out && !life->released->seen && life->released->url != NULL)
		target->url = life->released->url;
	else if (occurrence != NULL && occurrence->result != NULL)
		target->url = occurrence->result;
	else if (watch != NULL && watch->url != NULL)
		target->url = watch_fill(arena, watch->url, slot->period);
	else if (watch != NULL && !target->out) {
		target->url = watch->page;
		target->title = watch_fill(arena, watch->title, slot->period);
	}
	return target->url != NULL;
}

struct instant
target_time(const struct target *target)
{
	return target->said->start;
}

struct instant
term_end(const struct watching *watching, const struct target *target)
{
	const struct parameter *days = policy_parameter(
	    &watching->office->policy, "trace.silent_edit_check_days");
	struct instant end = target->slot->life->released->released;

	end.s += (days == NULL ? 0 : days->number) * DAY;
	return end;
}

const struct sight *
last_file(const struct watching *watching, const char *release)
{
	size_t n;
	const struct sight *v =
	    sightings_of(watching->outcomes->sightings, release, &n);

	while (n > 0 && (!v[n - 1].has_digest || v[n - 1].kind == SIGHT_EARLY))
		n--;
	return n > 0 ? &v[n - 1] : NULL;
}

/* How long after a look the next one is due; 0: none is. */
static int64_t
pause_of(const struct target *target, int64_t since)
{
	if (since < -(target->title != NULL ? HOUR : DAY) || since > WEEK)
		return 0;
	if (since < -HOUR || since > DAY)
		return HOUR > target->every ? HOUR : target->every;
	return target->every;
}

/* A look that failed is not taken again at once. */
static int64_t
patience(int failures)
{
	int64_t pause = failures == 0 ? 0 : 5 * MINUTE;

	for (; failures > 1 && pause < HOUR; failures--)
		pause *= 2;
	return pause;
}

bool
target_is_due(const struct watching *watching, const struct target *target,
    const struct watched *watched)
{
	bool same = watched != NULL && watched->url != NULL &&
		    strcmp(watched->url, target->url) == 0;
	int64_t now = watching->now.s, pause;

	if (target->out) {
		if (target->title != NULL ||
		    sightings_last(watching->outcomes->sightings,
			target->slot->release, SIGHT_INTACT) != NULL)
			return false;
		pause = DAY;
		if (now > term_end(watching, target).s + WEEK)
			return false;
		/* Its first file is wanted at once. */
		if (last_file(watching, target->slot->release) == NULL)
			pause = target->every;
	} else {
		pause = pause_of(target, now - target_time(target).s);
	}
	if (pause == 0)
		return false;
	if (same && pause < patience(watched->failures))
		pause = patience(watched->failures);
	return !same || !watched->has_looked ||
	       now - watched->looked.s >= pause;
}
