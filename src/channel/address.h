/*
 * Which addresses a portal may have.  The answer is about what a name
 * resolved to, so that no name server can lead a write into the office's own
 * network.
 */
#ifndef CHANNEL_ADDRESS_H
#define CHANNEL_ADDRESS_H

#include <stdbool.h>
#include <sys/socket.h>

enum address_kind {
	ADDRESS_PUBLIC,
	ADDRESS_PRIVATE, /* loopback, private, link-local, CGNAT */
	ADDRESS_NEVER    /* cloud metadata, multicast, reserved, not IP */
};

/* An IPv4 address inside IPv6 (mapped, NAT64, 6to4) counts as itself. */
enum address_kind address_kind(const struct sockaddr *address);

/*
 * Private addresses only where the portal's configuration allows them;
 * without TLS nothing but those.
 */
bool
address_allowed(const struct sockaddr *address, bool allow_private, bool plain);

#endif
