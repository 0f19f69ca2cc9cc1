/* What a portal gets, asked of what its file says. */
#include <fnmatch.h>
#include <string.h>

#include <yugao/portal.h>

bool
network_holds(const struct network *network, bool v6, const uint8_t *address)
{
	size_t whole = (size_t)network->bits / 8;
	int rest = network->bits % 8;

	if (network->v6 != v6 || memcmp(network->bytes, address, whole) != 0)
		return false;
	return rest == 0 ||
	       (network->bytes[whole] ^ address[whole]) >> (8 - rest) == 0;
}

bool
portal_wants_path(const struct portal *portal, const char *path)
{
	size_t i;

	for (i = 0; i < portal->feeds.n; i++)
		if (fnmatch(portal->feeds.v[i], path, FNM_NOESCAPE) == 0)
			return true;
	return portal->feeds.n == 0;
}

bool
portal_wants_department(const struct portal *portal, const char *id)
{
	size_t i;

	for (i = 0; i < portal->departments.n; i++)
		if (strcmp(portal->departments.v[i], id) == 0)
			return true;
	return portal->departments.n == 0;
}

bool
portal_wants_language(const struct portal *portal, enum lang lang)
{
	return portal->languages == 0 ||
	       (portal->languages & 1U << (unsigned)lang) != 0;
}

bool
portal_is_quiet(const struct portal *portal, int minute)
{
	const struct hours *quiet = &portal->quiet;

	if (quiet->from <= quiet->to)
		return quiet->from <= minute && minute < quiet->to;
	return minute >= quiet->from || minute < quiet->to;
}
