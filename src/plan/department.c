#include <string.h>

#include "office.h"
#include "read.h"

struct contact {
	struct text unit;
	const char *phone;
};

/* A department's file as it is written. */
struct written {
	struct department department;
	struct contact contact;
};

static const struct word level_words[] = {
	{ "national", 0 },
	{ "city", 0 },
	{ "county", 0 },
};

static void
read_region(const struct node *node, void *to, const void *how)
{
	const char *string = node_string(node, true);

	(void)how;
	if (string == NULL)
		return;
	if (strlen(string) == 6 && strspn(string, "0123456789") == 6)
		*(const char **)to = string;
	else
		COMPLAIN(node, "plan.bad_region", string);
}

static void
read_enforce_from(const struct node *node, void *to, const void *how)
{
	struct department *department = to;

	read_day(node, &department->enforce_from, how);
	department->has_enforce_from = true;
}

static const struct field contact_fields[] = {
	{ "unit", read_title, offsetof(struct contact, unit), NULL, false },
	{ "phone", read_string, offsetof(struct contact, phone), NULL, false },
};

static void
read_contact(const struct node *node, void *to, const void *how)
{
	(void)how;
	node_fields(node, contact_fields, COUNT(contact_fields), to);
}

#define AT(member) offsetof(struct written, member)
static const struct field department_fields[] = {
	{ "$schema", read_comment, 0, NULL, false },
	{ "id", read_id, AT(department.id), NULL, true },
	{ "name", read_title, AT(department.name), NULL, true },
	{ "region_code", read_region, AT(department.region), NULL, false },
	{ "level", read_choice, AT(department.level), WORDS(level_words),
	    true },
	{ "url", read_url, AT(department.url), NULL, false },
	{ "contact", read_contact, AT(contact), NULL, false },
	{ "enforce_from", read_enforce_from, AT(department), NULL, false },
};
#undef AT

const struct error *
department_read(struct arena *arena, const char *path, const char *id,
    struct diags *diags, struct department *department, bool *ok)
{
	struct written written = { .contact = { { NULL, NULL }, NULL } };
	struct reader reader;
	struct node root;
	const struct error *error =
	    root_open(arena, path, diags, &reader, &root);

	*ok = false;
	if (root.value == NULL)
		return error;
	node_fields(
	    &root, department_fields, COUNT(department_fields), &written);
	check_file_name(&root, id, written.department.id);
	json_decref(root.value);
	*department = written.department;
	department->contact_unit = written.contact.unit;
	department->contact_phone = written.contact.phone;
	*ok = !reader_has_errors(&reader);
	return NULL;
}
