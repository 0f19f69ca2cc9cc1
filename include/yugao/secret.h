/*
 * Secrets: read only when they are about to be used, wiped right after.  No
 * message ever holds one.
 */
#ifndef YUGAO_SECRET_H
#define YUGAO_SECRET_H

#include <stddef.h>

enum secret_kind { SECRET_FILE, SECRET_ENVIRONMENT, SECRET_CREDENTIAL };

/* Where a secret stands. */
struct secret_place {
	enum secret_kind kind;
	const char *name; /* path, variable, credential; NULL: there is none */
};

#define SECRET_MOST 4096
struct secret {
	char data[SECRET_MOST + 3]; /* data[len] is '\0' */
	size_t len;
};

/*
 * Reads it as it stands, from a file only if it is ours alone.  NULL, or the
 * catalogue id of what is wrong.  Wipe it in either case.
 */
const char *
secret_read(const struct secret_place *place, struct secret *secret);
void secret_wipe(struct secret *secret);
/*
 * The same for what is longer, such as a certificate with its key, into
 * memory of the caller's, who wipes all of it.  `size` is at least 4; what
 * fits is size - 3 bytes, and data[*len] is '\0'.
 */
const char *secret_read_long(
    const struct secret_place *place, char *data, size_t size, size_t *len);

#endif
