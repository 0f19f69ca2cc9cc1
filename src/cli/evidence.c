/*
 * What a run leaves in the internal record beside its entries: digests of all
 * that it read, and the acts that it saw for the first time.  What is closed
 * is there as a digest only.
 */
#include <stdlib.h>
#include <string.h>

#include <yugao/arena.h>
#include <yugao/buf.h>
#include <yugao/compliance.h>
#include <yugao/file.h>
#include <yugao/record.h>

#include "cli.h"

const char *
verdicts_json(struct arena *arena, const struct verdicts *verdicts)
{
	struct buf buf;
	size_t i;

	buf_init(&buf, arena);
	buf_putc(&buf, '[');
	for (i = 0; i < verdicts->n; i++) {
		const struct verdict *verdict = &verdicts->v[i];

		buf_puts(&buf, i == 0 ? "" : ",");
		buf_puts(&buf, "{\"outcome\":");
		buf_json(&buf, outcome_name(verdict->outcome));
		buf_puts(&buf, ",\"rule\":");
		buf_json(&buf, verdict->rule->id);
		buf_putc(&buf, '}');
	}
	buf_putc(&buf, ']');
	return buf.data;
}

static int
compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Sorted, each once. */
static void
settle(struct names *names)
{
	size_t n = 0, i;

	if (names->n > 1)
		qsort(names->v, names->n, sizeof(*names->v), compare_names);
	for (i = 0; i < names->n; i++)
		if (n == 0 || strcmp(names->v[n - 1], names->v[i]) != 0)
			names->v[n++] = names->v[i];
	names->n = n;
}

/* The names that people gave, not the folders of this machine. */
static const char *
base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash == NULL ? path : slash + 1;
}

/* {"name":"sha256", …}, the files as they stand now. */
static const struct error *
write_files(struct buf *buf, struct names *names)
{
	const struct error *error = NULL;
	size_t i;

	settle(names);
	buf_putc(buf, '{');
	for (i = 0; i < names->n && error == NULL; i++) {
		char hex[DIGEST_HEX_SIZE];
		struct digest digest;

		error = file_digest(buf->arena, names->v[i], &digest, NULL);
		if (error != NULL)
			break;
		buf_puts(buf, i == 0 ? "" : ",");
		buf_json(buf, base_name(names->v[i]));
		buf_putc(buf, ':');
		buf_json(buf, digest_hex(hex, &digest));
	}
	buf_putc(buf, '}');
	return error;
}

/* "cn-2026.ics" and "cn.ics" are of the calendar "cn". */
static bool
is_of_calendar(const char *file, const char *name)
{
	size_t len = strlen(name);

	return strncmp(file, name, len) == 0 &&
	       (file[len] == '-' || file[len] == '.');
}

static const struct error *
add_calendars(const struct session *session, struct names *names)
{
	struct arena *arena = session->arena;
	const char *folder = session->office->calendars;
	struct names files;
	const struct error *error = file_list(arena, folder, ".ics", &files);
	size_t i, j;

	for (i = 0; error == NULL && i < files.n; i++)
		for (j = 0; j < session->plans.n; j++)
			if (session->plans.v[j]->calendar != NULL &&
			    is_of_calendar(files.v[i],
				calendar_name(session->plans.v[j]->calendar)))
				ARRAY_PUSH(arena, names,
				    file_join(arena, folder, files.v[i]));
	return error;
}

/* Keys in the order of canonical JSON. */
static const struct error *
write_run(const struct session *session, struct buf *buf)
{
	struct arena *arena = session->arena;
	struct names acts = { 0 }, calendars = { 0 }, plans = { 0 },
		     configuration = { 0 };
	const struct error *error = add_calendars(session, &calendars);
	size_t i;

	for (i = 0; i < session->acts.n; i++)
		if (!session->acts.v[i].seen)
			ARRAY_PUSH(arena, &acts, session->acts.v[i].place.file);
	for (i = 0; i < session->plans.n; i++)
		ARRAY_PUSH(arena, &plans, session->plans.v[i]->file);
	ARRAY_PUSH(arena, &configuration, session->office->file);
	buf_puts(buf, "{\"acts\":");
	if (error == NULL)
		error = write_files(buf, &acts);
	buf_puts(buf, ",\"calendars\":");
	if (error == NULL)
		error = write_files(buf, &calendars);
	buf_puts(buf, ",\"configuration\":");
	if (error == NULL)
		error = write_files(buf, &configuration);
	if (session->options->overrule != NULL) {
		buf_puts(buf, ",\"overrule\":");
		buf_json(buf, session->options->overrule);
	}
	buf_puts(buf, ",\"plans\":");
	if (error == NULL)
		error = write_files(buf, &plans);
	buf_puts(buf, ",\"policy\":");
	buf_json(buf, session->office->policy.digest);
	buf_puts(buf, ",\"version\":");
	buf_json(buf, YUGAO_VERSION);
	buf_putc(buf, '}');
	return error;
}

const struct error *
record_run(struct session *session)
{
	struct record record = {
		.kind = RECORD_RUN, .at = session->now, .subject = ""
	};
	const struct error *error;
	struct buf buf;

	buf_init(&buf, session->arena);
	if ((error = write_run(session, &buf)) != NULL)
		return error;
	record.body = buf.data;
	return record_append(session->arena, session->store, &record);
}

const struct error *
unseen_acts(struct session *session, struct acts *unseen)
{
	const struct error *error = NULL;
	size_t i;

	*unseen = (struct acts){ 0 };
	for (i = 0; i < session->acts.n && error == NULL; i++) {
		const struct act *act = &session->acts.v[i];
		bool seen;

		/* What was seen is on record as that. */
		if (act->seen)
			continue;
		error = record_has_act(session->store, &act->digest, &seen);
		if (error == NULL && !seen)
			ARRAY_PUSH(session->arena, unseen, *act);
	}
	return error;
}

/* Titles and keys may be closed; what they are is in the act's file. */
static void
write_act(struct buf *buf, const struct act *act)
{
	char text[DIGEST_HEX_SIZE];
	size_t i;

	buf_puts(buf, "{\"at\":");
	buf_json(buf, instant_format(text, act->at));
	buf_puts(buf, ",\"releases\":[");
	for (i = 0; i < act->n_releases; i++) {
		const char *key = act->releases[i];
		struct digest digest = digest_of(key, strlen(key));

		buf_puts(buf, i == 0 ? "" : ",");
		buf_json(buf, digest_hex(text, &digest));
	}
	buf_puts(buf, "]}");
}

const struct error *
record_acts(struct session *session, const struct acts *acts)
{
	const struct error *error = NULL;
	size_t i;

	for (i = 0; i < acts->n && error == NULL; i++) {
		const struct act *act = &acts->v[i];
		char hex[DIGEST_HEX_SIZE];
		struct record record = {
			.kind = RECORD_ACT,
			.at = session->now,
			.subject = digest_hex(hex, &act->digest),
		};
		struct buf buf;
		bool seen;

		/* The same act may stand in two files. */
		error = record_has_act(session->store, &act->digest, &seen);
		if (error != NULL || seen)
			continue;
		buf_init(&buf, session->arena);
		write_act(&buf, act);
		record.body = buf.data;
		error = record_append(session->arena, session->store, &record);
	}
	return error;
}

/*
 * How everybody stands is known only where all could be read: of a department
 * that was stopped, what stood before stays.
 */
const struct error *
unseen_standings(struct session *session, struct standings *unseen)
{
	struct arena *arena = session->arena;
	struct standings now;
	const struct error *error = NULL;
	size_t i;

	compliance_standings(arena, session->office, &session->slots, &now);
	*unseen = (struct standings){ 0 };
	for (i = 0; i < now.n && error == NULL; i++) {
		const struct standing *standing = &now.v[i];
		bool differs;

		if (*standing->department != '\0' &&
		    diags_stop(&session->diags, standing->department))
			continue;
		error =
		    standing_differs(arena, session->store, standing, &differs);
		if (error == NULL && differs)
			ARRAY_PUSH(arena, unseen, *standing);
	}
	return error;
}

const struct error *
record_standings(struct session *session, const struct standings *standings)
{
	const struct error *error = NULL;
	size_t i;

	for (i = 0; i < standings->n && error == NULL; i++)
		error = standing_record(session->arena, session->store,
		    &standings->v[i], session->now);
	return error;
}
