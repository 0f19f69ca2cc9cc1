#include "bundle_order.h"

#include <stdlib.h>
#include <string.h>

#include <yugao/arena.h>
#include <yugao/markup.h>

struct bundle_order {
	struct arena *arena;
	const struct offering *offering;
	const struct class *class;
	enum lang lang;
	const char **v; /* lines of changes */
	size_t n, cap;
	struct entry newest;
};

struct bundle_order *
bundle_order_new(struct arena *arena, const struct offering *offering,
    const struct class *class)
{
	struct bundle_order *order = arena_alloc(arena, sizeof(*order));

	*order = (struct bundle_order){ .arena = arena,
		.offering = offering,
		.class = class,
		.lang = portal_wants_language(class->portal, LANG_ZH)
			    ? LANG_ZH
			    : LANG_EN };
	return order;
}

void
bundle_order_add(struct bundle_order *order,
    const struct announcement *announcement, const struct entry *entry)
{
	struct buf line;

	buf_init(&line, order->arena);
	change_line(&line, announcement, entry, order->lang);
	ARRAY_PUSH(order->arena, order, line.data);
	order->newest = (struct entry){ .id = entry->id, .at = entry->at };
}

/* How many files. */
static size_t
write_sums(
    struct bundle_order *order, const struct buf *cover, struct buf *sums)
{
	const struct tree_files *files = order->offering->files;
	struct digest digest = digest_of(cover->data, cover->len);
	char hex[DIGEST_HEX_SIZE];
	size_t i, n = 0;

	buf_printf(sums, "%s  cover.html\n", digest_hex(hex, &digest));
	for (i = 0; i < files->n; i++) {
		const struct tree_file *file = &files->v[i];

		if (!selection_has_file(
			order->arena, order->class->portal, file->path))
			continue;
		buf_printf(sums, "%s  tree/%s\n",
		    digest_hex(hex, &file->digest), file->path);
		n++;
	}
	return n;
}

static void
say(struct markup *m, const struct bundle_order *order, const char *element,
    const char *id, const char *a, const char *b)
{
	markup_element(m, element, SAY(order->arena, order->lang, id, a, b));
}

static void
write_changes(struct markup *m, const struct bundle_order *order)
{
	size_t i;

	say(m, order, "h2", "outbox.bundle_changes",
	    arena_printf(order->arena, "%zu", order->n), "");
	markup_open(m, "ol");
	for (i = 0; i < order->n; i++)
		markup_element(m, "li", order->v[i]);
	markup_close(m);
}

static void
write_steps(
    struct markup *m, const struct bundle_order *order, const char *name)
{
	static const char *const steps[] = { "outbox.bundle_check",
		"outbox.bundle_upload", "outbox.bundle_word" };
	size_t i;

	say(m, order, "h2", "outbox.bundle_steps", "", "");
	markup_open(m, "ol");
	for (i = 0; i < COUNT(steps); i++)
		say(m, order, "li", steps[i], order->class->portal->id, name);
	markup_close(m);
	say(m, order, "p", "outbox.bundle_signed", "", "");
}

static void
write_cover(const struct bundle_order *order, const char *name, struct buf *out)
{
	struct markup m = markup_begin(out, MARKUP_HTML);
	const char *office =
	    text_in(&order->offering->office->name, order->lang);
	char at[INSTANT_SIZE];

	markup_open(&m, "html");
	markup_attribute(&m, "lang", order->lang == LANG_ZH ? "zh-CN" : "en");
	markup_open(&m, "head");
	markup_open(&m, "meta");
	markup_attribute(&m, "charset", "utf-8");
	markup_close(&m);
	markup_element(&m, "title", name);
	markup_close(&m);
	markup_open(&m, "body");
	say(&m, order, "h1", "outbox.bundle_title", office, "");
	say(&m, order, "p", "outbox.bundle_name", name,
	    instant_format(at, order->newest.at));
	write_steps(&m, order, name);
	write_changes(&m, order);
	markup_end(&m);
}

bool
bundle_order_end(
    struct bundle_order *order, struct buf *out, struct entry *newest)
{
	struct arena *arena = order->arena;
	struct buf cover, sums;
	char at[INSTANT_SIZE];
	const char *name;

	if (order->n == 0)
		return false;
	*newest = order->newest;
	instant_format_basic(at, newest->at);
	name =
	    arena_printf(arena, "yugao-%.8s-%lld", at, (long long)newest->id);
	buf_init(&cover, arena);
	buf_init(&sums, arena);
	write_cover(order, name, &cover);
	if (write_sums(order, &cover, &sums) == 0)
		return false;
	buf_printf(out, "yugao-bundle/1\nname %s\ntime %lld\n", name,
	    (long long)newest->at.s);
	buf_printf(out, "cover %zu\n", cover.len);
	buf_add(out, cover.data, cover.len);
	buf_printf(out, "sums %zu\n", sums.len);
	buf_add(out, sums.data, sums.len);
	return true;
}

const char *
bundle_order_sums(const char *order, size_t *len)
{
	const char *cover = strstr(order, "\ncover "), *sums;
	char *end;
	size_t size;

	if (cover == NULL)
		return NULL;
	size = strtoul(cover + strlen("\ncover "), &end, 10);
	if (strlen(end) < size + 1)
		return NULL;
	sums = end + 1 + size;
	if (strncmp(sums, "sums ", strlen("sums ")) != 0)
		return NULL;
	*len = strtoul(sums + strlen("sums "), &end, 10);
	return strlen(end) == *len + 1 ? end + 1 : NULL;
}
