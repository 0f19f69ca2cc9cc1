#include <string.h>

#include <yugao/arena.h>
#include <yugao/channel.h>

#include "kinds.h"

/* Adding a channel is one row and one file; without a step nothing reaches
 * such a portal yet. */
static const struct channel table[] = {
	{ "directory", TAKES_FILES, directory_step, directory_look,
	    directory_list },
	{ "http-put", TAKES_FILES, http_move_step, http_look, NULL },
	{ "caldav", TAKES_EVENTS, caldav_step, http_look, NULL },
	{ "webhook", TAKES_CHANGES, webhook_step, NULL, NULL },
	{ "robot", TAKES_DIGEST, robot_step, NULL, NULL },
	{ "bundle", TAKES_BUNDLE, bundle_step, NULL, NULL },
};

static const struct channel *
find(const char *kind)
{
	size_t i;

	for (i = 0; i < COUNT(table); i++)
		if (strcmp(table[i].kind, kind) == 0)
			return &table[i];
	return NULL;
}

const struct channel *
channel_find(const char *kind)
{
	const struct channel *channel = find(kind);

	return channel == NULL || channel->step == NULL ? NULL : channel;
}

enum takes
channel_takes(const char *kind)
{
	const struct channel *channel = find(kind);

	return channel == NULL ? TAKES_FILES : channel->takes;
}
