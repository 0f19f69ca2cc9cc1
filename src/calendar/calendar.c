#include "calendar.h"

#include <string.h>

#include <yugao/arena.h>
#include <yugao/error.h>

#define LARGEST_FILE (1024 * 1024)
/* A calendar on a calendar on …: deeper than this it goes in a circle. */
#define DEEPEST_BASE 4

/* name.ics and name-*.ics belong to the calendar of that name. */
static bool
belongs(const char *file, const char *name)
{
	size_t len = strlen(name);

	return strncmp(file, name, len) == 0 &&
	       (file[len] == '-' || strcmp(file + len, ".ics") == 0);
}

static const struct error *
read_file(struct arena *arena, const char *path, struct diags *diags,
    struct notices *sources)
{
	const struct error *error;
	struct notice source;
	struct bytes bytes;

	error = file_read(arena, path, LARGEST_FILE, &bytes);
	if (error == NULL) {
		notice_from_ics(arena, path, bytes, diags, &source);
		ARRAY_PUSH(arena, sources, source);
	}
	if (error != NULL && error->kind == ERROR_INPUT) {
		diag_add(arena, diags, DIAG_ERROR,
		    (struct place){ .file = path }, error->message);
		error = NULL;
	}
	return error;
}

/* The calendar that these files override, named by any of them. */
static const struct notice *
find_base(
    struct arena *arena, const struct notices *sources, struct diags *diags)
{
	const struct notice *found = NULL;
	size_t i;

	for (i = 0; i < sources->n; i++) {
		const struct notice *source = &sources->v[i];

		if (source->base == NULL)
			continue;
		if (found == NULL)
			found = source;
		else if (strcmp(found->base, source->base) != 0)
			DIAG(arena, diags, DIAG_ERROR, source->base_place,
			    "calendar.base_differs", source->base, found->base,
			    found->file);
	}
	return found;
}

/* A folder of calendars as it is asked, and what is supposed of it. */
struct calendars {
	struct arena *arena;
	const char *directory;
	const struct day *known_on;
	struct {
		struct kept {
			const char *name;
			struct calendar *calendar;
		} * v;
		size_t n, cap;
	} kept;
	struct {
		struct overlay {
			const char *name;
			struct notice notice;
		} * v;
		size_t n, cap;
	} overlays;
	struct notices closed; /* of every calendar */
};

/* What is supposed about the year of a notice takes its place. */
static bool
is_replaced(const struct calendars *calendars, const char *name,
    const struct notice *notice)
{
	size_t i;

	if (notice->year == 0 || notice->projects_from != 0)
		return false;
	for (i = 0; i < calendars->overlays.n; i++) {
		const struct overlay *overlay = &calendars->overlays.v[i];

		if (overlay->notice.year == notice->year &&
		    strcmp(overlay->name, name) == 0)
			return true;
	}
	return false;
}

static void
suppose_years(
    struct calendars *calendars, const char *name, struct notices *notices)
{
	size_t i, n = 0;

	for (i = 0; i < notices->n; i++)
		if (!is_replaced(calendars, name, &notices->v[i]))
			notices->v[n++] = notices->v[i];
	notices->n = n;
	for (i = 0; i < calendars->overlays.n; i++)
		if (calendars->overlays.v[i].notice.year != 0 &&
		    strcmp(calendars->overlays.v[i].name, name) == 0)
			ARRAY_PUSH(calendars->arena, notices,
			    calendars->overlays.v[i].notice);
}

/* Single days: they override what everything else says. */
static struct calendar *
suppose_days(struct calendars *calendars, struct calendar *calendar,
    struct diags *diags, bool outermost)
{
	struct arena *arena = calendars->arena;
	struct notices notices = { 0 };
	size_t i;

	for (i = 0; i < calendars->overlays.n; i++)
		if (calendars->overlays.v[i].notice.year == 0 &&
		    strcmp(calendars->overlays.v[i].name, calendar->name) == 0)
			ARRAY_PUSH(
			    arena, &notices, calendars->overlays.v[i].notice);
	if (notices.n > 0)
		calendar = table_build(
		    arena, calendar->name, &notices, NULL, calendar, diags);
	if (calendar != NULL && outermost && calendars->closed.n > 0)
		calendar = table_build(arena, calendar->name,
		    &calendars->closed, NULL, calendar, diags);
	return calendar;
}

static const struct error *
read_files(struct calendars *calendars, const char *name, struct diags *diags,
    struct notices *notices)
{
	struct arena *arena = calendars->arena;
	const struct error *error;
	struct names names;
	size_t i;

	error = file_list(arena, calendars->directory, ".ics", &names);
	for (i = 0; error == NULL && i < names.n; i++)
		if (belongs(names.v[i], name))
			error = read_file(arena,
			    file_join(arena, calendars->directory, names.v[i]),
			    diags, notices);
	if (error == NULL)
		suppose_years(calendars, name, notices);
	return error;
}

static const struct error *
read_family(struct calendars *calendars, const char *name, struct diags *diags,
    int depth, struct calendar **calendar)
{
	struct arena *arena = calendars->arena;
	const struct error *error;
	struct calendar *base = NULL;
	const struct notice *based;
	struct notices notices = { 0 };
	size_t errors = diags->errors;

	*calendar = NULL;
	error = read_files(calendars, name, diags, &notices);
	if (error != NULL || notices.n == 0)
		return error;
	based = find_base(arena, &notices, diags);
	if (based != NULL && depth == DEEPEST_BASE) {
		DIAG(arena, diags, DIAG_ERROR, based->base_place,
		    "calendar.base_circle", based->base);
		return NULL;
	}
	if (based != NULL) {
		error = read_family(
		    calendars, based->base, diags, depth + 1, &base);
		if (error == NULL && base == NULL && diags->errors == errors)
			DIAG(arena, diags, DIAG_ERROR, based->base_place,
			    "calendar.no_base", based->base,
			    calendars->directory);
	}
	if (error == NULL && diags->errors == errors)
		*calendar = table_build(
		    arena, name, &notices, calendars->known_on, base, diags);
	if (*calendar != NULL)
		*calendar =
		    suppose_days(calendars, *calendar, diags, depth == 0);
	return error;
}

/* A calendar is everybody's: its mistakes stop every department. */
static const struct error *
read_outermost(struct calendars *calendars, const char *name,
    struct diags *diags, struct calendar **calendar)
{
	const char *department = diags->department;
	const struct error *error;

	diags->department = NULL;
	error = read_family(calendars, name, diags, 0, calendar);
	diags->department = department;
	return error;
}

const struct error *
calendar_read(struct arena *arena, const char *directory, const char *name,
    const struct day *known_on, struct diags *diags, struct calendar **calendar)
{
	struct calendars calendars = {
		.arena = arena, .directory = directory, .known_on = known_on
	};

	return read_outermost(&calendars, name, diags, calendar);
}

struct calendar *
calendar_from_bytes(struct arena *arena, const char *file, struct bytes bytes,
    const struct day *known_on, struct diags *diags)
{
	struct notice source;
	struct notices sources = { &source, 1, 1 };

	if (!notice_from_ics(arena, file, bytes, diags, &source))
		return NULL;
	return table_build(arena, file, &sources, known_on, NULL, diags);
}

struct calendars *
calendars_open(
    struct arena *arena, const char *directory, const struct day *known_on)
{
	struct calendars *calendars = arena_alloc(arena, sizeof(*calendars));

	calendars->arena = arena;
	calendars->directory = arena_strdup(arena, directory);
	if (known_on != NULL)
		calendars->known_on =
		    arena_copy(arena, known_on, sizeof(*known_on));
	return calendars;
}

const struct error *
calendars_get(struct calendars *calendars, const char *name,
    struct diags *diags, const struct calendar **calendar)
{
	struct kept kept = { arena_strdup(calendars->arena, name), NULL };
	const struct error *error;
	size_t i;

	for (i = 0; i < calendars->kept.n; i++) {
		if (strcmp(calendars->kept.v[i].name, name) == 0) {
			*calendar = calendars->kept.v[i].calendar;
			return NULL;
		}
	}
	error = read_outermost(calendars, name, diags, &kept.calendar);
	*calendar = kept.calendar;
	if (error == NULL)
		ARRAY_PUSH(calendars->arena, &calendars->kept, kept);
	return error;
}

/* A supposition is known from the beginning, and as it will be in the end. */
static struct notice
as_known(struct arena *arena, const struct notice *notice)
{
	struct notice known = *notice;
	size_t i;

	known.days.v = NULL;
	known.days.n = known.days.cap = 0;
	known.published = DAY_ALWAYS;
	for (i = 0; i < notice->days.n; i++) {
		struct stretch stretch = notice->days.v[i];

		if (stretch.lapsed.n != DAY_NEVER.n)
			continue;
		stretch.published = DAY_ALWAYS;
		ARRAY_PUSH(arena, &known.days, stretch);
	}
	return known;
}

void
calendars_overlay(
    struct calendars *calendars, const char *name, const struct notice *notice)
{
	struct overlay overlay = { arena_strdup(calendars->arena, name),
		as_known(calendars->arena, notice) };

	ARRAY_PUSH(calendars->arena, &calendars->overlays, overlay);
}

void
calendars_close(struct calendars *calendars, struct day from, struct day to,
    struct text name)
{
	struct notice notice = { .published = DAY_ALWAYS };
	struct stretch stretch = { .first = from,
		.last = to,
		.name = name,
		.published = DAY_ALWAYS,
		.lapsed = DAY_NEVER };

	ARRAY_PUSH(calendars->arena, &notice.days, stretch);
	ARRAY_PUSH(calendars->arena, &calendars->closed, notice);
}
