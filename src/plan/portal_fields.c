#include "portal_fields.h"

#include <arpa/inet.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <yugao/buf.h>

#include "read.h"

#define LIST_MOST 64
#define PINS_MOST 8
#define RATE_MOST 1000.0
#define RATE_LEAST 0.001

static const struct word auth_words[] = {
	{ "bearer", AUTH_BEARER },
	{ "basic", AUTH_BASIC },
};
static const struct word lang_words[] = {
	{ "zh", LANG_ZH },
	{ "en", LANG_EN },
};

static void
read_user(const struct node *node, void *to, const void *how)
{
	const char *string = node_string(node, true);

	(void)how;
	if (string == NULL)
		return;
	if (strchr(string, ':') == NULL)
		*(const char **)to = string;
	else
		COMPLAIN(node, "plan.bad_user");
}

static void
read_auth_kind(const struct node *node, void *to, const void *how)
{
	int kind;

	if (node_word(node, how, &kind))
		((struct auth *)to)->kind = (enum auth_kind)kind;
}

#define AT(member) offsetof(struct auth, member)
static const struct field auth_fields[] = {
	{ "kind", read_auth_kind, 0, WORDS(auth_words), true },
	{ "secret", read_secret, AT(secret), NULL, true },
	{ "user", read_user, AT(user), NULL, false },
};
#undef AT

void
read_auth(const struct node *node, void *to, const void *how)
{
	struct node user = node_get(node, "user");
	struct auth *auth = to;

	(void)how;
	node_fields(node, auth_fields, COUNT(auth_fields), auth);
	if (auth->kind == AUTH_BASIC && user.value == NULL)
		COMPLAIN(node, "plan.missing", "user");
	if (auth->kind == AUTH_BEARER && user.value != NULL)
		COMPLAIN_KEY(&user, "plan.not_beside", "user", "bearer");
}

/* True if the list has between 1 and `most` items; else complains. */
static bool
list_fits(const struct node *node, size_t most)
{
	size_t n;

	if (!node_is_array(node))
		return false;
	n = json_array_size(node->value);
	if (n >= 1 && n <= most)
		return true;
	if (n == 0)
		COMPLAIN(node, "plan.empty_list");
	else
		COMPLAIN(node, "plan.long_list",
		    arena_printf(node->reader->arena, "%zu", most));
	return false;
}

/* Only the bits of the prefix may be set. */
static bool
network_parse(struct arena *arena, const char *string, struct network *network)
{
	const char *slash = strchr(string, '/');
	int most, i;
	char *end;
	long bits;

	if (slash == NULL)
		slash = string + strlen(string);
	*network = (struct network){ .v6 = strchr(string, ':') != NULL };
	if (inet_pton(network->v6 ? AF_INET6 : AF_INET,
		arena_strndup(arena, string, (size_t)(slash - string)),
		network->bytes) != 1)
		return false;
	most = network->v6 ? 128 : 32;
	bits = most;
	if (*slash == '/') {
		if (slash[1] < '0' || slash[1] > '9')
			return false;
		bits = strtol(slash + 1, &end, 10);
		if (*end != '\0' || bits > most)
			return false;
	}
	network->bits = (int)bits;
	for (i = network->bits; i < most; i++)
		if ((network->bytes[i / 8] & 0x80 >> i % 8) != 0)
			return false;
	return true;
}

static void
read_network(const struct node *node, void *to, const void *how)
{
	const char *string = node_string(node, true);

	(void)how;
	if (string != NULL && !network_parse(node->reader->arena, string, to))
		COMPLAIN(node, "plan.bad_network", quoted(node, string));
}

void
read_allow_private(const struct node *node, void *to, const void *how)
{
	static const struct items items = { .size = sizeof(struct network),
		.read = read_network };
	struct portal *portal = to;
	struct list list = { NULL, 0 };

	(void)how;
	if (json_is_boolean(node->value)) {
		portal->allow_private = json_is_true(node->value);
	} else if (!json_is_array(node->value)) {
		COMPLAIN(node, "plan.want_networks");
	} else if (list_fits(node, LIST_MOST)) {
		read_items(node, &list, &items);
		portal->networks = list.v;
		portal->n_networks = list.n;
	}
}

/* The 32 bytes of a SHA-256 in base64, as `openssl enc` prints them. */
static void
read_pin(const struct node *node, void *to, const void *how)
{
	static const char start[] = "sha256//";
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "abcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *string = node_string(node, true);
	const char *pin;

	(void)how;
	if (string == NULL)
		return;
	pin = string + strlen(start);
	if (strncmp(string, start, strlen(start)) == 0 &&
	    strspn(pin, letters) == 43 && strcmp(pin + 43, "=") == 0 &&
	    strchr("AEIMQUYcgkosw048", pin[42]) != NULL)
		*(const char **)to = string;
	else
		COMPLAIN(node, "plan.bad_pin");
}

static void
read_pins(const struct node *node, void *to, const void *how)
{
	static const struct items pin = { .read = read_pin };
	struct strings pins = { NULL, 0 };
	struct buf buf;
	size_t i;

	(void)how;
	if (!list_fits(node, PINS_MOST))
		return;
	read_strings(node, &pins, &pin);
	buf_init(&buf, node->reader->arena);
	for (i = 0; i < pins.n; i++)
		if (pins.v[i] != NULL)
			buf_printf(&buf, "%s%s", i > 0 ? ";" : "", pins.v[i]);
	*(const char **)to = buf.data;
}

#define AT(member) offsetof(struct tls, member)
static const struct field tls_fields[] = {
	{ "ca", read_string, AT(ca), NULL, false },
	{ "pin", read_pins, AT(pins), NULL, false },
	{ "client_certificate", read_secret, AT(client_certificate), NULL,
	    false },
	{ "client_key", read_secret, AT(client_key), NULL, false },
};
#undef AT

void
read_tls(const struct node *node, void *to, const void *how)
{
	struct node certificate = node_get(node, "client_certificate");
	struct node key = node_get(node, "client_key");

	(void)how;
	node_fields(node, tls_fields, COUNT(tls_fields), to);
	if (certificate.value != NULL && key.value == NULL)
		COMPLAIN(node, "plan.missing", "client_key");
	if (key.value != NULL && certificate.value == NULL)
		COMPLAIN(node, "plan.missing", "client_certificate");
}

void
read_proxy(const struct node *node, void *to, const void *how)
{
	const char *url = NULL, *rest;

	read_url(node, &url, how);
	if (url == NULL)
		return;
	rest = strstr(url, "://") + strlen("://");
	if (strncmp(url, "http://", 7) != 0 ||
	    strcspn(rest, "/?#") != strlen(rest) ||
	    strrchr(rest, ':') == NULL ||
	    strchr(strrchr(rest, ':'), ']') != NULL)
		COMPLAIN(node, "plan.bad_proxy");
	else
		*(const char **)to = url;
}

void
read_rate(const struct node *node, void *to, const void *how)
{
	double rate = json_number_value(node->value);

	(void)how;
	if (!json_is_number(node->value))
		COMPLAIN(node, "plan.want_number");
	else if (!(rate >= RATE_LEAST && rate <= RATE_MOST))
		COMPLAIN(node, "plan.range", "0.001", "1000");
	else
		*(int *)to = (int)lround(rate * 1000);
}

void
read_size(const struct node *node, void *to, const void *how)
{
	const struct range *range = how;
	int size;

	if (node_int(node, range->least, range->most, &size))
		*(int64_t *)to = size;
}

#define AT(member) offsetof(struct hours, member)
static const struct field hours_fields[] = {
	{ "from", read_minute, AT(from), NULL, true },
	{ "to", read_minute, AT(to), NULL, true },
};
#undef AT

/* Both ends must be times, and not the same one. */
void
read_hours(const struct node *node, void *to, const void *how)
{
	struct hours hours = { -2, -3 };

	(void)how;
	node_fields(node, hours_fields, COUNT(hours_fields), &hours);
	if (hours.from == hours.to || hours.from == NO_TIME ||
	    hours.to == NO_TIME)
		COMPLAIN(node, "plan.bad_hours");
	else if (hours.from >= 0 && hours.to >= 0)
		*(struct hours *)to = hours;
}

/* A path of the tree: no way out of it, and nothing that fnmatch() reads. */
static void
read_feed(const struct node *node, void *to, const void *how)
{
	const char *string = node_string(node, true);

	(void)how;
	if (string == NULL)
		return;
	if (string[0] == '/' || strstr(string, "//") != NULL ||
	    strpbrk(string, "?[]\\") != NULL || strstr(string, "..") != NULL)
		COMPLAIN(node, "plan.bad_feed", quoted(node, string));
	else
		*(const char **)to = string;
}

static void
read_selection(const struct node *node, const struct items *item, void *to)
{
	struct strings strings = { NULL, 0 };

	if (!list_fits(node, STRINGS_MOST))
		return;
	read_strings(node, &strings, item);
	*(struct selection *)to = (struct selection){ strings.v, strings.n };
}

void
read_feeds(const struct node *node, void *to, const void *how)
{
	static const struct items item = { .read = read_feed };

	(void)how;
	read_selection(node, &item, to);
}

void
read_ids(const struct node *node, void *to, const void *how)
{
	static const struct items item = { .read = read_id };

	(void)how;
	read_selection(node, &item, to);
}

static void
read_language(const struct node *node, void *to, const void *how)
{
	int lang;

	if (node_word(node, how, &lang))
		*(const char **)to = lang_words[lang].name;
}

void
read_languages(const struct node *node, void *to, const void *how)
{
	const struct items item = { .read = read_language,
		.how = WORDS(lang_words) };
	struct selection langs = { NULL, 0 };
	size_t i;
	enum lang lang;

	(void)how;
	read_selection(node, &item, &langs);
	for (i = 0; i < langs.n; i++)
		if (langs.v[i] != NULL && lang_parse(langs.v[i], &lang))
			*(unsigned *)to |= 1U << (unsigned)lang;
}

void
read_signing_secrets(const struct node *node, void *to, const void *how)
{
	struct portal *portal = to;
	size_t i, n;

	(void)how;
	if (!list_fits(node, COUNT(portal->signing)))
		return;
	n = json_array_size(node->value);
	for (i = 0; i < n; i++) {
		struct node item = node_item(node, i);

		read_secret(&item, &portal->signing[i], NULL);
	}
	portal->n_signing = n;
}
