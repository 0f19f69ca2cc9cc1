/* What a series says about its figures, beside what they are and when. */
#include <string.h>

#include "read.h"

static const struct word ground_words[] = {
	{ "XXGK-14", 0 },
	{ "XXGK-15", 0 },
	{ "XXGK-16", 0 },
	{ "scheme_internal", 0 },
	{ "scheme_secret", 0 },
};

void
read_declared(const struct node *node, void *to, const void *how)
{
	bool yes = false;

	read_bool(node, &yes, how);
	*(enum declared *)to = yes ? DECLARED_YES : DECLARED_NO;
}

static void
read_members(const struct node *node, void *to, const void *how)
{
	struct strings strings = { NULL, 0 };
	struct joint *joint = to;

	(void)how;
	read_strings(node, &strings, NULL);
	if (json_is_array(node->value) && json_array_size(node->value) == 0)
		COMPLAIN(node, "plan.empty_list");
	joint->members = strings.v;
	joint->n_members = strings.n;
}

static const struct field joint_fields[] = {
	{ "lead", read_string, offsetof(struct joint, lead), NULL, false },
	{ "members", read_members, 0, NULL, true },
};

void
read_joint(const struct node *node, void *to, const void *how)
{
	struct joint *joint = arena_alloc(node->reader->arena, sizeof(*joint));
	struct node members = node_get(node, "members");
	size_t i;

	(void)how;
	node_fields(node, joint_fields, COUNT(joint_fields), joint);
	for (i = 0; joint->lead != NULL && i < joint->n_members; i++) {
		struct node item = node_item(&members, i);

		if (joint->members[i] != NULL &&
		    strcmp(joint->members[i], joint->lead) == 0)
			COMPLAIN(&item, "plan.lead_is_member");
	}
	*(const struct joint **)to = joint;
}

#define AT(member) offsetof(struct revision, member)
static const struct field revision_fields[] = {
	{ "basis", read_text, AT(basis), NULL, false },
	{ "explanation", read_text, AT(explanation), NULL, false },
	{ "revises", read_string, AT(revises), NULL, false },
};
#undef AT

void
read_revision(const struct node *node, void *to, const void *how)
{
	struct revision *revision =
	    arena_alloc(node->reader->arena, sizeof(*revision));

	(void)how;
	node_fields(node, revision_fields, COUNT(revision_fields), revision);
	*(const struct revision **)to = revision;
}

/* A period's key; whether it is one of the series' is checked later. */
static void
read_period(const struct node *node, void *to, const void *how)
{
	const char *string = node_string(node, true);
	struct period period;

	(void)how;
	if (string == NULL)
		return;
	if (period_parse(string, &period))
		*(const char **)to = string;
	else
		COMPLAIN(node, "plan.bad_period", quoted(node, string));
}

#define AT(member) offsetof(struct method_change, member)
static const struct field method_change_fields[] = {
	{ "declared", read_day, AT(declared), NULL, true },
	{ "from", read_period, AT(from), NULL, true },
	{ "note", read_text, AT(note), NULL, false },
};
#undef AT

static void
read_method_change(const struct node *node, void *to, const void *how)
{
	struct method_change *change = to;

	(void)how;
	change->pointer = node_pointer(node);
	node_fields(
	    node, method_change_fields, COUNT(method_change_fields), change);
}

void
read_method_changes(const struct node *node, void *to, const void *how)
{
	static const struct items items = { sizeof(struct method_change),
		read_method_change, NULL, 0, false };
	struct list list = { NULL, 0 };
	struct series *series = to;

	(void)how;
	read_items(node, &list, &items);
	series->method_changes = list.v;
	series->n_method_changes = list.n;
}

static void
read_review_due(const struct node *node, void *to, const void *how)
{
	struct series *series = to;

	read_day(node, &series->withheld_review, how);
	series->has_withheld_review = true;
}

static const struct field withheld_fields[] = {
	{ "ground", read_choice, offsetof(struct series, withheld_ground),
	    WORDS(ground_words), true },
	{ "review_due", read_review_due, 0, NULL, false },
};

void
read_withheld(const struct node *node, void *to, const void *how)
{
	(void)how;
	node_fields(node, withheld_fields, COUNT(withheld_fields), to);
}

void
check_statements(const struct node *node, const struct series *series)
{
	struct node withheld = node_get(node, "withheld");
	struct node changes = node_get(node, "method_changes");
	struct period period;
	size_t i;

	if (withheld.value != NULL && series->secrecy == SECRECY_PUBLIC)
		COMPLAIN_KEY(&withheld, "plan.withheld_public");
	for (i = 0; i < series->n_method_changes; i++) {
		const char *key = series->method_changes[i].from;
		struct node item = node_item(&changes, i);
		struct node from = node_get(&item, "from");

		if (key != NULL && period_parse(key, &period) &&
		    !period_fits(&period, series->frequency))
			COMPLAIN(
			    &from, "plan.period_frequency", quoted(&from, key));
	}
}
