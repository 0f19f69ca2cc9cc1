/* Where a result appears, and when its data are there. */
#include <string.h>

#include <yugao/buf.h>

#include "read.h"

#define EVERY 10

static const struct range every_range = { 5, 1440 };
static const struct range days_range = { 0, 366 };

/* A web address once its placeholders are filled in. */
static void
read_template(const struct node *node, void *to, const void *how)
{
	const char *string = node_string(node, true), *problem;
	struct arena *arena = node->reader->arena;
	struct node filled = *node;

	if (string == NULL)
		return;
	problem = watch_unknown(arena, string);
	if (problem != NULL) {
		COMPLAIN(node, "plan.bad_placeholder", quoted(node, problem));
		return;
	}
	if (how != NULL) {
		const char *probe = NULL;

		filled.value =
		    json_string(watch_fill(arena, string, "2026-03"));
		read_url(&filled, &probe, NULL);
		json_decref(filled.value);
		if (probe == NULL)
			return;
	}
	*(const char **)to = string;
}

#define AT(member) offsetof(struct watch, member)
static const bool is_address = true;
static const struct field watch_fields[] = {
	{ "every", read_int, AT(every), &every_range, false },
	{ "page", read_url, AT(page), NULL, false },
	{ "title", read_template, AT(title), NULL, false },
	{ "url", read_template, AT(url), &is_address, false },
};
#undef AT

void
read_watch(const struct node *node, void *to, const void *how)
{
	struct watch *watch = arena_alloc(node->reader->arena, sizeof(*watch));
	struct node url = node_get(node, "url"), page = node_get(node, "page");
	struct node title = node_get(node, "title");

	(void)how;
	watch->every = EVERY;
	node_fields(node, watch_fields, COUNT(watch_fields), watch);
	if (json_is_object(node->value)) {
		if (url.value != NULL && page.value != NULL)
			COMPLAIN_KEY(&page, "plan.not_beside", "page", "url");
		if (url.value == NULL && page.value == NULL)
			COMPLAIN(node, "plan.watch_what");
		if ((page.value == NULL) != (title.value == NULL))
			COMPLAIN(node, "plan.watch_title");
	}
	if (watch->url != NULL || (watch->page != NULL && watch->title != NULL))
		*(const struct watch **)to = watch;
}

struct after {
	int days, workdays;
};
#define AT(member) offsetof(struct after, member)
static const struct field formed_fields[] = {
	{ "days", read_int, AT(days), &days_range, false },
	{ "workdays", read_int, AT(workdays), &days_range, false },
};
#undef AT

void
read_formed(const struct node *node, void *to, const void *how)
{
	struct formed *formed =
	    arena_alloc(node->reader->arena, sizeof(*formed));
	struct after after = { -1, -1 };

	(void)how;
	node_fields(node, formed_fields, COUNT(formed_fields), &after);
	if (json_is_object(node->value) && json_object_size(node->value) != 1)
		COMPLAIN(node, "plan.formed_after");
	formed->working = after.workdays >= 0;
	formed->n = formed->working ? after.workdays : after.days;
	if (formed->n >= 0)
		*(const struct formed **)to = formed;
}

/* What each placeholder stands for; NULL if the period has none of it. */
static const char *
value_of(struct arena *arena, const char *name, size_t len, const char *period)
{
	static const char *const names[] = { "year", "month", "mm", "quarter",
		"half", "period" };
	struct period parsed;
	int year, month, mday;
	size_t i;

	for (i = 0; i < COUNT(names); i++)
		if (strlen(names[i]) == len &&
		    strncmp(names[i], name, len) == 0)
			break;
	if (i == COUNT(names) || !period_parse(period, &parsed))
		return NULL;
	day_parts(parsed.last, &year, &month, &mday);
	switch (i) {
	case 0:
		return arena_printf(arena, "%04d", year);
	case 1:
		return arena_printf(arena, "%d", month);
	case 2:
		return arena_printf(arena, "%02d", month);
	case 3:
		return arena_printf(arena, "%d", (month + 2) / 3);
	case 4:
		return arena_printf(arena, "%d", (month + 5) / 6);
	default:
		return period;
	}
}

const char *
watch_fill(struct arena *arena, const char *string, const char *period)
{
	struct buf buf;

	buf_init(&buf, arena);
	while (*string != '\0') {
		const char *end = *string == '{' ? strchr(string, '}') : NULL;
		const char *value =
		    end == NULL ? NULL
				: value_of(arena, string + 1,
				      (size_t)(end - string - 1), period);

		if (value != NULL) {
			buf_puts(&buf, value);
			string = end + 1;
		} else {
			buf_putc(&buf, *string++);
		}
	}
	return buf.data;
}

const char *
watch_unknown(struct arena *arena, const char *string)
{
	for (; (string = strchr(string, '{')) != NULL; string++) {
		const char *end = strchr(string, '}');
		size_t len = end == NULL ? 0 : (size_t)(end - string - 1);

		if (end == NULL)
			return string;
		if (value_of(arena, string + 1, len, "2026-03") == NULL)
			return arena_strndup(arena, string, len + 2);
	}
	return NULL;
}
