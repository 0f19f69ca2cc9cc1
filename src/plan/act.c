#include <yugao/act.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "office.h"
#include "read.h"

struct head {
	const char *department;
	int year;
};

static const struct range year_range = { 1900, 2999 };
static const struct word act_words[] = {
	{ "move", ACT_MOVE },
	{ "cancel", ACT_CANCEL },
};
static const struct word role_words[] = {
	{ "stat_head", 0 },
	{ "responsible_leader", 0 },
};
static const struct word reason_words[] = {
	{ "holiday_change", 0 },
	{ "source_data_late", 0 },
	{ "quality_check", 0 },
	{ "system_failure", 0 },
	{ "force_majeure", 0 },
	{ "method_change", 0 },
	{ "policy_order", 0 },
	{ "other", 0 },
};

/* department/series/period[/estimate] */
static bool
is_release(struct arena *arena, const char *key)
{
	char *part = arena_strdup(arena, key), *next;
	struct period period;
	size_t n;

	for (n = 0; part != NULL; n++, part = next) {
		if ((next = strchr(part, '/')) != NULL)
			*next++ = '\0';
		if ((n < 2 && !is_id(part)) ||
		    (n == 2 && !period_parse(part, &period)) ||
		    (n == 3 && !is_estimate(part)) || n > 3)
			return false;
	}
	return n >= 3;
}

/* how is the file's department, or NULL if that is not known. */
static void
read_release(const struct node *node, void *to, const void *how)
{
	const char *department = how, *key = node_string(node, true);
	size_t len = department == NULL ? 0 : strlen(department);

	if (key == NULL)
		return;
	if (!is_release(node->reader->arena, key))
		COMPLAIN(node, "plan.bad_release");
	else if (department != NULL &&
		 (strncmp(key, department, len) != 0 || key[len] != '/'))
		COMPLAIN(node, "plan.other_department", department);
	else
		*(const char **)to = key;
}

static void
read_releases(const struct node *node, void *to, const void *how)
{
	struct act *act = to;
	struct node acts = *node->up->up, root = *acts.up;
	json_t *department = json_object_get(root.value, "department");
	struct items items = { .read = read_release,
		.how = json_string_value(department) };
	struct strings strings = { NULL, 0 };

	(void)how;
	read_strings(node, &strings, &items);
	if (json_is_array(node->value) && json_array_size(node->value) == 0)
		COMPLAIN(node, "plan.empty_list");
	act->releases = strings.v;
	act->n_releases = strings.n;
}

static void
read_instant(const struct node *node, void *to, const void *how)
{
	const char *string = node_string(node, true);

	(void)how;
	if (string != NULL && !instant_parse(string, to))
		COMPLAIN(node, "plan.bad_instant", quoted(node, string));
}

/* Which of the two it is, the caller has looked at before. */
#define AT(member) offsetof(struct act, member)
static const struct field act_fields[] = {
	{ "act", read_nothing, 0, NULL, true },
	{ "releases", read_releases, 0, NULL, true },
	{ "to", read_moment, AT(to), NULL, false },
	{ "reason", read_text, AT(reason), NULL, true },
	{ "reason_code", read_choice, AT(reason_code), WORDS(reason_words),
	    false },
	{ "role", read_choice, AT(role), WORDS(role_words), true },
	{ "document", read_string, AT(document), NULL, false },
	{ "at", read_instant, AT(at), NULL, true },
};
#undef AT

static struct digest
digest_of_value(const json_t *value)
{
	char *text = json_dumps(value, JSON_COMPACT | JSON_SORT_KEYS);
	struct digest digest = { { 0 } };

	if (text != NULL)
		digest = digest_of(text, strlen(text));
	free(text);
	return digest;
}

static void
read_fields(const struct node *node, struct act *act)
{
	struct node kind = node_get(node, "act"), where = node_get(node, "to");
	int value = -1;

	node_fields(node, act_fields, COUNT(act_fields), act);
	if (kind.value == NULL || !node_word(&kind, WORDS(act_words), &value))
		return;
	act->kind = (enum act_kind)value;
	if (act->kind == ACT_MOVE && where.value == NULL)
		COMPLAIN(node, "plan.missing", "to");
	if (act->kind == ACT_CANCEL && where.value != NULL)
		COMPLAIN_KEY(&where, "plan.cancel_to");
}

static void
read_act(const struct node *node, void *to, const void *how)
{
	struct act *act = to;

	(void)how;
	act->place = node_place(node);
	act->digest = digest_of_value(node->value);
	/* Plans tell which series are public, and acts are read without. */
	node->reader->closed = true;
	read_fields(node, act);
	node->reader->closed = false;
}

#define AT(member) offsetof(struct head, member)
static const struct field head_fields[] = {
	{ "$schema", read_comment, 0, NULL, false },
	{ "department", read_id, AT(department), NULL, true },
	{ "year", read_int, AT(year), &year_range, true },
	{ "acts", read_nothing, 0, NULL, true },
};
#undef AT

static void
read_root(const struct node *root, struct acts *acts)
{
	static const struct items items = { sizeof(struct act), read_act, NULL,
		0, false };
	struct reader *reader = root->reader;
	struct node node = node_get(root, "acts");
	struct list list = { NULL, 0 };
	struct head head = { NULL, 0 };
	struct act *v;
	size_t i;

	node_fields(root, head_fields, COUNT(head_fields), &head);
	if (node.value != NULL)
		read_items(&node, &list, &items);
	for (v = list.v, i = 1; i < list.n; i++) {
		struct node item = node_item(&node, i);
		struct node at = node_get(&item, "at");

		if (v[i].at.s < v[i - 1].at.s && v[i].at.s != 0)
			COMPLAIN(&at, "plan.act_order");
	}
	if (reader_has_errors(reader))
		return;
	for (i = 0; i < list.n; i++) {
		v[i].year = head.year;
		ARRAY_PUSH(reader->arena, acts, v[i]);
	}
}

void
acts_read_value(struct reader *reader, json_t *value, struct acts *acts)
{
	struct node root = node_root(reader, value);

	read_root(&root, acts);
}

static const struct error *
read_file(struct arena *arena, const char *path, struct diags *diags,
    struct acts *acts)
{
	struct reader reader;
	const struct error *error =
	    reader_open(arena, path, FILE_SIZE_MOST, diags, &reader);
	json_t *value, *department;
	struct node root;

	if (error != NULL || reader.locator->text.data == NULL ||
	    (value = reader_parse(&reader)) == NULL)
		return error;
	department = json_object_get(value, "department");
	if (json_is_string(department) && is_id(json_string_value(department)))
		diags->department =
		    arena_strdup(arena, json_string_value(department));
	root = node_root(&reader, value);
	read_root(&root, acts);
	json_decref(value);
	return NULL;
}

const struct error *
acts_read_file(struct arena *arena, const char *path, struct diags *diags,
    struct acts *acts)
{
	const char *department = diags->department;
	const struct error *error;

	diags->department = department_of_file(arena, path);
	error = read_file(arena, path, diags, acts);
	diags->department = department;
	return error;
}

static int
compare_acts(const void *a, const void *b)
{
	const struct act *x = a, *y = b;
	int order = (x->at.s > y->at.s) - (x->at.s < y->at.s);

	/* Acts of one instant stay in the order of their files and lines. */
	if (order == 0)
		order = strcmp(x->place.file, y->place.file);
	if (order == 0)
		order = x->place.line - y->place.line;
	return order != 0 ? order : x->place.col - y->place.col;
}

/* One key's stand in the order of the acts, which is that of time. */
static int
compare_references(const void *a, const void *b)
{
	const struct act_reference *x = a, *y = b;
	int order = strcmp(x->release, y->release);

	return order != 0 ? order : (x->act > y->act) - (x->act < y->act);
}

void
acts_index(struct arena *arena, struct acts *acts)
{
	size_t i, j, n = 0;

	if (acts->n > 1)
		qsort(acts->v, acts->n, sizeof(*acts->v), compare_acts);
	for (i = 0; i < acts->n; i++)
		n += acts->v[i].n_releases;
	acts->index = arena_alloc(arena, n * sizeof(*acts->index));
	acts->n_index = 0;
	for (i = 0; i < acts->n; i++) {
		const struct act *act = &acts->v[i];

		for (j = 0; j < act->n_releases; j++)
			acts->index[acts->n_index++] = (struct act_reference){
				.release = act->releases[j],
				.act = act,
				.reviewed = act->digests != NULL
						? &act->digests[j]
						: NULL,
			};
	}
	if (n > 1)
		qsort(acts->index, n, sizeof(*acts->index), compare_references);
}

/* The first reference of the index that is not before this key. */
static size_t
index_begin(const struct acts *acts, const char *key)
{
	size_t low = 0, high = acts->n_index;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(acts->index[middle].release, key) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool
is_at(const struct acts *acts, size_t i, const char *key)
{
	return i < acts->n_index && strcmp(acts->index[i].release, key) == 0;
}

/* The key of all releases of its series. */
static const char *
whole_series(struct arena *arena, const char *release)
{
	const char *series = strchr(release, '/');
	const char *period = series == NULL ? NULL : strchr(series + 1, '/');

	return period == NULL ? ""
			      : arena_printf(arena, "%.*s/*",
				    (int)(period - release), release);
}

struct act_list
acts_of(struct arena *arena, const struct acts *acts, const char *release)
{
	const char *series = whole_series(arena, release);
	size_t i = index_begin(acts, release), j = index_begin(acts, series);
	struct act_list list = { 0 };

	while (is_at(acts, i, release) || is_at(acts, j, series)) {
		bool own = is_at(acts, i, release) &&
			   (!is_at(acts, j, series) ||
			       acts->index[i].act <= acts->index[j].act);

		ARRAY_PUSH(arena, &list, acts->index[own ? i++ : j++]);
	}
	return list;
}

const char *
act_kind_name(enum act_kind kind)
{
	size_t i;

	for (i = 0; i < COUNT(act_words); i++)
		if (act_words[i].value == (int)kind)
			return act_words[i].name;
	return "";
}

const struct error *
acts_read(struct arena *arena, const char *directory, struct diags *diags,
    struct acts *acts)
{
	const struct error *error;
	struct names names;
	size_t i;

	if (directory == NULL || access(directory, F_OK) == -1)
		return NULL;
	error = list_files(arena, directory, ".json", diags, &names);
	for (i = 0; error == NULL && i < names.n; i++)
		error = acts_read_file(arena,
		    file_join(arena, directory, names.v[i]), diags, acts);
	acts_index(arena, acts);
	return error;
}

const struct act *
acts_last(const struct acts *acts, const char *release)
{
	struct arena *scratch = arena_new();
	struct act_list list = acts_of(scratch, acts, release);
	const struct act *last = list.n > 0 ? list.v[list.n - 1].act : NULL;

	arena_free(scratch);
	return last;
}
