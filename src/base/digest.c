#include <yugao/digest.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/evp.h>
#include <openssl/sha.h>

#include <yugao/arena.h>

struct hasher {
	EVP_MD *md;
	EVP_MD_CTX *ctx;
};

/*
 * libcrypto's SHA-256 fails only without memory or with a broken
 * installation, and yugao can do nothing without it.
 */
static void
require(bool ok)
{
	static const char words[] = "yugao: libcrypto cannot do SHA-256\n";

	if (ok)
		return;
	fwrite(words, 1, sizeof(words) - 1, stderr);
	_Exit(1);
}

struct digest
digest_of(const void *data, size_t len)
{
	struct digest digest;

	require(SHA256(data, len, digest.bytes) != NULL);
	return digest;
}

int
digest_compare(const struct digest *a, const struct digest *b)
{
	return memcmp(a->bytes, b->bytes, sizeof(a->bytes));
}

const char *
digest_hex(char out[DIGEST_HEX_SIZE], const struct digest *digest)
{
	static const char hex[] = "0123456789abcdef";
	size_t i;

	for (i = 0; i < sizeof(digest->bytes); i++) {
		out[2 * i] = hex[digest->bytes[i] >> 4];
		out[2 * i + 1] = hex[digest->bytes[i] & 15];
	}
	out[2 * i] = '\0';
	return out;
}

static int
nibble(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

int
digest_parse(const char *hex, struct digest *digest)
{
	struct digest parsed;
	size_t i;

	if (strlen(hex) != DIGEST_HEX_SIZE - 1)
		return -1;
	for (i = 0; i < sizeof(parsed.bytes); i++) {
		int high = nibble(hex[2 * i]), low = nibble(hex[2 * i + 1]);

		if (high < 0 || low < 0)
			return -1;
		parsed.bytes[i] = (uint8_t)(high << 4 | low);
	}
	*digest = parsed;
	return 0;
}

struct hasher *
hasher_new(void)
{
	struct hasher *hasher = calloc(1, sizeof(*hasher));

	require(hasher != NULL);
	hasher->md = EVP_MD_fetch(NULL, "SHA256", NULL);
	hasher->ctx = EVP_MD_CTX_new();
	require(hasher->md != NULL && hasher->ctx != NULL &&
		EVP_DigestInit_ex(hasher->ctx, hasher->md, NULL) == 1);
	return hasher;
}

void
hasher_add(struct hasher *hasher, const void *data, size_t len)
{
	require(EVP_DigestUpdate(hasher->ctx, data, len) == 1);
}

struct digest
hasher_end(struct hasher *hasher)
{
	struct digest digest;

	require(EVP_DigestFinal_ex(hasher->ctx, digest.bytes, NULL) == 1 &&
		EVP_DigestInit_ex(hasher->ctx, hasher->md, NULL) == 1);
	return digest;
}

void
hasher_free(struct hasher *hasher)
{
	if (hasher == NULL)
		return;
	EVP_MD_CTX_free(hasher->ctx);
	EVP_MD_free(hasher->md);
	free(hasher);
}

const char *
base64(struct arena *arena, const void *data, size_t len)
{
	char *out = arena_alloc(arena, (len + 2) / 3 * 4 + 1);

	base64_write(out, data, len);
	return out;
}

void
base64_write(char *at, const void *data, size_t len)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "abcdefghijklmnopqrstuvwxyz0123456789+/";
	const uint8_t *in = data;
	size_t i;

	for (i = 0; i < len; i += 3) {
		size_t left = len - i;
		uint32_t three = (uint32_t)in[i] << 16 |
				 (left > 1 ? (uint32_t)in[i + 1] << 8 : 0) |
				 (left > 2 ? in[i + 2] : 0);

		*at++ = digits[three >> 18];
		*at++ = digits[three >> 12 & 63];
		*at++ = left > 1 ? digits[three >> 6 & 63] : '=';
		*at++ = left > 2 ? digits[three & 63] : '=';
	}
	*at = '\0';
}
