#include <stdlib.h>
#include <string.h>

#include <yugao/buf.h>
#include <yugao/digest.h>

#include "office.h"
#include "parameter_keys.h"
#include "read.h"

struct jurisdiction {
	const char *region;
	struct text name;
	struct strings levels;
};

/* A policy file as it is read. */
struct written {
	struct parameters parameters;
	struct jurisdiction jurisdiction;
	const char *timezone; /* read, not used: a plan has its own */
	struct parameter *v;  /* one for each of parameter_keys */
	struct list sources;  /* struct text */
};

/* One parameter with what only its checks need. */
struct value {
	struct parameter parameter;
	const struct parameter_key *key;
	int basis, on_fail; /* rank in fail_words, or -1 */
	struct strings cites;
};

static const struct word level_words[] = {
	{ "national", 0 },
	{ "city", 0 },
	{ "county", 0 },
};
static const struct word basis_words[] = {
	{ "N", 'N' },
	{ "L", 'L' },
	{ "Q", 'Q' },
	{ "P", 'P' },
	{ "I", 'I' },
	{ "E", 'E' },
};
/* In order of weight. */
static const struct word fail_words[] = {
	{ "warn", 0 },
	{ "report", 1 },
	{ "block", 2 },
};

static const struct items level_items = { .read = read_choice,
	.how = &(const struct words){ level_words, COUNT(level_words) } };

static void
read_levels(const struct node *node, void *to, const void *how)
{
	(void)how;
	read_strings(node, to, &level_items);
}

/* Pairs of zeros at the end stand for all below; 000000 is everywhere. */
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

#define AT(member) offsetof(struct jurisdiction, member)
static const struct field jurisdiction_fields[] = {
	{ "region_code", read_region, AT(region), NULL, true },
	{ "name", read_title, AT(name), NULL, false },
	{ "levels", read_levels, AT(levels), NULL, true },
};
#undef AT

static void
read_jurisdiction(const struct node *node, void *to, const void *how)
{
	(void)how;
	node_fields(node, jurisdiction_fields, COUNT(jurisdiction_fields), to);
}

static void
read_source(const struct node *node, void *to)
{
	struct text *source = to;

	if (!is_name(source->zh))
		COMPLAIN_KEY(node, "plan.bad_name");
	source->en = node_string(node, true);
}

static const struct keyed source_keyed = { sizeof(struct text), read_source };

/* The inside of a map as "name=value". */
static void
read_map(const struct node *node, struct strings *strings)
{
	struct arena *arena = node->reader->arena;
	const char **v, *key;
	json_t *value;
	size_t n = 0;

	if (!node_is_object(node))
		return;
	v = arena_alloc(arena, json_object_size(node->value) * sizeof(*v));
	json_object_foreach(node->value, key, value)
	{
		struct node member = node_member(node, key, value);
		const char *string = node_string(&member, true);

		if (string != NULL)
			v[n++] = arena_printf(arena, "%s=%s", key, string);
	}
	*strings = (struct strings){ v, n };
}

static void
read_count(const struct node *node, int64_t *number)
{
	int n;

	if (node_int(node, 0, 1000000, &n))
		*number = n;
}

static void
read_word_value(const struct node *node, const struct parameter_key *key,
    const char **string)
{
	struct arena *arena = node->reader->arena;
	const char *s = node_string(node, true);
	struct day day;
	int minute;

	if (s == NULL)
		return;
	/* A leap year, so that 02-29 is a day. */
	if (key->kind == KIND_MONTH_DAY &&
	    !day_parse(arena_printf(arena, "2024-%s", s), &day))
		COMPLAIN(node, "plan.bad_month_day", s);
	else if (key->kind != KIND_TIME || node_minute(node, s, &minute))
		*string = s;
}

static void
read_value(const struct node *node, void *to, const void *how)
{
	struct value *value = to;
	struct parameter *parameter = &value->parameter;
	struct strings strings = { NULL, 0 };
	bool truth = false;

	(void)how;
	switch (value->key->kind) {
	case KIND_BOOL:
		read_bool(node, &truth, NULL);
		parameter->number = truth;
		break;
	case KIND_NUMBER:
		read_count(node, &parameter->number);
		break;
	case KIND_SET:
		read_strings(node, &strings, NULL);
		break;
	case KIND_MAP:
		read_map(node, &strings);
		break;
	case KIND_WORD:
	case KIND_MONTH_DAY:
	case KIND_TIME:
		read_word_value(node, value->key, &parameter->string);
		break;
	}
	parameter->set = strings.v;
	parameter->n_set = strings.n;
}

static void
read_on_fail(const struct node *node, void *to, const void *how)
{
	struct value *value = to;

	(void)how;
	if (node_word(node, WORDS(fail_words), &value->on_fail))
		value->parameter.on_fail = fail_words[value->on_fail].name;
}

#define AT(member) offsetof(struct value, member)
static const struct field value_fields[] = {
	{ "value", read_value, 0, NULL, true },
	{ "unit", read_string, AT(parameter.unit), NULL, true },
	{ "basis", read_word, AT(basis), WORDS(basis_words), true },
	{ "cite", read_strings, AT(cites), NULL, true },
	{ "on_fail", read_on_fail, 0, NULL, false },
	{ "allowed", read_nothing, 0, NULL, false },
	{ "override", read_comment, 0, NULL, false },
	{ "note", read_comment, 0, NULL, false },
};
#undef AT

/* The value in the form of parameter_key.fixed. */
static const char *
value_text(struct arena *arena, const struct value *value)
{
	const struct parameter *parameter = &value->parameter;
	struct buf buf;
	size_t i;

	if (value->key->kind == KIND_BOOL)
		return parameter->number ? "true" : "false";
	if (parameter->string != NULL)
		return parameter->string;
	buf_init(&buf, arena);
	if (value->key->kind == KIND_NUMBER)
		buf_int(&buf, parameter->number);
	for (i = 0; i < parameter->n_set; i++) {
		if (i > 0)
			buf_putc(&buf, '|');
		buf_puts(
		    &buf, parameter->set[i] == NULL ? "" : parameter->set[i]);
	}
	return buf.data;
}

/* "a|b|c" holds "b". */
static bool
is_choice(const char *choices, const char *word)
{
	size_t len = strlen(word), n;

	for (; *choices != '\0'; choices += n + (choices[n] == '|')) {
		n = strcspn(choices, "|");
		if (n == len && strncmp(choices, word, n) == 0)
			return true;
	}
	return false;
}

/* A value of the wrong type was complained about before. */
static bool
is_looser(const struct value *value, const json_t *json)
{
	const struct parameter *parameter = &value->parameter;
	const char *loosest = value->key->loosest;
	size_t i;

	if (value->key->kind == KIND_NUMBER)
		return json_is_integer(json) &&
		       (parameter->number < 1 ||
			   parameter->number > strtol(loosest, NULL, 10));
	for (i = 0; i < parameter->n_set; i++)
		if (parameter->set[i] != NULL &&
		    !is_choice(loosest, parameter->set[i]))
			return true;
	return json_is_array(json) && json_array_size(json) == 0;
}

/* What this key may not be, although its type is right. */
static void
check_value(const struct node *node, const struct value *value)
{
	struct arena *arena = node->reader->arena;
	const struct parameter_key *key = value->key;
	struct node at = node_get(node, "value");
	struct node unit = node_get(node, "unit");
	const char *text = value_text(arena, value);

	if (at.value != NULL && key->fixed != NULL &&
	    strcmp(text, key->fixed) != 0)
		COMPLAIN(&at, "plan.policy_fixed", key->key, key->fixed);
	if (key->loosest != NULL && is_looser(value, at.value))
		COMPLAIN(&at, "plan.policy_looser", key->key, key->loosest);
	if (value->parameter.string != NULL && key->choices != NULL &&
	    !is_choice(key->choices, text))
		COMPLAIN(&at, "plan.bad_word", text, key->choices);
	if (value->parameter.unit != NULL &&
	    strcmp(value->parameter.unit, key->unit) != 0)
		COMPLAIN(&unit, "plan.policy_unit", key->key, key->unit);
}

static void
check_on_fail(const struct node *node, const struct value *value)
{
	struct node at = node_get(node, "on_fail");
	int least = -1;
	size_t i;

	for (i = 0; value->key->on_fail != NULL && i < COUNT(fail_words); i++)
		if (strcmp(fail_words[i].name, value->key->on_fail) == 0)
			least = fail_words[i].value;
	if (value->on_fail < least)
		COMPLAIN(at.value == NULL ? node : &at, "plan.policy_loosened",
		    value->key->key, value->key->on_fail);
}

static void
read_parameter(const struct node *node, const struct parameter_key *key,
    struct parameter *to)
{
	struct value value = { .key = key, .on_fail = -1 };
	struct node cite = node_get(node, "cite");

	node_fields(node, value_fields, COUNT(value_fields), &value);
	if (!json_is_object(node->value))
		return;
	check_value(node, &value);
	check_on_fail(node, &value);
	if (value.basis != 'E' && value.basis != 0 && value.cites.n == 0 &&
	    json_is_array(cite.value))
		COMPLAIN(&cite, "plan.policy_no_cite");
	value.parameter.key = key->key;
	value.parameter.basis = (char)value.basis;
	value.parameter.cites = value.cites.v;
	value.parameter.n_cites = value.cites.n;
	*to = value.parameter;
}

static int
compare_key(const void *name, const void *key)
{
	return strcmp(name, ((const struct parameter_key *)key)->key);
}

static void
complain_unknown(const struct node *member, const char *name)
{
	struct arena *arena = member->reader->arena;
	const char **names =
	    arena_alloc(arena, parameter_keys_n * sizeof(*names));
	const char *near;
	size_t i;

	for (i = 0; i < parameter_keys_n; i++)
		names[i] = parameter_keys[i].key;
	near = nearest_word(name, names, parameter_keys_n);
	if (near != NULL)
		COMPLAIN_KEY(member, "plan.unknown_key_near", name, near);
	else
		COMPLAIN_KEY(member, "plan.unknown_key", name);
}

/* "lead": {"min_lead": …} holds the parameter lead.min_lead. */
static void
read_group(const struct node *node, void *to, const void *how)
{
	struct written *written = to;
	const char *name;
	json_t *value;

	(void)how;
	if (!node_is_object(node))
		return;
	json_object_foreach(node->value, name, value)
	{
		struct node member = node_member(node, name, value);
		char *full =
		    arena_printf(node->reader->arena, "%s.%s", node->key, name);
		const struct parameter_key *key = bsearch(full, parameter_keys,
		    parameter_keys_n, sizeof(*parameter_keys), compare_key);

		if (key == NULL)
			complain_unknown(&member, full);
		else
			read_parameter(
			    &member, key, &written->v[key - parameter_keys]);
	}
}

#define AT(member) offsetof(struct written, member)
#define GROUP(name)                             \
	{                                       \
		name, read_group, 0, NULL, true \
	}
static const struct field policy_fields[] = {
	{ "$schema", read_comment, 0, NULL, false },
	{ "policy_id", read_string, AT(parameters.id), NULL, true },
	{ "policy_version", read_string, AT(parameters.version), NULL, true },
	{ "title", read_title, AT(parameters.title), NULL, true },
	{ "jurisdiction", read_jurisdiction, AT(jurisdiction), NULL, true },
	{ "timezone", read_zone_name, AT(timezone), NULL, false },
	{ "basis_legend", read_nothing, 0, NULL, false },
	{ "sources", read_keyed, AT(sources), &source_keyed, true },
	GROUP("counting"),
	GROUP("lead"),
	GROUP("annual_schedule"),
	GROUP("confirm"),
	GROUP("change"),
	GROUP("cancel"),
	GROUP("release"),
	GROUP("confidentiality"),
	GROUP("scheme"),
	GROUP("content"),
	GROUP("copy_to"),
	GROUP("coordination"),
	GROUP("organisation"),
	GROUP("trace"),
};
#undef GROUP
#undef AT

/* The node of a parameter: root/group/name; storage is the caller's. */
static const struct node *
node_of_key(const struct node *root, const char *key, char group[ID_MOST],
    struct node way[2])
{
	size_t n = strcspn(key, ".");

	memcpy(group, key, n);
	group[n] = '\0';
	way[0] = node_get(root, group);
	if (way[0].value == NULL)
		return NULL;
	way[1] = node_get(&way[0], key + n + 1);
	return &way[1];
}

static void
check_cites(const struct node *node, const struct parameter *parameter,
    const struct list *sources)
{
	struct node cite = node_get(node, "cite");
	size_t i;

	for (i = 0; i < parameter->n_cites; i++) {
		struct node item = node_item(&cite, i);
		struct text wanted = { parameter->cites[i], NULL };

		if (wanted.zh != NULL &&
		    (sources->n == 0 ||
			bsearch(&wanted, sources->v, sources->n, sizeof(wanted),
			    compare_keyed) == NULL))
			COMPLAIN(&item, "plan.policy_source", wanted.zh);
	}
}

/* Every key is there and cites what is known. */
static void
check_all(const struct node *root, const struct written *written)
{
	size_t i;

	for (i = 0; i < parameter_keys_n; i++) {
		const char *key = parameter_keys[i].key;
		struct node way[2];
		char group[ID_MOST];
		const struct node *node = node_of_key(root, key, group, way);

		/* A missing group was complained about as a whole. */
		if (node == NULL)
			continue;
		if (node->value == NULL)
			COMPLAIN(
			    node->up, "plan.missing", key + strlen(group) + 1);
		else
			check_cites(node, &written->v[i], &written->sources);
	}
}

static void
finish(struct arena *arena, const struct bytes *text,
    const struct written *written, struct parameters *parameters)
{
	struct digest digest = digest_of(text->data, text->len);
	char *hex = arena_alloc(arena, DIGEST_HEX_SIZE);

	*parameters = written->parameters;
	parameters->digest = digest_hex(hex, &digest);
	parameters->region = written->jurisdiction.region;
	parameters->levels = written->jurisdiction.levels.v;
	parameters->n_levels = written->jurisdiction.levels.n;
	parameters->v = written->v;
	parameters->n = parameter_keys_n;
	parameters->sources = written->sources.v;
	parameters->n_sources = written->sources.n;
}

const struct error *
parameters_read(struct arena *arena, const char *path, struct diags *diags,
    struct parameters *parameters, bool *ok)
{
	struct written written = { .sources = { NULL, 0 } };
	struct reader reader;
	struct node root;
	const struct error *error =
	    root_open(arena, path, diags, &reader, &root);

	*ok = false;
	if (root.value == NULL)
		return error;
	written.v = arena_alloc(arena, parameter_keys_n * sizeof(*written.v));
	node_fields(&root, policy_fields, COUNT(policy_fields), &written);
	check_all(&root, &written);
	json_decref(root.value);
	*ok = !reader_has_errors(&reader);
	if (*ok)
		finish(arena, &reader.locator->text, &written, parameters);
	return NULL;
}

static int
compare_parameter(const void *key, const void *parameter)
{
	return strcmp(key, ((const struct parameter *)parameter)->key);
}

const struct parameter *
policy_parameter(const struct parameters *parameters, const char *key)
{
	if (parameters->n == 0)
		return NULL;
	return bsearch(key, parameters->v, parameters->n,
	    sizeof(*parameters->v), compare_parameter);
}

const char *
policy_source(const struct parameters *parameters, const char *id)
{
	struct text wanted = { id, NULL };
	const struct text *found;

	if (parameters->n_sources == 0)
		return NULL;
	found = bsearch(&wanted, parameters->sources, parameters->n_sources,
	    sizeof(wanted), compare_keyed);
	return found == NULL ? NULL : found->en;
}
