#include "address.h"

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
	{ { 169, 254, 169, 254 }, 32, ADDRESS_NEVER },
	{ { 169, 254, 170, 0 }, 24, ADDRESS_NEVER },   /* AWS containers */
	{ { 100, 100, 100, 200 }, 32, ADDRESS_NEVER }, /* Alibaba Cloud */
	{ { 168, 63, 129, 16 }, 32, ADDRESS_NEVER },   /* Azure */
	/* RFC 6890 and its successors. */
	{ { 0, 0, 0, 0 }, 8, ADDRESS_NEVER },
	{ { 10, 0, 0, 0 }, 8, ADDRESS_PRIVATE },
	{ { 100, 64, 0, 0 }, 10, ADDRESS_PRIVATE },
	{ { 127, 0, 0, 0 }, 8, ADDRESS_PRIVATE },
	{ { 169, 254, 0, 0 }, 16, ADDRESS_PRIVATE },
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
	{ { 0x20, 0x01, 0, 0 }, 32, 0, ADDRESS_NEVER },     /* Teredo */
	{ { 0x20, 0x01, 0, 0x02 }, 48, 0, ADDRESS_NEVER },
	{ { 0x20, 0x01, 0x0d, 0xb8 }, 32, 0, ADDRESS_NEVER },
	{ { 0x3f, 0xff }, 20, 0, ADDRESS_NEVER },
	/* Metadata services of AWS and Google. */
	{ { 0xfd, 0, 0x0e, 0xc2 }, 32, 0, ADDRESS_NEVER },
	{ { 0xfd, 0x20, 0, 0xce }, 32, 0, ADDRESS_NEVER },
	{ { 0xfc }, 7, 0, ADDRESS_PRIVATE },
	{ { 0xfe, 0x80 }, 10, 0, ADDRESS_PRIVATE },
	{ { 0xfe, 0xc0 }, 10, 0, ADDRESS_PRIVATE },
	{ { 0x20 }, 3, 0, ADDRESS_PUBLIC },
};

static bool
has_prefix(const uint8_t *address, const uint8_t *net, int bits)
{
	size_t whole = (size_t)bits / 8;
	int rest = bits % 8;
	uint8_t mask = (uint8_t)(0xff << (8 - rest));

	if (memcmp(address, net, whole) != 0)
		return false;
	return rest == 0 || (address[whole] & mask) == (net[whole] & mask);
}

static enum address_kind
kind4(const uint8_t *address)
{
	size_t i;

	for (i = 0; i < COUNT(ranges4); i++)
		if (has_prefix(address, ranges4[i].net, ranges4[i].bits))
			return ranges4[i].kind;
	return ADDRESS_PUBLIC;
}

/* What no row holds is not assigned to anyone. */
static enum address_kind
kind6(const uint8_t *address)
{
	size_t i;

	for (i = 0; i < COUNT(ranges6); i++) {
		if (!has_prefix(address, ranges6[i].net, ranges6[i].bits))
			continue;
		if (ranges6[i].embedded > 0)
			return kind4(address + ranges6[i].embedded);
		return ranges6[i].kind;
	}
	return ADDRESS_NEVER;
}

enum address_kind
address_kind(const struct sockaddr *address)
{
	struct sockaddr_in in;
	struct sockaddr_in6 in6;
	uint8_t bytes[4];

	if (address->sa_family == AF_INET) {
		memcpy(&in, address, sizeof(in));
		memcpy(bytes, &in.sin_addr, sizeof(bytes));
		return kind4(bytes);
	}
	if (address->sa_family == AF_INET6) {
		memcpy(&in6, address, sizeof(in6));
		return kind6(in6.sin6_addr.s6_addr);
	}
	return ADDRESS_NEVER;
}

bool
address_allowed(const struct sockaddr *address, bool allow_private, bool plain)
{
	enum address_kind kind = address_kind(address);

	return kind == ADDRESS_PRIVATE ? allow_private
				       : kind == ADDRESS_PUBLIC && !plain;
}
