#include <limits.h>
#include <string.h>

#include "office.h"
#include "read.h"

static const struct day no_day = { INT32_MIN };

struct contact {
	struct text unit;
	const char *phone, *person;
	bool person_public;
};

/* Somebody in charge as it is written; what is not said is no_day. */
struct person {
	const char *name;
	struct day from, until, told;
};

/* A department's file as it is written. */
struct written {
	struct department department;
	struct contact contact;
	struct list units;
	struct strings access;
	bool has_access;
};

static const struct word level_words[] = {
	{ "national", 0 },
	{ "city", 0 },
	{ "county", 0 },
};

#define AT(member) offsetof(struct contact, member)
static const struct field contact_fields[] = {
	{ "unit", read_title, AT(unit), NULL, false },
	{ "person", read_string, AT(person), NULL, false },
	{ "person_public", read_bool, AT(person_public), NULL, false },
	{ "phone", read_string, AT(phone), NULL, false },
};
#undef AT

static void
read_contact(const struct node *node, void *to, const void *how)
{
	(void)how;
	node_fields(node, contact_fields, COUNT(contact_fields), to);
}

#define AT(member) offsetof(struct person, member)
static const struct field head_fields[] = {
	{ "bureau_told", read_day, AT(told), NULL, false },
	{ "from", read_day, AT(from), NULL, false },
	{ "name", read_string, AT(name), NULL, true },
	{ "until", read_day, AT(until), NULL, false },
};
/* Whom the bureau need not be told of. */
static const struct field leader_fields[] = {
	{ "from", read_day, AT(from), NULL, false },
	{ "name", read_string, AT(name), NULL, true },
	{ "until", read_day, AT(until), NULL, false },
};
#undef AT

static bool
is_said(struct day day)
{
	return day.n != no_day.n;
}

static const struct officer *
officer_of(const struct node *node, const struct person *person)
{
	struct node until = node_get(node, "until");
	struct officer officer = {
		.name = person->name,
		.from = person->from,
		.until = person->until,
		.has_from = is_said(person->from),
		.has_until = is_said(person->until),
	};

	if (officer.has_from && officer.has_until &&
	    officer.until.n < officer.from.n)
		COMPLAIN(&until, "plan.term_order");
	return arena_copy(node->reader->arena, &officer, sizeof(officer));
}

static void
read_leader(const struct node *node, void *to, const void *how)
{
	struct person person = { NULL, no_day, no_day, no_day };

	(void)how;
	node_fields(node, leader_fields, COUNT(leader_fields), &person);
	*(const struct officer **)to = officer_of(node, &person);
}

static void
read_head(const struct node *node, void *to, const void *how)
{
	struct person person = { NULL, no_day, no_day, no_day };
	struct department *department = to;

	(void)how;
	node_fields(node, head_fields, COUNT(head_fields), &person);
	department->head = officer_of(node, &person);
	department->head_told = person.told;
	department->has_head_told = is_said(person.told);
}

#define AT(member) offsetof(struct institution, member)
static const struct field institution_fields[] = {
	{ "id", read_id, AT(id), NULL, false },
	{ "level", read_choice, AT(level), WORDS(level_words), true },
	{ "name", read_title, AT(name), NULL, true },
	{ "region_code", read_string, AT(region), NULL, false },
};
#undef AT

static void
read_institution(const struct node *node, void *to, const void *how)
{
	struct institution *institution =
	    arena_alloc(node->reader->arena, sizeof(*institution));
	struct node region = node_get(node, "region_code");

	(void)how;
	node_fields(
	    node, institution_fields, COUNT(institution_fields), institution);
	if (institution->region != NULL)
		check_region(&region, institution->region, institution->level);
	*(const struct institution **)to = institution;
}

static bool
is_same_text(const struct text *a, const struct text *b)
{
	const char *x = a->zh != NULL ? a->zh : a->en;
	const char *y = a->zh != NULL ? b->zh : b->en;

	return x != NULL && y != NULL && strcmp(x, y) == 0;
}

/* A unit written twice would count as two. */
static void
read_units(const struct node *node, void *to, const void *how)
{
	static const struct items items = { sizeof(struct text), read_title,
		NULL, 1, false };
	struct list *list = to;
	const struct text *v;
	size_t i, j;

	(void)how;
	read_items(node, list, &items);
	for (v = list->v, i = 1; i < list->n; i++) {
		struct node item = node_item(node, i);

		for (j = 0; j < i && !is_same_text(&v[j], &v[i]); j++)
			;
		if (j < i)
			COMPLAIN(&item, "plan.duplicate_item",
			    v[i].zh != NULL ? v[i].zh : v[i].en);
	}
}

static void
read_access(const struct node *node, void *to, const void *how)
{
	struct written *written = to;

	(void)how;
	read_strings(node, &written->access, NULL);
	written->has_access = json_is_array(node->value);
}

#define AT(member) offsetof(struct written, member)
static const struct field department_fields[] = {
	{ "$schema", read_comment, 0, NULL, false },
	{ "id", read_id, AT(department.id), NULL, true },
	{ "name", read_title, AT(department.name), NULL, true },
	{ "region_code", read_string, AT(department.region), NULL, false },
	{ "government", read_title, AT(department.government), NULL, false },
	{ "level", read_choice, AT(department.level), WORDS(level_words),
	    true },
	{ "url", read_url, AT(department.url), NULL, false },
	{ "units", read_units, AT(units), NULL, false },
	{ "lead_unit", read_title, AT(department.lead_unit), NULL, false },
	{ "responsible_leader", read_leader, AT(department.leader), NULL,
	    false },
	{ "statistics_head", read_head, AT(department), NULL, false },
	{ "statistics_institution", read_institution,
	    AT(department.institution), NULL, false },
	{ "contact", read_contact, AT(contact), NULL, false },
	{ "pre_release_access", read_access, 0, NULL, false },
	{ "enforce_from", read_enforce_from, AT(department), NULL, false },
};
#undef AT

/*
 * Who has no region code names the government above it; a national body has
 * neither.
 */
static void
check_place(const struct node *root, const struct department *department)
{
	struct node region = node_get(root, "region_code");
	struct node government = node_get(root, "government");

	if (region.value != NULL && government.value != NULL)
		COMPLAIN_KEY(&government, "plan.not_beside", "government",
		    "region_code");
	if (department->region != NULL)
		check_region(&region, department->region, department->level);
	else if (region.value == NULL && government.value == NULL &&
		 department->level != NULL &&
		 strcmp(department->level, "national") != 0)
		COMPLAIN(root, "plan.region_or_government");
}

static void
check_person(const struct node *root, const struct contact *contact)
{
	struct node node = node_get(root, "contact");
	struct node public = node_get(&node, "person_public");

	if (contact->person_public &&
	    json_object_get(node.value, "person") == NULL)
		COMPLAIN_KEY(&public, "plan.person_missing");
}

static void
finish(const struct written *written, struct department *department)
{
	const struct contact *contact = &written->contact;

	*department = written->department;
	department->units = written->units.v;
	department->n_units = written->units.n;
	if (written->has_access) {
		static const char *const nobody[] = { NULL };

		department->access =
		    written->access.n > 0 ? written->access.v : nobody;
		department->n_access = written->access.n;
	}
	department->contact_unit = contact->unit;
	department->contact_phone = contact->phone;
	if (contact->person_public)
		department->contact_person = contact->person;
}

const struct error *
department_read(struct arena *arena, const char *path, const char *id,
    struct diags *diags, struct department *department, bool *ok)
{
	struct written written = { .contact = {
				       { NULL, NULL }, NULL, NULL, false } };
	struct reader reader;
	struct node root;
	const struct error *error =
	    root_open(arena, path, diags, &reader, &root);

	*ok = false;
	if (root.value == NULL)
		return error;
	node_fields(
	    &root, department_fields, COUNT(department_fields), &written);
	if (json_is_object(root.value)) {
		check_place(&root, &written.department);
		check_person(&root, &written.contact);
	}
	check_file_name(&root, id, written.department.id);
	json_decref(root.value);
	finish(&written, department);
	*ok = !reader_has_errors(&reader);
	return NULL;
}
