#include <yugao/act.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <yugao/buf.h>

#include "office.h"
#include "plan.h"
#include "read.h"

struct head {
	const char *department;
	int year;
};

static const struct range year_range = { 1900, 2999 };
static const struct word act_words[] = {
	{ "review", ACT_REVIEW },
	{ "sign", ACT_SIGN },
	{ "consult", ACT_CONSULT },
	{ "confirm", ACT_CONFIRM },
	{ "move", ACT_MOVE },
	{ "postpone", ACT_POSTPONE },
	{ "cancel", ACT_CANCEL },
	{ "reinstate", ACT_REINSTATE },
	{ "withhold", ACT_WITHHOLD },
	{ "reissue", ACT_REISSUE },
	{ "released", ACT_RELEASED },
	{ "copy", ACT_COPY },
	{ "acknowledge", ACT_ACKNOWLEDGE },
	{ "access", ACT_ACCESS },
};

enum role { STAT_HEAD, RESPONSIBLE_LEADER, REVIEWER, PREPARER, SPOKESPERSON };
static const struct word role_words[] = {
	{ "stat_head", STAT_HEAD },
	{ "responsible_leader", RESPONSIBLE_LEADER },
	{ "reviewer", REVIEWER },
	{ "preparer", PREPARER },
	{ "spokesperson", SPOKESPERSON },
};
static const struct word result_words[] = {
	{ "pass", true },
	{ "fail", false },
};
static const struct word matter_words[] = {
	{ "overlap", MATTER_OVERLAP },
	{ "joint", MATTER_JOINT },
	{ "census", MATTER_CENSUS },
};
static const struct word ground_words[] = {
	{ "XXGK-14", 0 },
	{ "XXGK-15", 0 },
	{ "XXGK-16", 0 },
	{ "scheme_internal", 0 },
	{ "scheme_secret", 0 },
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

#define BIT(n) (1U << (n))

/* What a key may name. */
enum key {
	KEY_NONE = 0,
	KEY_RELEASE = 1 << 0, /* department/series/period[/estimate] */
	KEY_SERIES = 1 << 1,  /* department/series, its profile */
	KEY_WHOLE = 1 << 2    /* department/series/asterisk, all of it */
};

static enum key
key_of(struct arena *arena, const char *string)
{
	char *part = arena_strdup(arena, string), *next;
	enum key key = KEY_NONE;
	struct period period;
	size_t n;

	for (n = 0; part != NULL; n++, part = next) {
		if ((next = strchr(part, '/')) != NULL)
			*next++ = '\0';
		if (n == 2 && strcmp(part, "*") == 0 && next == NULL)
			return KEY_WHOLE;
		if ((n < 2 && !is_id(part)) ||
		    (n == 2 && !period_parse(part, &period)) ||
		    (n == 3 && !is_estimate(part)) || n > 3)
			return KEY_NONE;
		key = n == 0 ? KEY_NONE : n == 1 ? KEY_SERIES : KEY_RELEASE;
	}
	return key;
}

/* The file's department, or NULL if that is not known. */
static const char *
department_of(const struct node *act)
{
	const struct node *root = act->up->up;

	return json_string_value(json_object_get(root->value, "department"));
}

static bool
is_of(const char *key, const char *department)
{
	size_t len = department == NULL ? 0 : strlen(department);

	return department == NULL ||
	       (strncmp(key, department, len) == 0 && key[len] == '/');
}

/* how is the file's department. */
static void
read_release(const struct node *node, void *to, const void *how)
{
	const char *key = node_string(node, true);

	if (key == NULL)
		return;
	if ((key_of(node->reader->arena, key) & (KEY_RELEASE | KEY_WHOLE)) == 0)
		COMPLAIN(node, "plan.bad_release");
	else if (!is_of(key, how))
		COMPLAIN(node, "plan.other_department", how);
	else
		*(const char **)to = key;
}

static void
read_releases(const struct node *node, void *to, const void *how)
{
	struct act *act = to;
	struct items items = { .read = read_release,
		.how = department_of(node->up) };
	struct strings strings = { NULL, 0 };

	(void)how;
	read_strings(node, &strings, &items);
	if (json_is_array(node->value) && json_array_size(node->value) == 0)
		COMPLAIN(node, "plan.empty_list");
	act->releases = strings.v;
	act->n_releases = strings.n;
}

/* A release, or a series, and the digest of its words. */
static void
read_reviewed(const struct node *node, const char **key, struct digest *digest)
{
	struct arena *arena = node->reader->arena;
	const char *department = department_of(node->up->up);
	const char *hex = node_string(node, true);

	*key = arena_strdup(arena, node->key);
	if ((key_of(arena, *key) & (KEY_RELEASE | KEY_SERIES)) == 0)
		COMPLAIN_KEY(node, "plan.bad_reviewed");
	else if (!is_of(*key, department))
		COMPLAIN_KEY(node, "plan.other_department", department);
	if (hex != NULL && digest_parse(hex, digest) == -1)
		COMPLAIN(node, "plan.bad_digest");
}

/* The items of a review: {"release": "sha256", …} */
static void
read_reviews(const struct node *node, void *to, const void *how)
{
	struct arena *arena = node->reader->arena;
	size_t n = json_object_size(node->value), i = 0;
	struct digest *digests;
	struct act *act = to;
	const char **keys, *key;
	json_t *value;

	(void)how;
	if (!node_is_object(node))
		return;
	if (n == 0)
		COMPLAIN(node, "plan.empty_list");
	if (n > STRINGS_MOST) {
		COMPLAIN(node, "plan.long_list",
		    arena_printf(arena, "%d", STRINGS_MOST));
		return;
	}
	keys = arena_alloc(arena, n * sizeof(*keys));
	digests = arena_alloc(arena, n * sizeof(*digests));
	json_object_foreach(node->value, key, value)
	{
		struct node member = node_member(node, key, value);

		read_reviewed(&member, &keys[i], &digests[i]);
		i++;
	}
	act->releases = keys;
	act->digests = digests;
	act->n_releases = n;
}

static void
read_instant(const struct node *node, void *to, const void *how)
{
	const char *string = node_string(node, true);

	(void)how;
	if (string != NULL && !instant_parse(string, to))
		COMPLAIN(node, "plan.bad_instant", quoted(node, string));
}

static void
read_copied(const struct node *node, void *to, const void *how)
{
	const char *hex = node_string(node, true);
	struct act *act = to;

	(void)how;
	if (hex == NULL)
		return;
	act->has_copied = digest_parse(hex, &act->copied) == 0;
	if (!act->has_copied)
		COMPLAIN(node, "plan.bad_digest");
}

/* A member that can only be true. */
static void
read_true(const struct node *node, void *to, const void *how)
{
	(void)how;
	if (json_is_true(node->value))
		*(bool *)to = true;
	else
		COMPLAIN(node, "plan.want_true");
}

static void
read_result(const struct node *node, void *to, const void *how)
{
	int value;

	(void)how;
	if (node_word(node, WORDS(result_words), &value))
		*(bool *)to = value;
}

static void
read_matter(const struct node *node, void *to, const void *how)
{
	int value;

	(void)how;
	if (node_word(node, WORDS(matter_words), &value))
		*(enum matter *)to = (enum matter)value;
}

/* The members of all kinds; which of them a kind has, members[] says. */
#define AT(member) offsetof(struct act, member)
static const struct field act_fields[] = {
	{ "act", read_nothing, 0, NULL, true },
	{ "releases", read_releases, 0, NULL, false },
	{ "items", read_reviews, 0, NULL, false },
	{ "result", read_result, AT(passed), NULL, false },
	{ "to", read_moment, AT(to), NULL, false },
	{ "override", read_bool, AT(override), NULL, false },
	{ "due", read_day, AT(due), NULL, false },
	{ "matter", read_matter, AT(matter), NULL, false },
	{ "with", read_string, AT(with), NULL, false },
	{ "ground", read_choice, AT(ground), WORDS(ground_words), false },
	{ "review_due", read_day, AT(review_due), NULL, false },
	{ "url", read_url, AT(url), NULL, false },
	{ "released", read_instant, AT(released), NULL, false },
	{ "plan", read_true, AT(of_plan), NULL, false },
	{ "sent", read_instant, AT(done), NULL, false },
	{ "received", read_instant, AT(done), NULL, false },
	{ "sha256", read_copied, 0, NULL, false },
	{ "reason", read_text, AT(reason), NULL, false },
	{ "reason_code", read_choice, AT(reason_code), WORDS(reason_words),
	    false },
	{ "who", read_string, AT(who), NULL, false },
	{ "role", read_choice, AT(role), WORDS(role_words), true },
	{ "document", read_string, AT(document), NULL, false },
	{ "at", read_instant, AT(at), NULL, true },
};
#undef AT

#define DECISIONS                                                      \
	(BIT(ACT_CONFIRM) | BIT(ACT_MOVE) | BIT(ACT_POSTPONE) |        \
	    BIT(ACT_CANCEL) | BIT(ACT_REINSTATE) | BIT(ACT_WITHHOLD) | \
	    BIT(ACT_REISSUE))
#define OF_RELEASES                                                         \
	(DECISIONS | BIT(ACT_SIGN) | BIT(ACT_CONSULT) | BIT(ACT_RELEASED) | \
	    BIT(ACT_ACCESS))
#define OF_COPIES (BIT(ACT_COPY) | BIT(ACT_ACKNOWLEDGE))

/* The kinds that may have a member, and those that must; all have the rest. */
static const struct member {
	const char *name;
	unsigned may, must;
} members[] = {
	{ "releases", OF_RELEASES | OF_COPIES, OF_RELEASES },
	{ "items", BIT(ACT_REVIEW), BIT(ACT_REVIEW) },
	{ "result", BIT(ACT_REVIEW), BIT(ACT_REVIEW) },
	{ "to", BIT(ACT_MOVE) | BIT(ACT_REINSTATE), BIT(ACT_MOVE) },
	{ "override", BIT(ACT_MOVE), 0 },
	{ "due", BIT(ACT_POSTPONE), 0 },
	{ "matter", BIT(ACT_CONSULT), BIT(ACT_CONSULT) },
	{ "with", BIT(ACT_CONSULT) | BIT(ACT_ACCESS) | OF_COPIES,
	    BIT(ACT_CONSULT) | BIT(ACT_ACCESS) },
	{ "plan", OF_COPIES, 0 },
	{ "sent", BIT(ACT_COPY), BIT(ACT_COPY) },
	{ "received", BIT(ACT_ACKNOWLEDGE), BIT(ACT_ACKNOWLEDGE) },
	{ "sha256", BIT(ACT_COPY), 0 },
	{ "ground", BIT(ACT_WITHHOLD), BIT(ACT_WITHHOLD) },
	{ "review_due", BIT(ACT_WITHHOLD), 0 },
	{ "url", BIT(ACT_RELEASED), 0 },
	{ "released", BIT(ACT_RELEASED), BIT(ACT_RELEASED) },
	{ "reason_code", DECISIONS, 0 },
};

/*
 * Whose act it can be.  A decision by the wrong role must be readable: B5
 * blocks it and says why.
 */
static const unsigned kind_roles[] = {
	[ACT_REVIEW] = BIT(REVIEWER) | BIT(STAT_HEAD) | BIT(RESPONSIBLE_LEADER),
	[ACT_SIGN] = BIT(STAT_HEAD) | BIT(RESPONSIBLE_LEADER),
	[ACT_CONSULT] =
	    BIT(PREPARER) | BIT(STAT_HEAD) | BIT(RESPONSIBLE_LEADER),
	[ACT_RELEASED] = BIT(PREPARER) | BIT(SPOKESPERSON) | BIT(STAT_HEAD) |
			 BIT(RESPONSIBLE_LEADER),
	[ACT_COPY] = BIT(PREPARER) | BIT(STAT_HEAD) | BIT(RESPONSIBLE_LEADER),
	[ACT_ACKNOWLEDGE] =
	    BIT(PREPARER) | BIT(STAT_HEAD) | BIT(RESPONSIBLE_LEADER),
	[ACT_ACCESS] = BIT(PREPARER) | BIT(STAT_HEAD) | BIT(RESPONSIBLE_LEADER),
};

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

/* The names whose value is in the set: "move, reinstate". */
static const char *
names_of(struct arena *arena, const struct words *words, unsigned set)
{
	struct buf buf;
	size_t i;

	buf_init(&buf, arena);
	for (i = 0; i < words->n; i++) {
		if ((set & BIT(words->v[i].value)) == 0)
			continue;
		buf_puts(&buf, buf.len > 0 ? ", " : "");
		buf_puts(&buf, words->v[i].name);
	}
	return buf.data;
}

static void
check_members(const struct node *node, enum act_kind kind)
{
	struct arena *arena = node->reader->arena;
	size_t i;

	for (i = 0; i < COUNT(members); i++) {
		const struct member *member = &members[i];
		struct node there = node_get(node, member->name);

		if (there.value == NULL && (member->must & BIT(kind)) != 0)
			COMPLAIN(node, "plan.missing", member->name);
		if (there.value != NULL && (member->may & BIT(kind)) == 0)
			COMPLAIN_KEY(&there, "plan.act_member", member->name,
			    act_kind_name(kind),
			    names_of(arena, WORDS(act_words), member->may));
	}
}

/* A copy is of releases, or of the plan; what is done was done before. */
static void
check_copy(const struct node *node, const struct act *act)
{
	struct node plan = node_get(node, "plan");
	struct node releases = node_get(node, "releases");
	const char *const times[] = { "sent", "received" };
	size_t i;

	if ((BIT(act->kind) & OF_COPIES) != 0 && plan.value == NULL &&
	    releases.value == NULL)
		COMPLAIN(node, "plan.copy_of_what");
	if (plan.value != NULL && releases.value != NULL)
		COMPLAIN_KEY(&plan, "plan.not_beside", "plan", "releases");
	for (i = 0; i < COUNT(times); i++) {
		struct node time = node_get(node, times[i]);

		if (time.value != NULL && act->at.s != 0 &&
		    act->done.s > act->at.s)
			COMPLAIN(&time, "plan.act_done", times[i]);
	}
}

static void
check_role(const struct node *node, const struct act *act)
{
	struct node role = node_get(node, "role");
	struct node override = node_get(node, "override");
	unsigned roles =
	    act->kind < COUNT(kind_roles) ? kind_roles[act->kind] : 0;
	size_t i;

	if (act->role == NULL)
		return;
	for (i = 0; strcmp(role_words[i].name, act->role) != 0; i++)
		;
	if (roles != 0 && (roles & BIT(role_words[i].value)) == 0)
		COMPLAIN(&role, "plan.act_role", act_kind_name(act->kind),
		    names_of(node->reader->arena, WORDS(role_words), roles));
	if (act->override && role_words[i].value != RESPONSIBLE_LEADER)
		COMPLAIN_KEY(&override, "plan.act_override");
}

static void
read_fields(const struct node *node, struct act *act)
{
	struct node kind = node_get(node, "act");
	struct node released = node_get(node, "released");
	int value = -1;

	node_fields(node, act_fields, COUNT(act_fields), act);
	act->has_to = json_object_get(node->value, "to") != NULL;
	act->has_due = json_object_get(node->value, "due") != NULL;
	act->has_review_due =
	    json_object_get(node->value, "review_due") != NULL;
	if (act->at.s != 0 && act->released.s > act->at.s)
		COMPLAIN(&released, "plan.act_released");
	if (kind.value == NULL || !node_word(&kind, WORDS(act_words), &value))
		return;
	act->kind = (enum act_kind)value;
	check_members(node, act->kind);
	check_copy(node, act);
	check_role(node, act);
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
		v[i].department = head.department;
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

static void
read_bytes(struct reader *reader, struct acts *acts)
{
	json_t *value = reader_parse(reader), *department;
	struct diags *diags = reader->diags;
	struct node root;

	if (value == NULL)
		return;
	department = json_object_get(value, "department");
	if (json_is_string(department) && is_id(json_string_value(department)))
		diags->department =
		    arena_strdup(reader->arena, json_string_value(department));
	root = node_root(reader, value);
	read_root(&root, acts);
	json_decref(value);
}

void
acts_from_bytes(struct arena *arena, const char *name, struct bytes bytes,
    struct diags *diags, struct acts *acts)
{
	struct reader reader = reader_of(arena, name, bytes, diags);
	const char *department = diags->department;

	diags->department = department_of_file(arena, name);
	read_bytes(&reader, acts);
	diags->department = department;
}

const struct error *
acts_read_file(struct arena *arena, const char *path, struct diags *diags,
    struct acts *acts)
{
	const char *department = diags->department;
	const struct error *error;
	struct reader reader;

	diags->department = department_of_file(arena, path);
	error = reader_open(arena, path, FILE_SIZE_MOST, diags, &reader);
	if (error == NULL && reader.locator->text.data != NULL)
		read_bytes(&reader, acts);
	diags->department = department;
	return error;
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
