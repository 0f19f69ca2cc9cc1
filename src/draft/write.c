/*
 * The draft as a person would write it: what most series share stands in
 * "defaults", a rule on a line, explicit dates one a line.
 */
#include <string.h>

#include <yugao/arena.h>

#include "write.h"

struct writer {
	struct arena *arena;
	struct buf *buf;
	const struct draft_plan *draft;
	const char **defaults; /* beside members_of_all; or NULL */
};

/* A member of its own line, if it has a value. */
static void
line(struct writer *writer, int indent, bool *first, const char *key,
    const char *value)
{
	struct buf *buf = writer->buf;

	if (*value == '\0')
		return;
	buf_puts(buf, *first ? "\n" : ",\n");
	*first = false;
	for (; indent > 0; indent--)
		buf_putc(buf, '\t');
	buf_json(buf, key);
	buf_printf(buf, ": %s", value);
}

static const char *
value_of(struct writer *writer, const struct member *member,
    const struct draft_rule *rule)
{
	struct buf buf;

	buf_init(&buf, writer->arena);
	member->write(&buf, rule);
	return buf.data;
}

static void
lines(struct writer *writer, int indent, bool *first,
    const struct members *members, const struct draft_rule *rule)
{
	size_t i;

	for (i = 0; i < members->n; i++)
		line(writer, indent, first, members->v[i].key,
		    value_of(writer, &members->v[i], rule));
}

/* The rules of a series stand together, its own one first. */
static bool
starts_series(const struct draft_plan *draft, size_t i)
{
	return i == 0 || draft->v[i].series != draft->v[i - 1].series;
}

/*
 * A value is shared if all series have one and it is the most common; one
 * that lacks it could not say so.
 */
static void
find_default(struct writer *writer, size_t m)
{
	const struct draft_plan *draft = writer->draft;
	const char **values =
	    arena_alloc(writer->arena, draft->n * sizeof(*values));
	size_t n = 0, most = 1, i, j;

	for (i = 0; i < draft->n; i++)
		if (starts_series(draft, i)) {
			values[n] = value_of(
			    writer, &members_of_all.v[m], &draft->v[i]);
			if (*values[n++] == '\0')
				return;
		}
	for (i = 0; i < n; i++) {
		size_t same = 0;

		if (i > 0 && strcmp(values[i], values[i - 1]) == 0)
			continue;
		for (j = i; j < n; j++)
			same += strcmp(values[i], values[j]) == 0;
		if (same > most) {
			most = same;
			writer->defaults[m] = values[i];
		}
	}
}

static bool
is_own(const struct draft_rule *rule)
{
	return strcmp(rule->was->pointer, rule->series->pointer) == 0;
}

static void
write_estimates(struct writer *writer, const struct draft_rule *rules, size_t n)
{
	struct buf *buf = writer->buf;
	size_t i;

	buf_puts(buf, ",\n\t\t\t\"estimates\": [");
	for (i = 0; i < n; i++) {
		bool first = true;

		buf_puts(buf, i == 0 ? "\n\t\t\t\t{" : ",\n\t\t\t\t{");
		lines(writer, 5, &first, &members_of_estimate, &rules[i]);
		buf_puts(buf, "\n\t\t\t\t}");
	}
	buf_puts(buf, "\n\t\t\t]");
}

/* What is to be reviewed of all rules of a series. */
static const char *
reviews(struct writer *writer, const struct draft_rule *rules, size_t n)
{
	struct text all = rules[0].review;
	struct buf buf;
	size_t i;

	for (i = 1; i < n; i++) {
		all.zh = arena_printf(
		    writer->arena, "%s\n%s", all.zh, rules[i].review.zh);
		all.en = arena_printf(
		    writer->arena, "%s\n%s", all.en, rules[i].review.en);
	}
	/* A text of a plan has room for 2,000 characters. */
	if (utf8_count(all.en, strlen(all.en)) > 2000 ||
	    utf8_count(all.zh, strlen(all.zh)) > 2000)
		all = rules[0].review;
	buf_init(&buf, writer->arena);
	write_text(&buf, &all);
	return buf.data;
}

static void
write_series(struct writer *writer, const struct draft_rule *rules, size_t n)
{
	size_t alone = is_own(&rules[0]) ? 1 : 0, i;
	const struct text *note;
	bool first = true;

	buf_puts(writer->buf, "\n\t\t{");
	lines(writer, 3, &first, &members_of_series, rules);
	line(writer, 3, &first, "review", reviews(writer, rules, n));
	if (alone > 0)
		lines(writer, 3, &first, &members_of_rule, rules);
	for (i = 0; i < members_of_all.n; i++) {
		const char *value =
		    value_of(writer, &members_of_all.v[i], rules);

		if (writer->defaults[i] == NULL ||
		    strcmp(value, writer->defaults[i]) != 0)
			line(writer, 3, &first, members_of_all.v[i].key, value);
	}
	note = &rules->series->note;
	if (note->zh != NULL || note->en != NULL) {
		struct buf text;

		buf_init(&text, writer->arena);
		write_text(&text, note);
		line(writer, 3, &first, "note", text.data);
	}
	if (n > alone)
		write_estimates(writer, rules + alone, n - alone);
	buf_puts(writer->buf, "\n\t\t}");
}

static void
write_defaults(struct writer *writer, bool *first)
{
	struct buf *buf = writer->buf;
	bool none = true;
	size_t i;

	for (i = 0; i < members_of_all.n; i++)
		find_default(writer, i);
	for (i = 0; i < members_of_all.n; i++)
		none = none && writer->defaults[i] == NULL;
	if (none)
		return;
	buf_puts(buf, *first ? "\n" : ",\n");
	buf_puts(buf, "\t\"defaults\": {");
	*first = true;
	for (i = 0; i < members_of_all.n; i++)
		if (writer->defaults[i] != NULL)
			line(writer, 2, first, members_of_all.v[i].key,
			    writer->defaults[i]);
	buf_puts(buf, "\n\t}");
}

static void
write_head(struct writer *writer, bool *first)
{
	const struct draft_plan *draft = writer->draft;
	const struct plan *latest = draft->latest;
	struct buf value;

	buf_init(&value, writer->arena);
	buf_json(&value, draft->department);
	line(writer, 1, first, "department", value.data);
	line(writer, 1, first, "year",
	    arena_printf(writer->arena, "%d", draft->year));
	buf_clear(&value);
	buf_json(&value, zone_name(latest->zone));
	line(writer, 1, first, "timezone", value.data);
	buf_clear(&value);
	if (latest->calendar != NULL)
		buf_json(&value, calendar_name(latest->calendar));
	line(writer, 1, first, "calendar", value.data);
	buf_clear(&value);
	if (latest->unpublished != UNPUBLISHED_TENTATIVE)
		buf_json(&value, latest->unpublished == UNPUBLISHED_HOLD
				     ? "hold"
				     : "refuse");
	line(writer, 1, first, "unpublished", value.data);
	buf_clear(&value);
	write_text(&value, &draft->review);
	line(writer, 1, first, "review", value.data);
	buf_clear(&value);
	write_text(&value, &latest->note);
	line(writer, 1, first, "note", value.data);
}

void
draft_write(struct buf *buf, const struct draft_plan *draft)
{
	struct writer writer = { .arena = buf->arena,
		.buf = buf,
		.draft = draft,
		.defaults = arena_alloc(
		    buf->arena, members_of_all.n * sizeof(*writer.defaults)) };
	bool first = true;
	size_t i, j;

	buf_putc(buf, '{');
	write_head(&writer, &first);
	write_defaults(&writer, &first);
	buf_puts(buf, ",\n\t\"series\": [");
	for (i = 0; i < draft->n; i = j) {
		for (j = i + 1; j < draft->n && !starts_series(draft, j); j++)
			;
		buf_puts(buf, i > 0 ? "," : "");
		write_series(&writer, &draft->v[i], j - i);
	}
	buf_puts(buf, "\n\t]\n}\n");
}
