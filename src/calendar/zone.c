/*
 * Zones are read here and not by libical (3.0.16): compared with Python's
 * zoneinfo for 1990–2040 its instants agree, but in a gap it silently gives
 * an instant before the gap, in an overlap the later one, and it names
 * neither; it also guesses rules from the transitions of a TZif file instead
 * of reading the file's own, and keeps zones in globals.
 */
#include "calendar.h"

#include <string.h>
#include <sys/stat.h>

#include <yugao/arena.h>
#include <yugao/error.h>

#define ZONES "/usr/share/zoneinfo"
#define LARGEST_ZONE (256 * 1024)
#define HEADER 44
/* No real instant is further from 1970 than "the Big Bang" of zic -b fat. */
#define FURTHEST ((int64_t)1 << 59)

struct zone {
	const char *name;
	struct periods periods; /* never empty */
};

struct counts {
	uint32_t isut, isstd, leap, time, type, chars;
};

static uint32_t
be32(const char *at)
{
	const unsigned char *p = (const unsigned char *)at;

	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
	       (uint32_t)p[2] << 8 | p[3];
}

static int64_t
be64(const char *at)
{
	return (int64_t)((uint64_t)be32(at) << 32 | be32(at + 4));
}

void
period_push(struct arena *arena, struct periods *periods, struct period period)
{
	if (periods->n > 0 && periods->v[periods->n - 1].at == period.at)
		periods->n--;
	if (periods->n > 0 &&
	    periods->v[periods->n - 1].offset == period.offset)
		return;
	ARRAY_PUSH(arena, periods, period);
}

/* RFC 8536 3.1; false if this is no TZif header of version 2 or later. */
static bool
read_header(struct bytes bytes, size_t at, struct counts *counts)
{
	const char *p = bytes.data + at;

	if (bytes.len < at || bytes.len - at < HEADER ||
	    memcmp(p, "TZif", 4) != 0 || p[4] < '2')
		return false;
	*counts = (struct counts){ be32(p + 20), be32(p + 24), be32(p + 28),
		be32(p + 32), be32(p + 36), be32(p + 40) };
	return true;
}

/* Bytes of the block after a header whose times take this many bytes. */
static uint64_t
block_size(const struct counts *c, uint64_t time)
{
	return c->time * (time + 1) + c->type * (uint64_t)6 + c->chars +
	       c->leap * (time + 4) + c->isstd + c->isut;
}

static bool
read_block(struct arena *arena, const char *data, const struct counts *counts,
    struct periods *periods)
{
	const char *types = data + (size_t)counts->time * 9;
	int64_t last = INT64_MIN;
	uint32_t i;

	for (i = 0; i < counts->type; i++) {
		int32_t offset = (int32_t)be32(types + (size_t)i * 6);

		if (offset < -93600 || offset > 93600)
			return false;
	}
	/* RFC 8536 3.2: before the first transition, the first type. */
	period_push(
	    arena, periods, (struct period){ INT64_MIN, (int32_t)be32(types) });
	for (i = 0; i < counts->time; i++) {
		int64_t at = be64(data + (size_t)i * 8);
		unsigned char type =
		    (unsigned char)data[(size_t)counts->time * 8 + i];

		if (at < -FURTHEST || at > FURTHEST || at <= last ||
		    type >= counts->type)
			return false;
		last = at;
		period_push(arena, periods,
		    (struct period){
			at, (int32_t)be32(types + (size_t)type * 6) });
	}
	return true;
}

bool
zone_from_bytes(struct arena *arena, const char *name, struct bytes bytes,
    struct zone **zone)
{
	struct zone *made = arena_alloc(arena, sizeof(*made));
	struct counts counts;
	const char *footer, *end;
	uint64_t at;

	if (!read_header(bytes, 0, &counts))
		return false;
	/* The first block has 32-bit times; it is there for old readers. */
	at = HEADER + block_size(&counts, 4);
	if (at > bytes.len || !read_header(bytes, at, &counts))
		return false;
	at += HEADER;
	/* The right/ zones count leap seconds; POSIX instants do not. */
	if (counts.type == 0 || counts.leap != 0 ||
	    block_size(&counts, 8) > bytes.len - at ||
	    !read_block(arena, bytes.data + at, &counts, &made->periods))
		return false;
	at += block_size(&counts, 8);
	if (at >= bytes.len || bytes.data[at] != '\n')
		return false;
	footer = bytes.data + at + 1;
	end = memchr(footer, '\n', bytes.len - at - 1);
	if (end == NULL ||
	    !footer_read(arena,
		arena_strndup(arena, footer, (size_t)(end - footer)),
		&made->periods))
		return false;
	made->name = arena_strdup(arena, name);
	*zone = made;
	return true;
}

/* Names such as Asia/Shanghai; nothing that leaves the folder. */
static bool
name_valid(const char *name)
{
	const char *p;

	if (strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
			 "0123456789/_+-") != strlen(name))
		return false;
	for (p = name;; p++) {
		if (*p == '/' || *p == '\0')
			return false;
		if ((p = strchr(p, '/')) == NULL)
			return true;
	}
}

const struct error *
zone_open_in(struct arena *arena, const char *directory, const char *name,
    struct zone **zone)
{
	const char *path;
	struct bytes bytes;
	struct stat st;

	if (!name_valid(name))
		return ERROR_NEW(arena, ERROR_INPUT, NULL,
		    "calendar.zone_unknown", name, directory);
	if (stat(directory, &st) == -1)
		return ERROR_NEW(arena, ERROR_INPUT, NULL,
		    "calendar.zone_database", name, directory);
	path = file_join(arena, directory, name);
	if (file_read(arena, path, LARGEST_ZONE, &bytes) != NULL)
		return ERROR_NEW(arena, ERROR_INPUT, NULL,
		    "calendar.zone_unknown", name, directory);
	if (!zone_from_bytes(arena, name, bytes, zone))
		return ERROR_NEW(arena, ERROR_INPUT, NULL,
		    "calendar.zone_damaged", name, path);
	return NULL;
}

const struct error *
zone_open(struct arena *arena, const char *name, struct zone **zone)
{
	return zone_open_in(arena, ZONES, name, zone);
}

const char *
zone_name(const struct zone *zone)
{
	return zone->name;
}

/* The first local second that is after period i; none after the last. */
static int64_t
local_end(const struct periods *periods, size_t i)
{
	return i + 1 < periods->n ? periods->v[i + 1].at + periods->v[i].offset
				  : INT64_MAX;
}

struct instant
zone_instant(const struct zone *zone, struct local local, enum local_kind *kind)
{
	const struct periods *periods = &zone->periods;
	int64_t seconds = (int64_t)local.day.n * 86400 +
			  (local.minute == NO_TIME ? 0 : local.minute * 60);
	const struct period *p;
	size_t low = 0, high = periods->n - 1;
	enum local_kind found = LOCAL_EXACT;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (local_end(periods, middle) > seconds)
			high = middle;
		else
			low = middle + 1;
	}
	/* The first period that ends after the clock shows this. */
	p = &periods->v[low];
	if (low > 0 && seconds < p->at + p->offset)
		found = LOCAL_GAP;
	else if (low + 1 < periods->n && seconds >= p[1].at + p[1].offset)
		found = LOCAL_OVERLAP;
	if (kind != NULL)
		*kind = found;
	return (
	    struct instant){ found == LOCAL_GAP ? p->at : seconds - p->offset };
}

int
zone_offset(const struct zone *zone, struct instant instant)
{
	const struct periods *periods = &zone->periods;
	size_t low = 0, high = periods->n;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (periods->v[middle].at <= instant.s)
			low = middle;
		else
			high = middle;
	}
	return periods->v[low].offset;
}

struct local
zone_local(const struct zone *zone, struct instant instant)
{
	int64_t s = instant.s + zone_offset(zone, instant);
	int64_t day = s >= 0 ? s / 86400 : -((86399 - s) / 86400);

	return (
	    struct local){ { (int32_t)day }, (int)((s - day * 86400) / 60) };
}
