#include <yugao/hmac.h>

#include <string.h>

#include <openssl/evp.h>
#include <openssl/hmac.h>

struct digest
hmac_sha256(const void *key, size_t key_len, const void *data, size_t len)
{
	struct digest digest = { { 0 } };
	unsigned size = sizeof(digest.bytes);

	HMAC(EVP_sha256(), key_len == 0 ? "" : key, (int)key_len,
	    len == 0 ? (const void *)"" : data, len, digest.bytes, &size);
	return digest;
}

/* The six bits that the letter stands for, or -1. */
static int
bits_of(char letter)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "abcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *at = letter == '\0' ? NULL : strchr(letters, letter);

	return at == NULL ? -1 : (int)(at - letters);
}

bool
base64_read(const char *text, unsigned char *out, size_t size, size_t *len)
{
	unsigned held = 0, bits = 0;
	size_t n = 0;

	*len = 0;
	for (; *text != '\0' && *text != '='; text++, n++) {
		int six = bits_of(*text);

		if (six == -1)
			return false;
		held = (held << 6 | (unsigned)six) & 0xffff;
		bits += 6;
		if (bits < 8)
			continue;
		if (*len == size)
			return false;
		bits -= 8;
		out[(*len)++] = (unsigned char)(held >> bits);
	}
	/* One letter alone is no byte; what is left over must be zero. */
	if (n % 4 == 1 || (held & ((1U << bits) - 1)) != 0)
		return false;
	if (*text == '=' && (strspn(text, "=") != (4 - n % 4) % 4 ||
				text[strspn(text, "=")] != '\0'))
		return false;
	return n > 0;
}
