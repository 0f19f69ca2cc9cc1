/*
 * SHA-256 and base64, from libcrypto.
 */
#ifndef YUGAO_DIGEST_H
#define YUGAO_DIGEST_H

#include <stddef.h>
#include <stdint.h>

struct arena;

struct digest {
	uint8_t bytes[32];
};

struct hasher; /* a running SHA-256 */

struct digest digest_of(const void *data, size_t len);
int digest_compare(const struct digest *a, const struct digest *b);

#define DIGEST_HEX_SIZE 65
const char *digest_hex(char out[DIGEST_HEX_SIZE], const struct digest *digest);
/* Exactly 64 lower-case hex digits; -1 for anything else. */
int digest_parse(const char *hex, struct digest *digest);

struct hasher *hasher_new(void);
void hasher_add(struct hasher *hasher, const void *data, size_t len);
struct digest hasher_end(struct hasher *hasher); /* and starts anew */
void hasher_free(struct hasher *hasher);

/* Standard base64 with padding (RFC 4648 section 4). */
const char *base64(struct arena *arena, const void *data, size_t len);
/* The same into memory that the caller can wipe: 4 for each 3, and '\0'. */
void base64_write(char *out, const void *data, size_t len);

#endif
