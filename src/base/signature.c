#include <yugao/signature.h>

#include <stdint.h>
#include <string.h>

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <yugao/arena.h>
#include <yugao/digest.h>
#include <yugao/error.h>

#define SIGNATURE_SIZE 64
/* Base64 of 64 bytes, and what EVP_DecodeBlock() makes of it. */
#define ENCODED_SIZE 88
#define DECODED_SIZE 66

struct signing_key {
	EVP_PKEY *pkey;
};

/* An encrypted key is refused rather than asking at a terminal. */
static int
no_passphrase(char *buf, int size, int writing, void *context)
{
	(void)buf;
	(void)size;
	(void)writing;
	(void)context;
	return -1;
}

static EVP_PKEY *
read_pem(const char *pem, size_t len, bool private)
{
	BIO *bio = BIO_new_mem_buf(pem, (int)len);
	EVP_PKEY *pkey = NULL;

	if (bio != NULL && private)
		pkey = PEM_read_bio_PrivateKey(bio, NULL, no_passphrase, NULL);
	else if (bio != NULL)
		pkey = PEM_read_bio_PUBKEY(bio, NULL, no_passphrase, NULL);
	BIO_free(bio);
	if (pkey != NULL && EVP_PKEY_get_id(pkey) != EVP_PKEY_ED25519) {
		EVP_PKEY_free(pkey);
		pkey = NULL;
	}
	ERR_clear_error();
	return pkey;
}

const struct error *
signing_key_read(struct arena *arena, const struct secret_place *place,
    struct signing_key **key)
{
	struct secret secret;
	const char *problem = secret_read(place, &secret);
	EVP_PKEY *pkey = NULL;

	*key = NULL;
	if (problem == NULL) {
		pkey = read_pem(secret.data, secret.len, true);
		problem = pkey == NULL ? "base.key_bad" : NULL;
	}
	secret_wipe(&secret);
	if (problem != NULL)
		return ERROR_NEW(arena, ERROR_INPUT,
		    ERROR_NEW(arena, ERROR_INPUT, NULL, problem),
		    "base.key_read", place->name);
	*key = arena_alloc(arena, sizeof(**key));
	(*key)->pkey = pkey;
	return NULL;
}

void
signing_key_free(struct signing_key *key)
{
	if (key == NULL)
		return;
	EVP_PKEY_free(key->pkey);
	key->pkey = NULL;
}

const char *
signing_key_public(struct arena *arena, const struct signing_key *key)
{
	BIO *bio = BIO_new(BIO_s_mem());
	const char *pem = "";
	char *data;
	long len;

	if (bio != NULL && PEM_write_bio_PUBKEY(bio, key->pkey) == 1) {
		len = BIO_get_mem_data(bio, &data);
		pem = arena_strndup(arena, data, (size_t)len);
	}
	BIO_free(bio);
	return pem;
}

const char *
signature_make(struct arena *arena, const struct signing_key *key,
    const void *data, size_t len)
{
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	uint8_t signature[SIGNATURE_SIZE];
	size_t size = sizeof(signature);
	bool ok =
	    context != NULL &&
	    EVP_DigestSignInit(context, NULL, NULL, NULL, key->pkey) == 1 &&
	    EVP_DigestSign(context, signature, &size, data, len) == 1 &&
	    size == sizeof(signature);

	EVP_MD_CTX_free(context);
	/* Fails only without memory; an empty signature is never good. */
	return ok ? base64(arena, signature, size) : "";
}

static bool
decode(const char *text, uint8_t signature[DECODED_SIZE])
{
	return strlen(text) == ENCODED_SIZE &&
	       EVP_DecodeBlock(signature, (const unsigned char *)text,
		   ENCODED_SIZE) == DECODED_SIZE &&
	       strcmp(text + ENCODED_SIZE - 2, "==") == 0;
}

bool
signature_is_good(
    const char *public_pem, const void *data, size_t len, const char *signature)
{
	EVP_PKEY *pkey = read_pem(public_pem, strlen(public_pem), false);
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	uint8_t bytes[DECODED_SIZE];
	bool good =
	    pkey != NULL && context != NULL && decode(signature, bytes) &&
	    EVP_DigestVerifyInit(context, NULL, NULL, NULL, pkey) == 1 &&
	    EVP_DigestVerify(context, bytes, SIGNATURE_SIZE, data, len) == 1;

	EVP_MD_CTX_free(context);
	EVP_PKEY_free(pkey);
	ERR_clear_error();
	return good;
}
