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
    struct sources *sources)
{
	const struct error *error;
	struct source source;
	struct bytes bytes;

	error = file_read(arena, path, LARGEST_FILE, &bytes);
	if (error == NULL) {
		source_read(arena, path, bytes, diags, &source);
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
static const struct source *
find_base(
    struct arena *arena, const struct sources *sources, struct diags *diags)
{
	const struct source *found = NULL;
	size_t i;

	for (i = 0; i < sources->n; i++) {
		const struct source *source = &sources->v[i];

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

static const struct error *
read_family(struct arena *arena, const char *directory, const char *name,
    const struct day *known_on, struct diags *diags, int depth,
    struct calendar **calendar)
{
	const struct error *error;
	struct calendar *base = NULL;
	const struct source *based;
	struct sources sources = { 0 };
	struct names names;
	size_t errors = diags->errors, i;

	*calendar = NULL;
	error = file_list(arena, directory, ".ics", &names);
	for (i = 0; error == NULL && i < names.n; i++)
		if (belongs(names.v[i], name))
			error = read_file(arena,
			    file_join(arena, directory, names.v[i]), diags,
			    &sources);
	if (error != NULL || sources.n == 0)
		return error;
	based = find_base(arena, &sources, diags);
	if (based != NULL && depth == DEEPEST_BASE) {
		DIAG(arena, diags, DIAG_ERROR, based->base_place,
		    "calendar.base_circle", based->base);
		return NULL;
	}
	if (based != NULL) {
		error = read_family(arena, directory, based->base, known_on,
		    diags, depth + 1, &base);
		if (error == NULL && base == NULL && diags->errors == errors)
			DIAG(arena, diags, DIAG_ERROR, based->base_place,
			    "calendar.no_base", based->base, directory);
	}
	if (error == NULL && diags->errors == errors)
		*calendar =
		    table_build(arena, name, &sources, known_on, base, diags);
	return error;
}

const struct error *
calendar_read(struct arena *arena, const char *directory, const char *name,
    const struct day *known_on, struct diags *diags, struct calendar **calendar)
{
	const char *department = diags->department;
	const struct error *error;

	/* A calendar is everybody's: its mistakes stop every department. */
	diags->department = NULL;
	error =
	    read_family(arena, directory, name, known_on, diags, 0, calendar);
	diags->department = department;
	return error;
}

struct calendar *
calendar_from_bytes(struct arena *arena, const char *file, struct bytes bytes,
    const struct day *known_on, struct diags *diags)
{
	struct source source;
	struct sources sources = { &source, 1, 1 };

	if (!source_read(arena, file, bytes, diags, &source))
		return NULL;
	return table_build(arena, file, &sources, known_on, NULL, diags);
}

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
};

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
	error = calendar_read(calendars->arena, calendars->directory, name,
	    calendars->known_on, diags, &kept.calendar);
	*calendar = kept.calendar;
	if (error == NULL)
		ARRAY_PUSH(calendars->arena, &calendars->kept, kept);
	return error;
}
