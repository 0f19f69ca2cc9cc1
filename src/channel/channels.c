#include <string.h>

#include <yugao/arena.h>
#include <yugao/channel.h>

#include "kinds.h"

/* Adding a channel is one row and one file. */
static const struct channel table[] = {
	{ "directory", directory_step },
	{ "http-put", http_move_step },
};

const struct channel *
channel_find(const char *kind)
{
	size_t i;

	for (i = 0; i < COUNT(table); i++)
		if (strcmp(table[i].kind, kind) == 0)
			return &table[i];
	return NULL;
}
