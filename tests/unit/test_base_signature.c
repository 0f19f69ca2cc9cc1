#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <yugao/arena.h>
#include <yugao/error.h>
#include <yugao/file.h>
#include <yugao/signature.h>

#include "world.h"

struct fixture {
	struct arena *arena;
	const char *folder, *path;
};

static int
set_up(void **state)
{
	struct arena *arena = arena_new();
	struct fixture *f = arena_alloc(arena, sizeof(*f));

	f->arena = arena;
	f->folder = folder_make(arena);
	f->path = file_join(arena, f->folder, "key.pem");
	*state = f;
	return 0;
}

static int
tear_down(void **state)
{
	struct fixture *f = *state;

	return folder_end(f->arena, f->folder);
}

static void
openssl(struct fixture *f, const char *arguments)
{
	const char *command = arena_printf(f->arena,
	    "cd %s && umask 077 && openssl %s 2>openssl", f->folder, arguments);

	if (system(command) != 0)
		fail_msg("%s", command);
}

static struct signing_key *
key_of(struct fixture *f)
{
	const struct secret_place place = { SECRET_FILE, f->path };
	const struct error *error;
	struct signing_key *key;

	error = signing_key_read(f->arena, &place, &key);
	if (error != NULL)
		fail_msg("%s", error_text(f->arena, LANG_EN, error));
	return key;
}

static void
write_key(struct fixture *f, const char *pem)
{
	assert_null(file_replace(f->arena, f->path, pem, strlen(pem)));
	assert_int_equal(chmod(f->path, 0600), 0);
}

/* RFC 8032 section 7.1, TEST 2. */
static void
the_signature_of_the_rfc_comes_out(void **state)
{
	struct fixture *f = *state;
	struct signing_key *key;
	const char *signature;

	write_key(f, "-----BEGIN PRIVATE KEY-----\n"
		     "MC4CAQAwBQYDK2VwBCIEIEzNCJso/5banbbDRuwRTg9bijGfNaumJNqM"
		     "9u1PuKb7\n"
		     "-----END PRIVATE KEY-----\n");
	key = key_of(f);
	signature = signature_make(f->arena, key, "r", 1);
	signing_key_free(key);
	assert_string_equal(signature,
	    "kqAJqfDUyrhyDoILX2QlQKKye1QWUD+Ps3YiI+vbadoI"
	    "WsHkPhWZbkWPNhPQ8R2MOHsurrQwKu6wDSkWErsMAA==");
}

static void
what_openssl_made_signs_and_openssl_agrees(void **state)
{
	static const char text[] = "{\"entries\":14}";
	struct fixture *f = *state;
	struct signing_key *key;
	const char *signature, *pem, *encoded;

	openssl(f, "genpkey -algorithm ed25519 -out key.pem");
	key = key_of(f);
	signature = signature_make(f->arena, key, text, strlen(text));
	assert_string_equal(
	    signature, signature_make(f->arena, key, text, strlen(text)));
	pem = signing_key_public(f->arena, key);
	signing_key_free(key);
	assert_true(signature_is_good(pem, text, strlen(text), signature));
	assert_null(file_replace(f->arena,
	    file_join(f->arena, f->folder, "text"), text, strlen(text)));
	assert_null(file_replace(f->arena,
	    file_join(f->arena, f->folder, "public.pem"), pem, strlen(pem)));
	encoded = arena_printf(f->arena, "%s\n", signature);
	assert_null(
	    file_replace(f->arena, file_join(f->arena, f->folder, "encoded"),
		encoded, strlen(encoded)));
	openssl(f, "base64 -d -A -in encoded -out signature");
	openssl(f, "pkeyutl -verify -pubin -inkey public.pem -rawin -in text"
		   " -sigfile signature >out");
}

static void
every_changed_byte_spoils_it(void **state)
{
	char text[] = "{\"entries\":14}";
	size_t len = strlen(text), i;
	struct fixture *f = *state;
	struct signing_key *key;
	const char *pem;
	char *signature;

	openssl(f, "genpkey -algorithm ed25519 -out key.pem");
	key = key_of(f);
	pem = signing_key_public(f->arena, key);
	signature =
	    arena_strdup(f->arena, signature_make(f->arena, key, text, len));
	signing_key_free(key);
	for (i = 0; i < len; i++) {
		text[i] ^= 1;
		assert_false(signature_is_good(pem, text, len, signature));
		text[i] ^= 1;
	}
	/* The last character before the padding holds bits that are unused. */
	for (i = 0; i < 85; i++) {
		char was = signature[i];

		signature[i] = was == 'A' ? 'B' : 'A';
		assert_false(signature_is_good(pem, text, len, signature));
		signature[i] = was;
	}
	assert_false(signature_is_good(pem, text, len - 1, signature));
	assert_false(signature_is_good(pem, text, len, ""));
	assert_false(signature_is_good(pem, text, len, "AAAA"));
	assert_false(signature_is_good("", text, len, signature));
	assert_false(signature_is_good("no key", text, len, signature));
	assert_true(signature_is_good(pem, text, len, signature));
}

static void
another_key_does_not_fit(void **state)
{
	struct fixture *f = *state;
	struct signing_key *key;
	const char *signature, *pem;

	openssl(f, "genpkey -algorithm ed25519 -out key.pem");
	key = key_of(f);
	signature = signature_make(f->arena, key, "a", 1);
	signing_key_free(key);
	openssl(f, "genpkey -algorithm ed25519 -out key.pem");
	key = key_of(f);
	pem = signing_key_public(f->arena, key);
	signing_key_free(key);
	assert_false(signature_is_good(pem, "a", 1, signature));
}

static void
only_an_ed25519_private_key_is_taken(void **state)
{
	static const char *const commands[] = {
		"genpkey -algorithm x25519 -out key.pem",
		"genpkey -algorithm rsa -pkeyopt rsa_keygen_bits:1024"
		" -out key.pem",
		"genpkey -algorithm ed25519 -aes256 -pass pass:abcd"
		" -out key.pem",
		"genpkey -algorithm ed25519 -outform DER -out key.pem",
		"genpkey -algorithm ed25519 -out k && openssl pkey -in k"
		" -pubout -out key.pem",
		"version >key.pem",
	};
	struct fixture *f = *state;
	const struct secret_place place = { SECRET_FILE, f->path };
	const struct error *error;
	struct signing_key *key;
	size_t i;

	for (i = 0; i < COUNT(commands); i++) {
		openssl(f, commands[i]);
		assert_int_equal(chmod(f->path, 0600), 0);
		error = signing_key_read(f->arena, &place, &key);
		assert_non_null(error);
		assert_null(key);
		assert_int_equal(error->kind, ERROR_INPUT);
		assert_string_equal(error->cause->message.id, "base.key_bad");
	}
}

static void
a_key_that_others_can_read_is_refused(void **state)
{
	struct fixture *f = *state;
	const struct secret_place place = { SECRET_FILE, f->path };
	const struct error *error;
	struct signing_key *key;

	openssl(f, "genpkey -algorithm ed25519 -out key.pem");
	assert_int_equal(chmod(f->path, 0644), 0);
	error = signing_key_read(f->arena, &place, &key);
	assert_non_null(error);
	assert_string_equal(error->cause->message.id, "base.secret_mode");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_signature_of_the_rfc_comes_out),
		TEST(what_openssl_made_signs_and_openssl_agrees),
		TEST(every_changed_byte_spoils_it),
		TEST(another_key_does_not_fit),
		TEST(only_an_ed25519_private_key_is_taken),
		TEST(a_key_that_others_can_read_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
