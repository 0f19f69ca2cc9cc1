#include "collection.h"

#include <string.h>

#include <yugao/arena.h>
#include <yugao/message.h>

#define ENGLISH ".en"

const char *
collection_name(
    struct arena *arena, const struct office *office, const char *path)
{
	size_t len = strcspn(path, "/"), suffix = strlen(ENGLISH);
	bool english =
	    len > suffix && strncmp(path + len - suffix, ENGLISH, suffix) == 0;
	enum lang lang = english ? LANG_EN : LANG_ZH;
	const char *id =
	    arena_strndup(arena, path, english ? len - suffix : len);
	const struct topic *topic = office_topic(office, id);
	const char *name = topic == NULL ? "" : text_in(&topic->name, lang);

	return SAY(arena, lang, "outbox.collection",
	    text_in(&office->name, lang), *name == '\0' ? id : name);
}
