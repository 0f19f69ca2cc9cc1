#include "connection.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <yugao/arena.h>
#include <yugao/error.h>

#define BUSY_MS 10000

/*
 * TRUNCATE syncs the emptied journal, DELETE would not sync its folder: after
 * a commit has returned, no loss of power brings the journal back.  With
 * recursive triggers, REPLACE cannot slip past entry_no_delete.
 */
static const char settings[] = "PRAGMA foreign_keys = ON;"
			       "PRAGMA trusted_schema = OFF;"
			       "PRAGMA recursive_triggers = ON;"
			       "PRAGMA cell_size_check = ON;"
			       "PRAGMA cache_size = -8192;"
			       "PRAGMA synchronous = FULL;";
static const char write_settings[] = "PRAGMA page_size = 8192;"
				     "PRAGMA journal_mode = TRUNCATE;";

/* What users meet; anything else is told in SQLite's words. */
static const struct {
	int code;
	const char *id;
} known_errors[] = {
	{ SQLITE_READONLY_ROLLBACK, "store.interrupted" },
	{ SQLITE_READONLY_RECOVERY, "store.interrupted" },
	{ SQLITE_BUSY, "store.busy" },
	{ SQLITE_LOCKED, "store.busy" },
	{ SQLITE_FULL, "store.full" },
	{ SQLITE_CORRUPT, "store.damaged" },
	{ SQLITE_NOTADB, "store.foreign" },
	{ SQLITE_READONLY, "store.readonly" },
	{ SQLITE_CANTOPEN, "store.cannot_open" },
	{ SQLITE_IOERR, "store.disk" },
};

const struct error *
store_error(struct store *store, int code)
{
	const char *id = "store.failed";
	const char *words = store->db != NULL ? sqlite3_errmsg(store->db)
					      : sqlite3_errstr(code);
	size_t i;

	for (i = COUNT(known_errors); i-- > 0;)
		if (known_errors[i].code == (code & 0xff) ||
		    known_errors[i].code == code)
			id = known_errors[i].id;
	return ERROR_NEW(
	    store->arena, ERROR_FAILED, NULL, id, store->path, words);
}

bool
store_exists(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && st.st_size > 0;
}

/* SQLite would make it as wide as the umask allows. */
static const struct error *
make_file(struct store *store)
{
	int fd = open(store->path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

	if (fd == -1)
		return error_errno(store->arena, "store.open", store->path);
	/* Closing any descriptor of the file would drop SQLite's locks; none
	 * are held yet. */
	close(fd);
	return NULL;
}

static const struct error *
open_connection(struct store *store, enum store_mode mode)
{
	const struct error *error;
	int flags =
	    mode == STORE_WRITE ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
	int code = sqlite3_open_v2(
	    store->path, &store->db, flags | SQLITE_OPEN_NOMUTEX, NULL);

	if (code != SQLITE_OK)
		return store_error(store, code);
	sqlite3_extended_result_codes(store->db, 1);
	sqlite3_busy_timeout(store->db, BUSY_MS);
	sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	if ((error = store_run(store, settings)) != NULL)
		return error;
	if (mode == STORE_WRITE &&
	    (error = store_run(store, write_settings)) != NULL)
		return error;
	return store_migrate(store, mode);
}

const struct error *
store_open(struct arena *arena, const char *path, enum store_mode mode,
    struct store **store)
{
	const struct error *error = NULL;
	struct store *s = arena_alloc(arena, sizeof(*s));

	*store = NULL;
	s->arena = arena;
	s->path = arena_strdup(arena, path);
	if (mode == STORE_WRITE)
		error = make_file(s);
	else if (!store_exists(path))
		error =
		    ERROR_NEW(arena, ERROR_FAILED, NULL, "store.missing", path);
	if (error == NULL)
		error = open_connection(s, mode);
	if (error == NULL)
		*store = s;
	else
		store_close(s);
	return error;
}

void
store_close(struct store *store)
{
	if (store == NULL)
		return;
	store_close_queries(store);
	sqlite3_close(store->db);
	store->db = NULL;
}

const struct error *
store_run(struct store *store, const char *sql)
{
	int code = sqlite3_exec(store->db, sql, NULL, NULL, NULL);

	return code == SQLITE_OK ? NULL : store_error(store, code);
}

const struct error *
store_begin(struct store *store)
{
	return store_run(store, "BEGIN IMMEDIATE");
}

const struct error *
store_begin_reading(struct store *store)
{
	/* The lock is taken by the first statement that reads. */
	return store_run(store, "BEGIN; SELECT count(*) FROM setting");
}

const struct error *
store_commit(struct store *store)
{
	return store_run(store, "COMMIT");
}

void
store_rollback(struct store *store)
{
	/* Some failures have rolled back already; a rollback that fails leaves
	 * a journal, which the next connection plays back. */
	if (!sqlite3_get_autocommit(store->db))
		sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
}

const char *
store_library(void)
{
	return sqlite3_libversion();
}
