/*
 * Which addresses a portal may have.  The answer is about what a name
 * resolved to, so that no name server can lead a write into the office's own
 * network.
 */
#ifndef CHANNEL_ADDRESS_H
#define CHANNEL_ADDRESS_H

#include <stdbool.h>
#include <sys/socket.h>

#include <yugao/portal.h>

enum address_kind {
	ADDRESS_PUBLIC,
	ADDRESS_PRIVATE, /* loopback, private, CGNAT */
	ADDRESS_NEVER    /* metadata, link-local, multicast, reserved, not IP */
};

/* An IPv4 address inside IPv6 (mapped, NAT64, 6to4) counts as itself. */
enum address_kind address_kind(const struct sockaddr *address);

/*
 * Private addresses only where the portal's configuration allows them, or
 * the network that they are in; without TLS nothing but those.
 */
bool address_allowed(
    const struct sockaddr *address, const struct portal *portal, bool plain);
/* The same for an address in words; one with a zone is link-local. */
bool
address_text_allowed(const char *text, const struct portal *portal, bool plain);

#endif
