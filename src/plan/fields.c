#include "json.h"

#include <string.h>

#include <yugao/calendar.h>

void
read_nothing(const struct node *node, void *to, const void *how)
{
	(void)node;
	(void)to;
	(void)how;
}

void
read_comment(const struct node *node, void *to, const void *how)
{
	(void)to;
	(void)how;
	node_string(node, false);
}

static void
put_string(const char **to, const char *string)
{
	if (string != NULL)
		*to = string;
}

void
read_string(const struct node *node, void *to, const void *how)
{
	(void)how;
	put_string(to, node_string(node, true));
}

void
read_id(const struct node *node, void *to, const void *how)
{
	const char *string = node_string(node, true);

	(void)how;
	if (string == NULL)
		return;
	if (is_id(string))
		*(const char **)to = string;
	else
		COMPLAIN(node, "plan.bad_id", quoted(node, string));
}

#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS "0123456789"

bool
is_name(const char *string)
{
	size_t len = strlen(string);

	return len > 0 && strspn(string, LETTERS DIGITS "_.-") == len;
}

/*
 * http or https, a host without user or password, then RFC 3986's
 * characters: nothing that could end an attribute or a line.
 */
static bool
is_url(const char *url)
{
	size_t n;

	if (strncmp(url, "http://", 7) == 0)
		url += 7;
	else if (strncmp(url, "https://", 8) == 0)
		url += 8;
	else
		return false;
	if (*url == '[') {
		n = strspn(url + 1, DIGITS "abcdefABCDEF:.");
		if (n == 0 || url[n + 1] != ']')
			return false;
		url += n + 2;
	} else {
		n = strspn(url, LETTERS DIGITS ".-");
		if (n == 0 || url[0] == '.' || url[0] == '-' ||
		    url[n - 1] == '-')
			return false;
		url += n;
	}
	if (*url == ':') {
		n = strspn(url + 1, DIGITS);
		if (n < 1 || n > 5)
			return false;
		url += n + 1;
	}
	return *url == '\0' ||
	       (strchr("/?#", *url) != NULL &&
		   url[strspn(url, LETTERS DIGITS "-._~:/?#[]@!$&'()*+,;=%")] ==
		       '\0');
}

void
read_url(const struct node *node, void *to, const void *how)
{
	const char *string = node_string(node, true);

	(void)how;
	if (string == NULL)
		return;
	if (is_url(string))
		*(const char **)to = string;
	else
		COMPLAIN(node, "plan.bad_url", quoted(node, string));
}

static void
read_any_text(const struct node *node, struct text *to, bool one_line)
{
	struct text text = { 0 };
	const char *key;
	json_t *value;

	if (json_is_string(node->value)) {
		text.zh = node_string(node, one_line);
	} else if (!json_is_object(node->value)) {
		COMPLAIN(node, "plan.want_text");
	} else if (json_object_size(node->value) == 0) {
		COMPLAIN(node, "plan.empty_text");
	} else {
		json_object_foreach(node->value, key, value)
		{
			struct node member = node_member(node, key, value);

			if (strcmp(key, "zh") == 0)
				text.zh = node_string(&member, one_line);
			else if (strcmp(key, "en") == 0)
				text.en = node_string(&member, one_line);
			else
				COMPLAIN_KEY(&member, "plan.bad_language",
				    quoted(&member, key));
		}
	}
	if (text.zh != NULL || text.en != NULL)
		*to = text;
}

void
read_title(const struct node *node, void *to, const void *how)
{
	(void)how;
	read_any_text(node, to, true);
}

void
read_text(const struct node *node, void *to, const void *how)
{
	(void)how;
	read_any_text(node, to, false);
}

void
read_review(const struct node *node, void *to, const void *how)
{
	struct text text;

	(void)how;
	read_any_text(node, &text, false);
	*(bool *)to = true;
	node_complain(node, DIAG_WARNING, true,
	    MESSAGE(node->reader->arena, "plan.review"));
}

void
read_int(const struct node *node, void *to, const void *how)
{
	const struct range *range = how;

	node_int(node, range->least, range->most, to);
}

void
read_bool(const struct node *node, void *to, const void *how)
{
	(void)how;
	if (json_is_boolean(node->value))
		*(bool *)to = json_is_true(node->value);
	else
		COMPLAIN(node, "plan.want_bool");
}

void
read_word(const struct node *node, void *to, const void *how)
{
	node_word(node, how, to);
}

void
read_choice(const struct node *node, void *to, const void *how)
{
	int value;

	if (node_word(node, how, &value))
		*(const char **)to = arena_strdup(
		    node->reader->arena, json_string_value(node->value));
}

void
read_minute(const struct node *node, void *to, const void *how)
{
	const char *string;

	(void)how;
	if (json_is_null(node->value))
		*(int *)to = NO_TIME;
	else if ((string = node_string(node, true)) != NULL)
		node_minute(node, string, to);
}

void
read_day(const struct node *node, void *to, const void *how)
{
	const char *string = node_string(node, true);

	(void)how;
	if (string != NULL)
		node_day(node, string, to);
}

void
read_day_string(const struct node *node, void *to, const void *how)
{
	const char *string = node_string(node, true);
	struct day day;

	(void)how;
	if (string != NULL && node_day(node, string, &day))
		*(const char **)to = string;
}

void
read_zone_name(const struct node *node, void *to, const void *how)
{
	const char *string = node_string(node, true);
	struct zone *zone;

	(void)how;
	if (string == NULL)
		return;
	if (zone_open(node->reader->arena, string, &zone) == NULL)
		*(const char **)to = string;
	else
		COMPLAIN(node, "plan.bad_zone", quoted(node, string));
}

void
read_strings(const struct node *node, void *to, const void *how)
{
	void (*read)(const struct node *, void *, const void *) = read_string;
	const char **v;
	size_t n, i, j;

	if (how != NULL)
		read = ((const struct items *)how)->read;
	if (!node_is_array(node))
		return;
	n = json_array_size(node->value);
	if (n > STRINGS_MOST) {
		COMPLAIN(node, "plan.long_list",
		    arena_printf(node->reader->arena, "%d", STRINGS_MOST));
		return;
	}
	v = arena_alloc(node->reader->arena, n * sizeof(*v));
	for (i = 0; i < n; i++) {
		struct node item = node_item(node, i);

		read(&item, &v[i],
		    how == NULL ? NULL : ((const struct items *)how)->how);
		for (j = 0; v[i] != NULL && j < i; j++)
			if (v[j] != NULL && strcmp(v[j], v[i]) == 0)
				break;
		if (v[i] != NULL && j < i)
			COMPLAIN(
			    &item, "plan.duplicate_item", quoted(&item, v[i]));
	}
	*(struct strings *)to = (struct strings){ v, n };
}
