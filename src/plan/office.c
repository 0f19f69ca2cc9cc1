#include "office.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "read.h"

#ifndef YUGAO_DATADIR
#define YUGAO_DATADIR "/usr/local/share/yugao"
#endif

struct identity {
	struct text name;
	const char *domain, *url;
};

struct gate_config {
	int shrink_percent;
};

struct ping {
	struct secret_place secret;
	bool allow_private;
};

/* yugao.json as it is written. */
struct config {
	struct identity office;
	const char *timezone;
	int lang;
	const char *plans, *acts, *departments, *calendars, *policy, *portals,
	    *state;
	struct list topics, districts;
	struct secret_place signing;
	bool site, gzip, watch_private;
	struct gate_config gate;
	const char *site_files, *metrics;
	int log;
	struct ping ping;
};

static const struct word lang_words[] = {
	{ "zh", LANG_ZH },
	{ "en", LANG_EN },
};

static const struct word log_words[] = {
	{ "none", LOG_NONE },
	{ "json", LOG_JSON },
	{ "logfmt", LOG_LOGFMT },
};

bool
log_form_parse(const char *word, enum log_form *form)
{
	size_t i;

	for (i = 0; i < COUNT(log_words); i++)
		if (strcmp(log_words[i].name, word) == 0) {
			if (form != NULL)
				*form = (enum log_form)log_words[i].value;
			return true;
		}
	return false;
}

/* Lower-case labels of letters, digits and inner hyphens. */
static bool
is_domain(const char *domain)
{
	size_t len = strlen(domain), label = 0, i;

	if (len == 0 || len > 253)
		return false;
	for (i = 0; i <= len; i++) {
		char c = domain[i];

		if (c == '.' || c == '\0') {
			if (label == 0 || label > 63 || domain[i - 1] == '-')
				return false;
			label = 0;
		} else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
			   (c == '-' && label > 0)) {
			label++;
		} else {
			return false;
		}
	}
	return true;
}

static void
read_domain(const struct node *node, void *to, const void *how)
{
	const char *string = node_string(node, true);

	(void)how;
	if (string == NULL)
		return;
	if (is_domain(string))
		*(const char **)to = string;
	else
		COMPLAIN(node, "plan.bad_domain", string);
}

void
read_base_url(const struct node *node, void *to, const void *how)
{
	const char *url = NULL;
	size_t len;

	read_url(node, &url, how);
	if (url == NULL)
		return;
	len = strlen(url);
	if (strpbrk(url, "?#") != NULL)
		COMPLAIN(node, "plan.base_url");
	else
		*(const char **)to =
		    url[len - 1] == '/'
			? url
			: arena_printf(node->reader->arena, "%s/", url);
}

const char *
directory_of(struct arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/');

	if (slash == NULL)
		return ".";
	return slash == path
		   ? "/"
		   : arena_strndup(arena, path, (size_t)(slash - path));
}

/* Relative to the file that it stands in. */
static void
read_path(const struct node *node, void *to, const void *how)
{
	const char *path = node_string(node, true);
	struct arena *arena = node->reader->arena;

	(void)how;
	if (path != NULL)
		*(const char **)to = file_join(arena,
		    directory_of(arena, node->reader->locator->file), path);
}

int
compare_keyed(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void
read_keyed(const struct node *node, void *to, const void *how)
{
	struct arena *arena = node->reader->arena;
	const struct keyed *keyed = how;
	struct list *list = to;
	const char *key;
	json_t *value;
	char *v;
	size_t n = 0;

	if (!node_is_object(node))
		return;
	v = arena_alloc(arena, json_object_size(node->value) * keyed->size);
	json_object_foreach(node->value, key, value)
	{
		struct node member = node_member(node, key, value);
		void *item = v + n++ * keyed->size;

		*(const char **)item = arena_strdup(arena, key);
		keyed->read(&member, item);
	}
	if (n > 1)
		qsort(v, n, keyed->size, compare_keyed);
	*list = (struct list){ v, n };
}

static void
read_topic(const struct node *node, void *to)
{
	struct topic *topic = to;

	if (!is_id(topic->id))
		COMPLAIN_KEY(node, "plan.bad_id", topic->id);
	read_title(node, &topic->name, NULL);
}

static void
read_district(const struct node *node, void *to)
{
	struct topic *district = to;

	if (strlen(district->id) != 6 ||
	    strspn(district->id, "0123456789") != 6)
		COMPLAIN_KEY(node, "plan.bad_region", district->id);
	read_title(node, &district->name, NULL);
}

static const struct keyed topic_keyed = { sizeof(struct topic), read_topic };
static const struct keyed district_keyed = { sizeof(struct topic),
	read_district };

const struct error *
root_open(struct arena *arena, const char *path, struct diags *diags,
    struct reader *reader, struct node *root)
{
	const struct error *error =
	    reader_open(arena, path, FILE_SIZE_MOST, diags, reader);
	json_t *value = NULL;

	if (error == NULL && reader->locator->text.data != NULL)
		value = reader_parse(reader);
	*root = node_root(reader, value);
	return error;
}

void
check_file_name(const struct node *root, const char *id, const char *said)
{
	struct node name = node_get(root, "id");

	if (id != NULL && said != NULL && strcmp(id, said) != 0)
		COMPLAIN(&name, "plan.file_name", said);
}

#define AT(member) offsetof(struct identity, member)
static const struct field identity_fields[] = {
	{ "name", read_title, AT(name), NULL, true },
	{ "domain", read_domain, AT(domain), NULL, true },
	{ "url", read_base_url, AT(url), NULL, true },
};
#undef AT

static void
read_identity(const struct node *node, void *to, const void *how)
{
	(void)how;
	node_fields(node, identity_fields, COUNT(identity_fields), to);
}

static const struct field signing_fields[] = {
	{ "secret", read_secret, 0, NULL, true },
};

static void
read_signing(const struct node *node, void *to, const void *how)
{
	(void)how;
	node_fields(node, signing_fields, COUNT(signing_fields), to);
}

static const struct range percent = { 0, 100 };
static const struct field gate_fields[] = {
	{ "shrink_percent", read_int,
	    offsetof(struct gate_config, shrink_percent), &percent, false },
};

static void
read_gate(const struct node *node, void *to, const void *how)
{
	(void)how;
	node_fields(node, gate_fields, COUNT(gate_fields), to);
}

#define AT(member) offsetof(struct ping, member)
static const struct field ping_fields[] = {
	{ "secret", read_secret, AT(secret), NULL, true },
	{ "allow_private", read_bool, AT(allow_private), NULL, false },
};
#undef AT

static void
read_ping(const struct node *node, void *to, const void *how)
{
	(void)how;
	node_fields(node, ping_fields, COUNT(ping_fields), to);
}

#define AT(member) offsetof(struct config, member)
static const struct field config_fields[] = {
	{ "$schema", read_comment, 0, NULL, false },
	{ "office", read_identity, AT(office), NULL, true },
	{ "timezone", read_zone_name, AT(timezone), NULL, false },
	{ "language", read_word, AT(lang), WORDS(lang_words), false },
	{ "plans", read_path, AT(plans), NULL, true },
	{ "acts", read_path, AT(acts), NULL, false },
	{ "departments", read_path, AT(departments), NULL, true },
	{ "calendars", read_path, AT(calendars), NULL, false },
	{ "policy", read_path, AT(policy), NULL, true },
	{ "portals", read_path, AT(portals), NULL, false },
	{ "state", read_path, AT(state), NULL, true },
	{ "topics", read_keyed, AT(topics), &topic_keyed, false },
	{ "districts", read_keyed, AT(districts), &district_keyed, false },
	{ "signing", read_signing, AT(signing), NULL, false },
	{ "site", read_bool, AT(site), NULL, false },
	{ "site_files", read_path, AT(site_files), NULL, false },
	{ "gzip", read_bool, AT(gzip), NULL, false },
	{ "watch_private", read_bool, AT(watch_private), NULL, false },
	{ "gate", read_gate, AT(gate), NULL, false },
	{ "metrics", read_path, AT(metrics), NULL, false },
	{ "log", read_word, AT(log), WORDS(log_words), false },
	{ "ping", read_ping, AT(ping), NULL, false },
};
#undef AT

static struct office *
office_of(struct arena *arena, const struct reader *reader,
    const struct config *config)
{
	struct office *office = arena_alloc(arena, sizeof(*office));

	office->file = reader->locator->file;
	office->name = config->office.name;
	office->domain = config->office.domain;
	office->url = config->office.url;
	office->timezone = config->timezone;
	office->lang = (enum lang)config->lang;
	office->plans = config->plans;
	office->acts = config->acts;
	office->calendars = config->calendars;
	office->state = config->state;
	office->topics = config->topics.v;
	office->n_topics = config->topics.n;
	office->districts = config->districts.v;
	office->n_districts = config->districts.n;
	office->signing = config->signing;
	office->site = config->site;
	office->site_files = config->site_files;
	office->gzip = config->gzip;
	office->watch_private = config->watch_private;
	office->shrink_percent = config->gate.shrink_percent;
	office->monitor = (struct monitor){ .metrics = config->metrics,
		.log = (enum log_form)config->log,
		.ping = config->ping.secret,
		.ping_private = config->ping.allow_private };
	resolve_secret(
	    arena, directory_of(arena, office->file), &office->signing);
	resolve_secret(
	    arena, directory_of(arena, office->file), &office->monitor.ping);
	return office;
}

const struct error *
office_read_file(struct arena *arena, const char *path, struct diags *diags,
    struct office **office, struct office_paths *paths)
{
	struct config config = { .timezone = "Asia/Shanghai",
		.lang = LANG_ZH,
		.calendars = YUGAO_DATADIR "/calendars",
		.site = true,
		.site_files = YUGAO_DATADIR "/site",
		.gzip = true,
		.gate = { .shrink_percent = 20 } };
	struct reader reader;
	struct node root;
	const struct error *error =
	    root_open(arena, path, diags, &reader, &root);

	*office = NULL;
	if (root.value == NULL)
		return error;
	node_fields(&root, config_fields, COUNT(config_fields), &config);
	json_decref(root.value);
	*paths = (struct office_paths){ config.departments, config.portals,
		config.policy };
	if (!reader_has_errors(&reader))
		*office = office_of(arena, &reader, &config);
	return NULL;
}

/* "nbs.json" without its end. */
static const char *
stem(struct arena *arena, const char *name)
{
	return arena_strndup(arena, name, strlen(name) - strlen(".json"));
}

static int
compare_departments(const void *a, const void *b)
{
	return strcmp(((const struct department *)a)->id,
	    ((const struct department *)b)->id);
}

static struct department
unread_department(const char *id)
{
	return (struct department){ .id = id, .name = { id, id }, .level = "" };
}

/*
 * A department whose file has a mistake stays known by the file's name, so
 * that nothing else is said about its plans.
 */
static const struct error *
read_departments(struct arena *arena, const char *directory,
    struct diags *diags, struct office *office)
{
	const char *department = diags->department;
	struct department *v;
	struct names names, odd;
	const struct error *error =
	    file_list_odd(arena, directory, ".json", &names, &odd);
	size_t i, n;

	if (error != NULL)
		return error;
	v = arena_alloc(arena, (names.n + odd.n) * sizeof(*v));
	for (i = 0; error == NULL && i < names.n; i++) {
		const char *id = stem(arena, names.v[i]);
		bool ok;

		diags->department = id;
		error = department_read(arena,
		    file_join(arena, directory, names.v[i]), id, diags, &v[i],
		    &ok);
		if (!ok)
			v[i] = unread_department(id);
	}
	for (n = names.n, i = 0; i < odd.n; i++) {
		v[n] = unread_department(stem(arena, odd.v[i]));
		diags->department = v[n++].id;
		complain_odd(
		    arena, file_join(arena, directory, odd.v[i]), diags);
	}
	diags->department = department;
	if (n > 1)
		qsort(v, n, sizeof(*v), compare_departments);
	office->departments = v;
	office->n_departments = n;
	return error;
}

static int
compare_portals(const void *a, const void *b)
{
	return strcmp(
	    ((const struct portal *)a)->id, ((const struct portal *)b)->id);
}

static const struct error *
read_portals(struct arena *arena, const char *directory, struct diags *diags,
    struct office *office)
{
	const struct error *error;
	struct names names, odd;
	struct portal *v;
	size_t i, n = 0;

	if (directory == NULL || access(directory, F_OK) == -1)
		return NULL;
	error = file_list_odd(arena, directory, ".json", &names, &odd);
	if (error != NULL)
		return error;
	for (i = 0; i < odd.n; i++)
		complain_odd(
		    arena, file_join(arena, directory, odd.v[i]), diags);
	v = arena_alloc(arena, names.n * sizeof(*v));
	for (i = 0; error == NULL && i < names.n; i++) {
		bool ok;

		error =
		    portal_read(arena, file_join(arena, directory, names.v[i]),
			stem(arena, names.v[i]), office, diags, &v[n], &ok);
		n += ok;
	}
	if (n > 1)
		qsort(v, n, sizeof(*v), compare_portals);
	office->portals = v;
	office->n_portals = n;
	return error;
}

static const struct error *
read_rest(struct arena *arena, const struct office_paths *paths,
    struct diags *diags, struct office *office)
{
	const struct error *error;
	bool ok;

	error = read_departments(arena, paths->departments, diags, office);
	if (error == NULL)
		error = read_portals(arena, paths->portals, diags, office);
	if (error == NULL)
		error = parameters_read(
		    arena, paths->policy, diags, &office->policy, &ok);
	return error;
}

/*
 * The mistakes of the other files, when yugao.json has some already.  What
 * cannot be read at all may be a path that is one of them.
 */
static void
read_beside(struct arena *arena, const char *path,
    const struct office_paths *paths, struct diags *diags)
{
	struct office office = { .file = path };
	bool ok;

	if (paths->departments != NULL)
		(void)read_departments(
		    arena, paths->departments, diags, &office);
	(void)read_portals(arena, paths->portals, diags, &office);
	if (paths->policy != NULL)
		(void)parameters_read(
		    arena, paths->policy, diags, &office.policy, &ok);
}

const struct error *
office_read(struct arena *arena, const char *path, struct diags *diags,
    struct office **office)
{
	struct office_paths paths = { NULL, NULL, NULL };
	const struct error *error =
	    office_read_file(arena, path, diags, office, &paths);

	if (error != NULL)
		return error;
	if (*office == NULL) {
		read_beside(arena, path, &paths, diags);
		return NULL;
	}
	return read_rest(arena, &paths, diags, *office);
}

static int
compare_department_id(const void *id, const void *department)
{
	return strcmp(id, ((const struct department *)department)->id);
}

const struct department *
office_department(const struct office *office, const char *id)
{
	if (office->n_departments == 0)
		return NULL;
	return bsearch(id, office->departments, office->n_departments,
	    sizeof(*office->departments), compare_department_id);
}

static int
compare_topic_id(const void *id, const void *topic)
{
	return strcmp(id, ((const struct topic *)topic)->id);
}

const struct topic *
office_topic(const struct office *office, const char *id)
{
	if (office->n_topics == 0)
		return NULL;
	return bsearch(id, office->topics, office->n_topics,
	    sizeof(*office->topics), compare_topic_id);
}
