#include <string.h>

#include "office.h"
#include "read.h"

enum portal_kind { PORTAL_DIRECTORY, PORTAL_HTTP_PUT };

static const struct word kind_words[] = {
	{ "directory", PORTAL_DIRECTORY },
	{ "http-put", PORTAL_HTTP_PUT },
};
static const struct word auth_words[] = {
	{ "bearer", AUTH_BEARER },
	{ "basic", AUTH_BASIC },
};

/* A portal's file as it is written. */
struct written {
	struct portal portal;
	const char *path;
	int auth;
};

static const struct range connections_range = { 1, 64 };
static const struct range timeout_range = { 1, 3600 };

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
read_user(const struct node *node, void *to, const void *how)
{
	const char *string = node_string(node, true);

	(void)how;
	if (string == NULL)
		return;
	if (strchr(string, ':') == NULL)
		*(const char **)to = string;
	else
		COMPLAIN(node, "plan.bad_user");
}

static void
read_auth_kind(const struct node *node, void *to, const void *how)
{
	int kind;

	if (node_word(node, how, &kind))
		((struct auth *)to)->kind = (enum auth_kind)kind;
}

#define AT(member) offsetof(struct auth, member)
static const struct field auth_fields[] = {
	{ "kind", read_auth_kind, 0, WORDS(auth_words), true },
	{ "secret", read_secret, AT(secret), NULL, true },
	{ "user", read_user, AT(user), NULL, false },
};
#undef AT

static void
read_auth(const struct node *node, void *to, const void *how)
{
	struct node user = node_get(node, "user");
	struct auth *auth = to;

	(void)how;
	node_fields(node, auth_fields, COUNT(auth_fields), auth);
	if (auth->kind == AUTH_BASIC && user.value == NULL)
		COMPLAIN(node, "plan.missing", "user");
	if (auth->kind == AUTH_BEARER && user.value != NULL)
		COMPLAIN_KEY(&user, "plan.not_beside", "user", "bearer");
}

#define AT(member) offsetof(struct written, member)
static const struct field portal_fields[] = {
	{ "$schema", read_comment, 0, NULL, false },
	{ "id", read_id, AT(portal.id), NULL, true },
	{ "kind", read_choice, AT(portal.kind), WORDS(kind_words), true },
	{ "path", read_string, AT(path), NULL, false },
	{ "url", read_base_url, AT(portal.url), NULL, false },
	{ "required", read_bool, AT(portal.required), NULL, false },
	{ "allow_private", read_bool, AT(portal.allow_private), NULL, false },
	{ "auth", read_auth, AT(portal.auth), NULL, false },
	{ "connections", read_int, AT(portal.connections), &connections_range,
	    false },
	{ "timeout", read_int, AT(portal.timeout), &timeout_range, false },
};
#undef AT

/* A directory has a path and nothing of a server; a server has a URL. */
static void
check_kind(const struct node *root, const char *kind)
{
	static const char *const server[] = { "url", "allow_private", "auth",
		"connections", "timeout" };
	bool directory = strcmp(kind, "directory") == 0;
	const char *needed = directory ? "path" : "url";
	struct node path = node_get(root, "path");
	size_t i;

	if (json_object_get(root->value, needed) == NULL)
		COMPLAIN(root, "plan.missing", needed);
	if (!directory && path.value != NULL)
		COMPLAIN_KEY(&path, "plan.not_beside", "path", kind);
	for (i = 0; directory && i < COUNT(server); i++) {
		struct node member = node_get(root, server[i]);

		if (member.value != NULL)
			COMPLAIN_KEY(
			    &member, "plan.not_beside", server[i], kind);
	}
}

void
resolve_secret(
    struct arena *arena, const char *base, struct secret_place *place)
{
	if (place->kind == SECRET_FILE && place->name != NULL)
		place->name = file_join(arena, base, place->name);
}

static void
resolve_paths(struct arena *arena, const char *base,
    const struct written *written, struct portal *portal)
{
	if (written->path != NULL)
		portal->url = file_join(arena, base, written->path);
	resolve_secret(arena, base, &portal->auth.secret);
}

const struct error *
portal_read(struct arena *arena, const char *path, const char *id,
    const char *base, struct diags *diags, struct portal *portal, bool *ok)
{
	struct written written = {
		.portal = { .required = true, .connections = 4, .timeout = 30 }
	};
	struct reader reader;
	struct node root;
	const struct error *error =
	    root_open(arena, path, diags, &reader, &root);

	*ok = false;
	if (root.value == NULL)
		return error;
	node_fields(&root, portal_fields, COUNT(portal_fields), &written);
	if (written.portal.kind != NULL)
		check_kind(&root, written.portal.kind);
	check_file_name(&root, id, written.portal.id);
	json_decref(root.value);
	resolve_paths(arena, base, &written, &written.portal);
	written.portal.place =
	    locator_spot(reader.locator, (struct spot){ 0, 0 });
	*portal = written.portal;
	*ok = !reader_has_errors(&reader);
	return NULL;
}
