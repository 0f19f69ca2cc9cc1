#include "address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <yugao/arena.h>

/* The first row that holds an address decides. */
static const struct {
	uint8_t net[4];
	int bits;
	enum address_kind kind;
} ranges4[] = {
	/* Metadata services: whoever reads them owns the machine. */
	{ { 169, 254, 0, 0 }, 16, ADDRESS_NEVER },     /* link-local */
	{ { 100, 100, 100, 200 }, 32, ADDRESS_NEVER }, /* Alibaba Cloud */
	{ { 168, 63, 129, 16 }, 32, ADDRESS_NEVER },   /* Azure */
	/* RFC 6890 and its successors. */
	{ { 0, 0, 0, 0 }, 8, ADDRESS_NEVER },
	{ { 10, 0, 0, 0 }, 8, ADDRESS_PRIVATE },
	{ { 100, 64, 0, 0 }, 10, ADDRESS_PRIVATE },
	{ { 127, 0, 0, 0 }, 8, ADDRESS_PRIVATE },
	{ { 172, 16, 0, 0 }, 12, ADDRESS_PRIVATE },
	{ { 192, 0, 0, 0 }, 24, ADDRESS_NEVER },
	{ { 192, 0, 2, 0 }, 24, ADDRESS_NEVER },
	{ { 192, 88, 99, 0 }, 24, ADDRESS_NEVER },
	{ { 192, 168, 0, 0 }, 16, ADDRESS_PRIVATE },
	{ { 198, 18, 0, 0 }, 15, ADDRESS_PRIVATE },
	{ { 198, 51, 100, 0 }, 24, ADDRESS_NEVER },
	{ { 203, 0, 113, 0 }, 24, ADDRESS_NEVER },
	{ { 224, 0, 0, 0 }, 4, ADDRESS_NEVER },
	{ { 240, 0, 0, 0 }, 4, ADDRESS_NEVER },
};

/* embedded: where an IPv4 address stands that decides, or 0. */
static const struct {
	uint8_t net[16];
	int bits;
	int embedded;
	enum address_kind kind;
} ranges6[] = {
	{ { [15] = 0 }, 128, 0, ADDRESS_NEVER },
	{ { [15] = 1 }, 128, 0, ADDRESS_PRIVATE },
	{ { [10] = 0xff, 0xff }, 96, 12, ADDRESS_NEVER },   /* mapped */
	{ { [8] = 0xff, 0xff }, 96, 12, ADDRESS_NEVER },    /* RFC 2765 */
	{ { 0 }, 96, 12, ADDRESS_NEVER },                   /* compatible */
	{ { 0, 0x64, 0xff, 0x9b }, 96, 12, ADDRESS_NEVER }, /* NAT64 */
	{ { 0x20, 0x02 }, 16, 2, ADDRESS_NEVER },           /* 6to4 */
	{ { 0, 0x64, 0xff, 0x9b, 0, 1 }, 48, 0, ADDRESS_NEVER }, /* RFC 8215 */
	{ { 0x20, 0x01 }, 23, 0, ADDRESS_NEVER }, /* RFC 2928; Teredo */
	{ { 0x20, 0x01, 0x0d, 0xb8 }, 32, 0, ADDRESS_NEVER },
	{ { 0x3f, 0xff }, 20, 0, ADDRESS_NEVER },
	/* Metadata services of AWS, Google and Scaleway. */
	{ { 0xfd, 0, 0x0e, 0xc2 }, 32, 0, ADDRESS_NEVER },
	{ { 0xfd, 0x20, 0, 0xce }, 32, 0, ADDRESS_NEVER },
	{ { 0xfd, 0, 0, 0x42 }, 32, 0, ADDRESS_NEVER },
	{ { 0xfc }, 7, 0, ADDRESS_PRIVATE },
	{ { 0xfe, 0x80 }, 10, 0, ADDRESS_NEVER }, /* link-local */
	{ { 0xfe, 0xc0 }, 10, 0, ADDRESS_PRIVATE },
	{ { 0x20 }, 3, 0, ADDRESS_PUBLIC },
};

/* An address without its clothes. */
struct bare {
	bool v6;
	uint8_t bytes[16];
};

static bool
has_prefix(const struct bare *bare, bool v6, const uint8_t *net, int bits)
{
	struct network network = { .v6 = v6, .bits = bits };

	memcpy(network.bytes, net, v6 ? 16 : 4);
	return network_holds(&network, bare->v6, bare->bytes);
}

static enum address_kind
kind4(const struct bare *bare)
{
	size_t i;

	for (i = 0; i < COUNT(ranges4); i++)
		if (has_prefix(bare, false, ranges4[i].net, ranges4[i].bits))
			return ranges4[i].kind;
	return ADDRESS_PUBLIC;
}

/*
 * The IPv4 address that is inside takes its place.  What no row holds is not
 * assigned to anyone.
 */
static enum address_kind
kind6(struct bare *bare)
{
	size_t i;

	for (i = 0; i < COUNT(ranges6); i++) {
		int embedded = ranges6[i].embedded;

		if (!has_prefix(bare, true, ranges6[i].net, ranges6[i].bits))
			continue;
		if (embedded == 0)
			return ranges6[i].kind;
		memmove(bare->bytes, bare->bytes + embedded, 4);
		bare->v6 = false;
		return kind4(bare);
	}
	return ADDRESS_NEVER;
}

static enum address_kind
undress(const struct sockaddr *address, struct bare *bare)
{
	struct sockaddr_in in;
	struct sockaddr_in6 in6;

	*bare = (struct bare){ .v6 = address->sa_family == AF_INET6 };
	if (address->sa_family == AF_INET) {
		memcpy(&in, address, sizeof(in));
		memcpy(bare->bytes, &in.sin_addr, 4);
		return kind4(bare);
	}
	if (address->sa_family == AF_INET6) {
		memcpy(&in6, address, sizeof(in6));
		memcpy(bare->bytes, in6.sin6_addr.s6_addr, 16);
		return kind6(bare);
	}
	return ADDRESS_NEVER;
}

enum address_kind
address_kind(const struct sockaddr *address)
{
	struct bare bare;

	return undress(address, &bare);
}

static bool
is_listed(const struct portal *portal, const struct bare *bare)
{
	size_t i;

	for (i = 0; i < portal->n_networks; i++)
		if (network_holds(&portal->networks[i], bare->v6, bare->bytes))
			return true;
	return false;
}

bool
address_allowed(
    const struct sockaddr *address, const struct portal *portal, bool plain)
{
	struct bare bare;
	enum address_kind kind = undress(address, &bare);

	if (kind == ADDRESS_PRIVATE)
		return portal->allow_private || is_listed(portal, &bare);
	return kind == ADDRESS_PUBLIC && !plain;
}

bool
address_text_allowed(const char *text, const struct portal *portal, bool plain)
{
	struct sockaddr_in in = { .sin_family = AF_INET };
	struct sockaddr_in6 in6 = { .sin6_family = AF_INET6 };

	if (strchr(text, '%') != NULL)
		return false;
	if (inet_pton(AF_INET6, text, &in6.sin6_addr) == 1)
		return address_allowed(
		    (const struct sockaddr *)&in6, portal, plain);
	return inet_pton(AF_INET, text, &in.sin_addr) == 1 &&
	       address_allowed((const struct sockaddr *)&in, portal, plain);
}
