/*
 * The secret of a portal, fit to stand in a header.
 */
#ifndef CHANNEL_SECRET_H
#define CHANNEL_SECRET_H

#include <yugao/office.h>
#include <yugao/secret.h>

/* NULL, or the catalogue id of what is wrong.  Wipe it in either case. */
const char *
secret_line_read(const struct secret_place *place, struct secret *secret);
const char *auth_secret_read(const struct auth *auth, struct secret *secret);

#endif
