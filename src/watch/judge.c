/* What a look has found, and what of that is news. */
#include "watch.h"

#include <string.h>

#include <yugao/fetch.h>

#define HTTP_SAME 304

static bool
is_there(const struct target *target, const struct glance *glance,
    const struct watched *watched)
{
	if (glance->status == HTTP_SAME)
		return watched->answers;
	return glance->status == 200 &&
	       (target->title == NULL || glance->found);
}

static void
note_validators(
    const struct glance *glance, struct watched *watched, bool whole)
{
	if (!whole)
		return;
	watched->etag = glance->new_etag;
	watched->modified = glance->new_modified;
	watched->digest = glance->digest;
	watched->has_digest = true;
}

static struct sight
sight_of(const struct watching *watching, const struct target *target,
    const struct watched *watched, enum sight_kind kind)
{
	struct sight sight = { .kind = kind,
		.release = target->slot->release,
		.url = target->url,
		.at = watching->now,
		.has_absent = watched->has_absent,
		.absent = watched->absent };

	/* The page of a title holds more than the result. */
	if (target->title == NULL && watched->has_digest) {
		sight.has_digest = true;
		sight.digest = watched->digest;
	}
	return sight;
}

/*
 * Before its time an exact address that answers is a leak, told once each
 * time that it begins to; a title that stands there tells nothing.  At its
 * time, a title counts only if it was seen not to be there.
 */
static bool
judge_due(const struct watching *watching, const struct target *target,
    const struct watched *watched, bool anew, struct sight *sight)
{
	bool early = watching->now.s < target_time(target).s;

	if (early) {
		*sight = sight_of(watching, target, watched, SIGHT_EARLY);
		return target->title == NULL && anew;
	}
	if (target->title != NULL && !watched->has_absent)
		return false;
	*sight = sight_of(watching, target, watched, SIGHT_RELEASED);
	sight->at = watched->present;
	return true;
}

/* Its file, beside the one that was there before. */
static bool
judge_file(const struct watching *watching, const struct target *target,
    const struct watched *watched, struct sight *sight)
{
	const struct sight *before = last_file(watching, target->slot->release);

	if (before == NULL) {
		*sight = sight_of(watching, target, watched, SIGHT_BASELINE);
		return watched->has_digest;
	}
	if (watched->has_digest &&
	    digest_compare(&before->digest, &watched->digest) != 0) {
		*sight = sight_of(watching, target, watched, SIGHT_ALTERED);
		return true;
	}
	*sight = sight_of(watching, target, watched, SIGHT_INTACT);
	return watching->now.s >= term_end(watching, target).s;
}

bool
look_judge(struct arena *arena, const struct watching *watching,
    const struct target *target, const struct glance *glance,
    struct watched *watched, struct sight *sight)
{
	bool there = is_there(target, glance, watched);
	bool anew = there && !watched->answers;

	(void)arena;
	watched->has_looked = true;
	watched->looked = watching->now;
	watched->problem = glance->problem;
	if (glance->problem != NULL) {
		watched->failures++;
		return false;
	}
	watched->failures = 0;
	note_validators(glance, watched, glance->status == 200);
	watched->answers = there;
	if (!there) {
		watched->has_absent = true;
		watched->absent = watching->now;
		watched->has_present = false;
		return false;
	}
	if (!watched->has_present) {
		watched->has_present = true;
		watched->present = watching->now;
	}
	return target->out ? judge_file(watching, target, watched, sight)
			   : judge_due(watching, target, watched, anew, sight);
}
