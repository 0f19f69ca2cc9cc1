/*
 * Ed25519 signatures (RFC 8032), from libcrypto: the same key and bytes give
 * the same signature always.
 */
#ifndef YUGAO_SIGNATURE_H
#define YUGAO_SIGNATURE_H

#include <stdbool.h>
#include <stddef.h>

#include <yugao/secret.h>

struct arena;
struct error;
struct signing_key;

/*
 * A private key as PKCS#8 PEM without a passphrase, as `openssl genpkey
 * -algorithm ed25519` makes it.  ERROR_INPUT for anything else.
 */
const struct error *signing_key_read(struct arena *arena,
    const struct secret_place *place, struct signing_key **key);
void signing_key_free(struct signing_key *key); /* NULL is allowed */
/* Its public half as PEM. */
const char *
signing_key_public(struct arena *arena, const struct signing_key *key);

/* In base64. */
const char *signature_make(struct arena *arena, const struct signing_key *key,
    const void *data, size_t len);
/* False also for a key or a signature that is none. */
bool signature_is_good(const char *public_pem, const void *data, size_t len,
    const char *signature);

#endif
