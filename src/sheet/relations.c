#include <string.h>

#include <yugao/arena.h>

#include "package.h"

struct relations_state {
	struct package *package;
	const char *part;
	struct relations *relations;
};

/* A target is relative to its part's folder, or to the root. */
static const char *
resolve(struct arena *arena, const char *part, const char *target)
{
	const char *slash = strrchr(part, '/');
	size_t len = slash == NULL ? 0 : (size_t)(slash + 1 - part);

	if (target[0] == '/')
		return arena_strdup(arena, target + 1);
	while (strncmp(target, "../", 3) == 0 && len > 0) {
		target += 3;
		for (len--; len > 0 && part[len - 1] != '/'; len--)
			;
	}
	return arena_printf(arena, "%.*s%s", (int)len, part, target);
}

static void
start_relation(void *context, const char *name, const char **attributes)
{
	struct relations_state *state = context;
	struct arena *arena = state->package->intake->arena;
	const char *id = attribute(attributes, "Id");
	const char *type = attribute(attributes, "Type");
	const char *target = attribute(attributes, "Target");
	const char *mode = attribute(attributes, "TargetMode");
	struct relation relation;

	if (strcmp(name, "Relationship") != 0 || id == NULL || type == NULL ||
	    target == NULL)
		return;
	if (mode != NULL && strcmp(mode, "External") == 0) {
		state->relations->external = true;
		return;
	}
	type = strrchr(type, '/') == NULL ? type : strrchr(type, '/') + 1;
	relation.id = arena_strdup(arena, id);
	relation.type = arena_strdup(arena, type);
	relation.target = resolve(arena, state->part, target);
	ARRAY_PUSH(arena, state->relations, relation);
}

void
relations_read(
    struct package *package, const char *part, struct relations *relations)
{
	static const struct part_reader reader = { start_relation, NULL, NULL };
	struct arena *arena = package->intake->arena;
	const char *slash = strrchr(part, '/');
	int len = slash == NULL ? 0 : (int)(slash + 1 - part);
	struct relations_state state = { package, part, relations };
	const char *name =
	    arena_printf(arena, "%.*s_rels/%s.rels", len, part, part + len);

	*relations = (struct relations){ 0 };
	if (package_has(package, name))
		package_read(package, name, &reader, &state);
}
