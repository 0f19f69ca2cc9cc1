/*
 * Keyed digests (HMAC-SHA256, RFC 2104) and the base64 that keys are written
 * in.
 */
#ifndef YUGAO_HMAC_H
#define YUGAO_HMAC_H

#include <stdbool.h>
#include <stddef.h>

#include <yugao/digest.h>

struct digest
hmac_sha256(const void *key, size_t key_len, const void *data, size_t len);
/*
 * Standard base64, with or without padding; false for anything else, or what
 * is longer than size.  Leaves nothing of the key behind but in out.
 */
bool
base64_read(const char *text, unsigned char *out, size_t size, size_t *len);

#endif
