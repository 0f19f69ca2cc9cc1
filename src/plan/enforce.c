/* From when on the policy's rules block a department. */
#include <stdlib.h>
#include <string.h>

#include "office.h"
#include "read.h"

/* The rules of the matrix (yugao-policy.7) that may wait. */
static const char *const rules[] = { "A1", "A2", "A3", "A4", "A5", "A6", "A7",
	"A8", "B1", "B2", "B3", "B4", "B5", "B6", "B7", "B8", "B9", "B10", "C1",
	"C2", "C3", "C4", "C6", "C7", "E1", "E2", "E4", "E5", "E6", "E7", "E8",
	"F1", "F2", "F3", "F4", "F6", "F7", "G1", "G2", "G3", "G4", "G5", "G6",
	"G7", "G8", "G9", "H1", "H2", "H3", "H4", "H5", "H6", "I1", "I2", "I3",
	"I4", "I5", "I6" };
/* Secrecy is enforced from the first day on. */
static const char *const always[] = { "D1", "D2", "D3", "D4", "E3", "C5" };

static bool
is_among(const char *id, const char *const *ids, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (strcmp(ids[i], id) == 0)
			return true;
	return false;
}

static int
compare_rules(const void *a, const void *b)
{
	return strcmp(((const struct enforcement *)a)->rule,
	    ((const struct enforcement *)b)->rule);
}

static void
read_default(const struct node *node, struct department *department)
{
	read_day(node, &department->enforce_from, NULL);
	department->has_enforce_from = true;
}

static void
read_rules(const struct node *node, struct department *department)
{
	struct arena *arena = node->reader->arena;
	struct enforcement *v =
	    arena_alloc(arena, json_object_size(node->value) * sizeof(*v));
	const char *key;
	json_t *value;
	size_t n = 0;

	json_object_foreach(node->value, key, value)
	{
		struct node member = node_member(node, key, value);

		if (strcmp(key, "default") == 0) {
			read_default(&member, department);
		} else if (is_among(key, always, COUNT(always))) {
			COMPLAIN_KEY(&member, "plan.enforced_always", key);
		} else if (!is_among(key, rules, COUNT(rules))) {
			COMPLAIN_KEY(&member, "plan.unknown_rule", key);
		} else {
			v[n].rule = arena_strdup(arena, key);
			read_day(&member, &v[n++].from, NULL);
		}
	}
	if (n > 1)
		qsort(v, n, sizeof(*v), compare_rules);
	department->enforcement = v;
	department->n_enforcement = n;
}

void
read_enforce_from(const struct node *node, void *to, const void *how)
{
	(void)how;
	if (json_is_string(node->value))
		read_default(node, to);
	else if (json_is_object(node->value))
		read_rules(node, to);
	else
		COMPLAIN(node, "plan.want_enforce");
}
