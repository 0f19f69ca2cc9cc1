/*
 * Which files of the tree a portal gets, by their paths.  A file that speaks
 * of several departments is for portals that get them all.
 */
#include <string.h>

#include <yugao/arena.h>
#include <yugao/buf.h>

#include "offer.h"

/* Folders whose next part is a department; assets speak of nobody. */
static const char *const folders[] = { "departments/", "series/", "releases/" };
#define ASSETS "assets/"
#define LOG "log/"
#define ENGLISH "en/"

static bool
begins(const char *path, const char *start)
{
	return strncmp(path, start, strlen(start)) == 0;
}

static bool
wants_departments_of(
    struct arena *arena, const struct portal *portal, const char *path)
{
	size_t i;

	if (portal->departments.n == 0 || begins(path, ASSETS))
		return true;
	for (i = 0; i < COUNT(folders); i++)
		if (begins(path, folders[i])) {
			const char *id = path + strlen(folders[i]);

			return portal_wants_department(
			    portal, arena_strndup(arena, id, strcspn(id, "/")));
		}
	return false;
}

bool
selection_has_file(
    struct arena *arena, const struct portal *portal, const char *path)
{
	bool english = begins(path, ENGLISH);
	const char *rest = english ? path + strlen(ENGLISH) : path;
	bool neutral = begins(path, ASSETS) || begins(path, LOG);

	return portal_wants_path(portal, path) &&
	       (neutral || portal_wants_language(
			       portal, english ? LANG_EN : LANG_ZH)) &&
	       wants_departments_of(arena, portal, rest);
}

static void
add_list(struct buf *buf, const struct selection *list)
{
	size_t i;

	buf_putc(buf, '[');
	for (i = 0; i < list->n; i++) {
		buf_puts(buf, i > 0 ? "," : "");
		buf_json(buf, list->v[i]);
	}
	buf_puts(buf, "]");
}

const char *
selection_key(struct arena *arena, const struct portal *portal)
{
	enum takes takes = channel_takes(portal->kind);
	struct buf buf;

	buf_init(&buf, arena);
	buf_printf(&buf, "[%d,%u,%d,", (int)takes, portal->languages,
	    takes == TAKES_EVENTS ? (int)portal->calendars : 0);
	add_list(&buf, &portal->feeds);
	add_list(&buf, &portal->departments);
	buf_putc(&buf, ']');
	return buf.data;
}
