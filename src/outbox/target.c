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

	if (strstr(place, "://") == NULL)
		place = file_absolute(arena, place);
	buf_init(&buf, arena);
	buf_json(&buf, portal->kind);
	buf_json(&buf, place);
	return digest_of(buf.data, buf.len);
}
