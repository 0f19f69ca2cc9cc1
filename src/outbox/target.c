#include "target.h"

#include <string.h>

#include <yugao/arena.h>
#include <yugao/buf.h>
#include <yugao/file.h>

struct digest
target_digest(struct arena *arena, const struct portal *portal)
{
	const char *place = portal->url;
	struct buf buf;

	/* A robot's address is a secret: it goes by the secret's name. */
	if (portal->path != NULL)
		place = file_absolute(arena, portal->path);
	else if (place == NULL)
		place = portal->url_secret.name;
	else if (strstr(place, "://") == NULL)
		place = file_absolute(arena, place);
	buf_init(&buf, arena);
	buf_json(&buf, portal->kind);
	buf_json(&buf, place);
	return digest_of(buf.data, buf.len);
}
