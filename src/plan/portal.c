#include <string.h>
#include <strings.h>

#include "office.h"
#include "portal_fields.h"
#include "read.h"

/* What every kind may have, and what those that speak HTTP may have. */
static const char *const common[] = { "$schema", "id", "kind", "required",
	"departments", "languages", "quiet_hours" };
static const char *const server[] = { "allow_private", "proxy", "tls",
	"connections", "requests_per_second", "body_most", "timeout",
	"connect_timeout" };

/* Of those that may be for copies. */
#define COPIES "institution", "acknowledge"

/*
 * A row says what a kind of portal must and may have besides, how its "url"
 * is read and how fast it may be asked if its file does not say.  Robots
 * take 20 messages a minute.
 */
static const struct kind {
	const char *name;
	const char *needs[3], *may[6];
	bool is_server;
	void (*read_url)(const struct node *, void *, const void *);
	size_t url; /* where in struct portal */
	int rate;
} kinds[] = {
	{ "directory", { "path" }, { "feeds", COPIES }, false, NULL, 0, 0 },
	{ "http-put", { "url" }, { "auth", "feeds", "move", COPIES, "receipt" },
	    true, read_base_url, offsetof(struct portal, url), 0 },
	{ "caldav", { "url" }, { "auth", "calendars" }, true, read_base_url,
	    offsetof(struct portal, url), 0 },
	{ "webhook", { "url", "secrets" }, { "auth", COPIES, "receipt" }, true,
	    read_url, offsetof(struct portal, url), 0 },
	{ "robot", { "url", "robot" }, { "secret" }, true, read_secret,
	    offsetof(struct portal, url_secret), 333 },
	{ "bundle", { "path" }, { "url", "feeds", "allow_private", COPIES },
	    false, read_base_url, offsetof(struct portal, url), 0 },
};

static const struct word calendars_words[] = {
	{ "year", GROUPING_YEAR },
	{ "topic", GROUPING_TOPIC },
};
static const struct word acknowledge_words[] = {
	{ "answer", ACKNOWLEDGE_ANSWER },
	{ "receipt", ACKNOWLEDGE_RECEIPT },
	{ "act", ACKNOWLEDGE_ACT },
};
static const struct word robot_words[] = {
	{ "wecom", ROBOT_WECOM },
	{ "dingtalk", ROBOT_DINGTALK },
	{ "feishu", ROBOT_FEISHU },
};

static const struct range connections_range = { 1, 64 };
static const struct range timeout_range = { 1, 3600 };
static const struct range connect_range = { 1, 300 };
static const struct range body_range = { 1024, 1024 * 1024 * 1024 };

struct secret_written {
	const char *file, *environment, *credential;
};

static void
read_name(const struct node *node, void *to, const void *how)
{
	const char *string = node_string(node, true);

	(void)how;
	if (string == NULL)
		return;
	if (is_name(string))
		*(const char **)to = string;
	else
		COMPLAIN(node, "plan.bad_name");
}

#define AT(member) offsetof(struct secret_written, member)
static const struct field secret_fields[] = {
	{ "file", read_string, AT(file), NULL, false },
	{ "environment", read_name, AT(environment), NULL, false },
	{ "credential", read_name, AT(credential), NULL, false },
};
#undef AT

void
read_secret(const struct node *node, void *to, const void *how)
{
	struct secret_written secret = { NULL, NULL, NULL };
	struct secret_place *place = to;

	(void)how;
	node_fields(node, secret_fields, COUNT(secret_fields), &secret);
	if (json_is_object(node->value) && json_object_size(node->value) != 1)
		COMPLAIN(node, "plan.one_secret");
	if (secret.file != NULL)
		*place = (struct secret_place){ SECRET_FILE, secret.file };
	else if (secret.environment != NULL)
		*place = (struct secret_place){ SECRET_ENVIRONMENT,
			secret.environment };
	else
		*place = (struct secret_place){ SECRET_CREDENTIAL,
			secret.credential };
}

static void
read_kind(const struct node *node, void *to, const void *how)
{
	struct word words[COUNT(kinds)];
	struct words list = { words, COUNT(kinds) };
	size_t i;
	int row;

	(void)how;
	for (i = 0; i < COUNT(kinds); i++)
		words[i] = (struct word){ kinds[i].name, (int)i };
	if (node_word(node, &list, &row))
		*(const char **)to = kinds[row].name;
}

static void
read_calendars(const struct node *node, void *to, const void *how)
{
	int grouping;

	if (node_word(node, how, &grouping))
		*(enum grouping *)to = (enum grouping)grouping;
}

static void
read_robot(const struct node *node, void *to, const void *how)
{
	int robot;

	if (node_word(node, how, &robot))
		*(enum robot *)to = (enum robot)robot;
}

static void
read_acknowledge(const struct node *node, void *to, const void *how)
{
	int value;

	if (node_word(node, how, &value))
		*(enum acknowledgement *)to = (enum acknowledgement)value;
}

/* An address of which one part names the copy. */
static void
read_receipt(const struct node *node, void *to, const void *how)
{
	const char *string = node_string(node, true), *probe = NULL;
	const char *name = string == NULL ? NULL : strchr(string, '{');
	struct arena *arena = node->reader->arena;
	struct node filled = *node;
	size_t len;

	(void)how;
	if (string == NULL)
		return;
	if (name == NULL || (strncmp(name, "{sha256}", 8) != 0 &&
				strncmp(name, "{subject}", 9) != 0)) {
		COMPLAIN(node, "plan.receipt_names");
		return;
	}
	len = strcspn(name, "}") + 1;
	filled.value = json_string(arena_printf(
	    arena, "%.*sx%s", (int)(name - string), string, name + len));
	read_url(&filled, &probe, NULL);
	json_decref(filled.value);
	if (probe != NULL)
		*(const char **)to = string;
}

/* "url" is read when the kind is known. */
#define AT(member) offsetof(struct portal, member)
static const struct field portal_fields[] = {
	{ "$schema", read_comment, 0, NULL, false },
	{ "id", read_id, AT(id), NULL, true },
	{ "kind", read_kind, AT(kind), NULL, true },
	{ "path", read_string, AT(path), NULL, false },
	{ "url", read_nothing, 0, NULL, false },
	{ "required", read_bool, AT(required), NULL, false },
	{ "feeds", read_feeds, AT(feeds), NULL, false },
	{ "departments", read_ids, AT(departments), NULL, false },
	{ "languages", read_languages, AT(languages), NULL, false },
	{ "quiet_hours", read_hours, AT(quiet), NULL, false },
	{ "allow_private", read_allow_private, 0, NULL, false },
	{ "proxy", read_proxy, AT(proxy), NULL, false },
	{ "auth", read_auth, AT(auth), NULL, false },
	{ "tls", read_tls, AT(tls), NULL, false },
	{ "connections", read_int, AT(connections), &connections_range, false },
	{ "requests_per_second", read_rate, AT(rate), NULL, false },
	{ "body_most", read_size, AT(body_most), &body_range, false },
	{ "timeout", read_int, AT(timeout), &timeout_range, false },
	{ "connect_timeout", read_int, AT(connect_timeout), &connect_range,
	    false },
	{ "institution", read_id, AT(institution), NULL, false },
	{ "acknowledge", read_acknowledge, AT(acknowledge),
	    WORDS(acknowledge_words), false },
	{ "receipt", read_receipt, AT(receipt), NULL, false },
	{ "move", read_bool, AT(move), NULL, false },
	{ "calendars", read_calendars, AT(calendars), WORDS(calendars_words),
	    false },
	{ "secrets", read_signing_secrets, 0, NULL, false },
	{ "robot", read_robot, AT(robot), WORDS(robot_words), false },
	{ "secret", read_secret, AT(robot_secret), NULL, false },
};
#undef AT

static const struct kind *
find_kind(const char *name)
{
	size_t i;

	for (i = 0; name != NULL && i < COUNT(kinds); i++)
		if (strcmp(kinds[i].name, name) == 0)
			return &kinds[i];
	return NULL;
}

static bool
is_one_of(const char *name, const char *const *list, size_t n)
{
	size_t i;

	for (i = 0; i < n && list[i] != NULL; i++)
		if (strcmp(list[i], name) == 0)
			return true;
	return false;
}

static bool
kind_has(const struct kind *kind, const char *member)
{
	return is_one_of(member, common, COUNT(common)) ||
	       is_one_of(member, kind->needs, COUNT(kind->needs)) ||
	       is_one_of(member, kind->may, COUNT(kind->may)) ||
	       (kind->is_server && is_one_of(member, server, COUNT(server)));
}

/* All that its kind needs, and nothing of another kind. */
static void
check_members(const struct node *root, const struct kind *kind)
{
	size_t i;

	for (i = 0; i < COUNT(kind->needs) && kind->needs[i] != NULL; i++)
		if (json_object_get(root->value, kind->needs[i]) == NULL)
			COMPLAIN(root, "plan.missing", kind->needs[i]);
	for (i = 0; i < COUNT(portal_fields); i++) {
		const char *name = portal_fields[i].name;
		struct node member = node_get(root, name);

		if (member.value != NULL && !kind_has(kind, name))
			COMPLAIN_KEY(
			    &member, "plan.not_beside", name, kind->name);
	}
}

/* What makes no sense together although each is right. */
static void
check_together(const struct node *root, const struct portal *portal)
{
	static const char *const encrypted[] = { "tls", "proxy" };
	const char *robot =
	    json_string_value(json_object_get(root->value, "robot"));
	struct node secret = node_get(root, "secret");
	size_t i;

	for (i = 0; i < COUNT(encrypted); i++) {
		struct node member = node_get(root, encrypted[i]);

		if (member.value != NULL && portal->url != NULL &&
		    strncasecmp(portal->url, "http://", 7) == 0)
			COMPLAIN_KEY(&member, "plan.only_https", encrypted[i]);
	}
	if (secret.value != NULL && robot != NULL &&
	    strcmp(robot, "wecom") == 0)
		COMPLAIN_KEY(&secret, "plan.not_beside", "secret", "wecom");
}

/* A portal for copies is one for nothing else. */
static void
check_copies(
    const struct node *root, const struct office *office, struct portal *portal)
{
	static const char *const public[] = { "required", "departments",
		"languages", "feeds", "calendars", "quiet_hours" };
	static const char *const private[] = { "acknowledge", "receipt" };
	struct node institution = node_get(root, "institution");
	struct node receipt = node_get(root, "receipt");
	size_t i;

	for (i = 0; i < COUNT(public); i++) {
		struct node member = node_get(root, public[i]);

		if (institution.value != NULL && member.value != NULL)
			COMPLAIN_KEY(&member, "plan.not_beside", public[i],
			    "institution");
	}
	for (i = 0; i < COUNT(private); i++) {
		struct node member = node_get(root, private[i]);

		if (institution.value == NULL && member.value != NULL)
			COMPLAIN_KEY(&member, "plan.only_beside", private[i],
			    "institution");
	}
	if ((portal->acknowledge == ACKNOWLEDGE_RECEIPT) !=
	    (receipt.value != NULL))
		COMPLAIN(root, "plan.receipt_where");
	if (institution.value == NULL || portal->institution == NULL)
		return;
	portal->required = false;
	for (i = 0; i < office->n_departments; i++) {
		const struct institution *of =
		    office->departments[i].institution;

		if (of != NULL && of->id != NULL &&
		    strcmp(of->id, portal->institution) == 0)
			return;
	}
	if (office->n_departments > 0)
		COMPLAIN(&institution, "plan.unknown_institution",
		    portal->institution);
}

static void
check_departments(const struct node *root, const struct office *office,
    const struct selection *ids)
{
	struct node list = node_get(root, "departments");
	size_t i;

	for (i = 0; office->n_departments > 0 && i < ids->n; i++) {
		struct node item = node_item(&list, i);

		if (ids->v[i] != NULL &&
		    office_department(office, ids->v[i]) == NULL)
			COMPLAIN(&item, "plan.unknown_department", ids->v[i]);
	}
}

static void
check_portal(
    const struct node *root, const struct office *office, struct portal *portal)
{
	const struct kind *kind = find_kind(portal->kind);
	struct node url = node_get(root, "url");

	if (kind == NULL)
		return;
	check_members(root, kind);
	if (url.value != NULL && kind->read_url != NULL)
		kind->read_url(&url, (char *)portal + kind->url, NULL);
	if (json_object_get(root->value, "requests_per_second") == NULL)
		portal->rate = kind->rate;
	check_together(root, portal);
	check_departments(root, office, &portal->departments);
	check_copies(root, office, portal);
}

void
resolve_secret(
    struct arena *arena, const char *base, struct secret_place *place)
{
	if (place->kind == SECRET_FILE && place->name != NULL)
		place->name = file_join(arena, base, place->name);
}

static void
resolve_paths(struct arena *arena, const char *base, struct portal *portal)
{
	struct secret_place *const secrets[] = { &portal->auth.secret,
		&portal->tls.client_certificate, &portal->tls.client_key,
		&portal->signing[0], &portal->signing[1], &portal->url_secret,
		&portal->robot_secret };
	size_t i;

	for (i = 0; i < COUNT(secrets); i++)
		resolve_secret(arena, base, secrets[i]);
	if (portal->tls.ca != NULL)
		portal->tls.ca = file_join(arena, base, portal->tls.ca);
	if (portal->path != NULL)
		portal->path = file_join(arena, base, portal->path);
	if (portal->kind != NULL && strcmp(portal->kind, "directory") == 0)
		portal->url = portal->path;
}

const struct error *
portal_read(struct arena *arena, const char *path, const char *id,
    const struct office *office, struct diags *diags, struct portal *portal,
    bool *ok)
{
	struct portal read = { .required = true,
		.connections = 4,
		.body_most = (int64_t)64 * 1024 * 1024,
		.timeout = 30,
		.connect_timeout = 10 };
	struct reader reader;
	struct node root;
	const struct error *error =
	    root_open(arena, path, diags, &reader, &root);

	*ok = false;
	if (root.value == NULL)
		return error;
	node_fields(&root, portal_fields, COUNT(portal_fields), &read);
	check_portal(&root, office, &read);
	check_file_name(&root, id, read.id);
	json_decref(root.value);
	resolve_paths(arena, directory_of(arena, office->file), &read);
	read.place = locator_spot(reader.locator, (struct spot){ 0, 0 });
	*portal = read;
	*ok = !reader_has_errors(&reader);
	return NULL;
}
