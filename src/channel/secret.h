/*
 * Secrets: read only when a request is about to be sent, wiped right after.
 * No message ever holds one.
 */
#ifndef CHANNEL_SECRET_H
#define CHANNEL_SECRET_H

#include <yugao/office.h>

#define SECRET_MOST 4096

struct secret {
	char data[SECRET_MOST + 2];
};

/* NULL, or the catalogue id of what is wrong.  Wipe it in either case. */
const char *secret_read(const struct auth *auth, struct secret *secret);
void secret_wipe(struct secret *secret);

#endif
