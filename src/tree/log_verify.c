/*
 * The public log against the ledger, line by line: each line names its entry,
 * so that one that is wrong does not make the others wrong.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <yugao/arena.h>
#include <yugao/error.h>
#include <yugao/file.h>

#include "manifest.h"

#define TOLD_MOST 20

struct tree_log {
	struct arena *arena;
	struct diags *diags;
	const char *tree; /* NULL: nothing was published yet */
	FILE *file;       /* the one that is read now, or NULL */
	const char *path;
	char year[5];
	char *line; /* the one that is to be looked at next, or NULL */
	size_t size, n, told;
	ssize_t len;
	int64_t first, last; /* entries in a row that the file lacks; or 0 */
};

static void
complain(struct tree_log *log, size_t line, const char *id, int64_t entry)
{
	const struct place place = { .file = log->path, .line = (int)line };

	if (log->told++ < TOLD_MOST)
		DIAG(log->arena, log->diags, DIAG_ERROR, place, id,
		    arena_printf(log->arena, "%lld", (long long)entry));
}

/* Tells of the entries that were missed so far, in one. */
static void
tell_missing(struct tree_log *log)
{
	const struct place place = { .file = log->path };

	if (log->first > 0 && log->told++ < TOLD_MOST)
		DIAG(log->arena, log->diags, DIAG_ERROR, place,
		    "tree.verify_line_missing",
		    arena_printf(log->arena, "%lld", (long long)log->first),
		    arena_printf(log->arena, "%lld", (long long)log->last));
	log->first = 0;
}

/* The entry that a line tells of; 0 if it cannot be seen. */
static int64_t
entry_of(const char *line)
{
	const char *id = strstr(line, "\"id\":");

	return id == NULL ? 0 : strtoll(id + strlen("\"id\":"), NULL, 10);
}

static void
read_line(struct tree_log *log)
{
	log->len =
	    log->file == NULL ? -1 : getline(&log->line, &log->size, log->file);
	if (log->len == -1)
		return;
	log->n++;
	if (log->len > 0 && log->line[log->len - 1] == '\n')
		log->line[--log->len] = '\0';
	else /* Its end is missing, so it is none of ours. */
		log->line[0] = '\0';
}

static void
end_file(struct tree_log *log)
{
	for (; log->len != -1; read_line(log))
		complain(log, log->n, "tree.verify_line_strange",
		    entry_of(log->line));
	tell_missing(log);
	if (log->file != NULL)
		fclose(log->file);
	log->file = NULL;
}

static void
begin_file(struct tree_log *log, const char *year)
{
	end_file(log);
	memcpy(log->year, year, 4);
	log->path = file_join(log->arena, log->tree,
	    arena_printf(log->arena, "log/%s.jsonl", log->year));
	log->file = fopen(log->path, "re");
	log->n = 0;
	read_line(log);
}

const struct error *
tree_log_open(struct arena *arena, struct store *store,
    const struct office *office, struct diags *diags, struct tree_log **log)
{
	const struct error *error;
	int64_t id;

	*log = arena_alloc(arena, sizeof(**log));
	**log = (struct tree_log){ .arena = arena, .diags = diags, .len = -1 };
	if ((error = generation_read(store, &id)) == NULL && id > 0)
		(*log)->tree = generation_path(arena, office, id);
	return error;
}

const struct error *
tree_log_line(void *context, const struct log_line *line)
{
	struct tree_log *log = context;
	char year[INSTANT_SIZE];
	int64_t entry = 0;

	if (log->tree == NULL)
		return NULL;
	instant_format(year, line->at);
	if (memcmp(year, log->year, 4) != 0)
		begin_file(log, year);
	for (; log->len != -1; read_line(log)) {
		entry = entry_of(log->line);
		if (entry >= line->id)
			break;
		complain(log, log->n, "tree.verify_line_strange", entry);
	}
	if (log->len == -1 || entry != line->id) {
		if (log->first == 0)
			log->first = line->id;
		log->last = line->id;
		return NULL;
	}
	tell_missing(log);
	if ((size_t)log->len != line->len ||
	    memcmp(log->line, line->text, line->len) != 0)
		complain(log, log->n, "tree.verify_line", line->id);
	read_line(log);
	return NULL;
}

void
tree_log_close(struct tree_log *log)
{
	end_file(log);
	free(log->line);
	log->line = NULL;
}
