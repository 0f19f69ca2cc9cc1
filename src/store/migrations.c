#include "connection.h"

#include <yugao/arena.h>

/*
 * Append-only: a row that was released is never edited, a change of the
 * schema is a new row.  Names that start with entry_ and record_ are part of
 * the evidence: nothing said or done is ever changed or removed.
 */
static const struct migration migrations[] = {
	{ 1, /* What ledger/ remembers. */
	    "CREATE TABLE setting (key TEXT NOT NULL PRIMARY KEY,"
	    " value TEXT NOT NULL) STRICT;"
	    "CREATE TABLE entry ("
	    " id INTEGER PRIMARY KEY CHECK (id > 0),"
	    " kind TEXT NOT NULL,"
	    " at INTEGER NOT NULL,"
	    " sequence INTEGER NOT NULL CHECK (sequence >= 0),"
	    " release TEXT," /* NULL for an edition */
	    " year INTEGER," /* the edition's */
	    " digest BLOB,"
	    " precision TEXT," /* precision to last: the moment; days count
				  from 1970-01-01, minute -1 is no time */
	    " day INTEGER,"
	    " minute INTEGER,"
	    " last INTEGER,"
	    " start INTEGER,"
	    " since INTEGER,"
	    " status TEXT,"
	    " policy TEXT,"
	    " hash BLOB NOT NULL,"
	    " said TEXT,"
	    " CHECK ((release IS NULL) = (kind = 'edition')),"
	    " CHECK ((release IS NULL) = (said IS NULL)),"
	    " CHECK ((release IS NULL) = (year IS NOT NULL))"
	    ") STRICT;"
	    /* All that a view reads, so that it need not touch the entries. */
	    "CREATE INDEX entry_view ON entry (release, id, kind, at, sequence,"
	    " year, digest, precision, day, minute, last, start, since, status,"
	    " policy);"
	    "CREATE TRIGGER entry_no_update BEFORE UPDATE ON entry BEGIN"
	    " SELECT RAISE(ABORT, 'entries are never changed'); END;"
	    "CREATE TRIGGER entry_no_delete BEFORE DELETE ON entry BEGIN"
	    " SELECT RAISE(ABORT, 'entries are never removed'); END;" },
	{ 2, /* What tree/ keeps; rendering is a cache. */
	    "CREATE TABLE rendering (entry INTEGER PRIMARY KEY,"
	    " bytes BLOB NOT NULL) STRICT;"
	    "CREATE TABLE generation (id INTEGER PRIMARY KEY,"
	    " at INTEGER NOT NULL) STRICT;"
	    "CREATE TABLE manifest ("
	    " path TEXT NOT NULL PRIMARY KEY,"
	    " digest BLOB NOT NULL,"
	    " size INTEGER NOT NULL,"
	    " mtime INTEGER NOT NULL,"
	    " source BLOB NOT NULL" /* digest of what it is made from */
	    ") STRICT, WITHOUT ROWID;" },
	{ 3,                        /* What outbox/ has to deliver. */
	    "CREATE TABLE remote (" /* what the portal last confirmed */
	    " portal TEXT NOT NULL,"
	    " path TEXT NOT NULL,"
	    " digest BLOB NOT NULL,"
	    " etag TEXT,"
	    " at INTEGER NOT NULL,"
	    " PRIMARY KEY (portal, path)) STRICT, WITHOUT ROWID;"
	    "CREATE TABLE message ("
	    " id INTEGER PRIMARY KEY,"
	    " portal TEXT NOT NULL,"
	    " path TEXT NOT NULL,"
	    " remove INTEGER NOT NULL,"
	    " digest BLOB,"
	    " size INTEGER NOT NULL,"
	    " state TEXT NOT NULL,"
	    " attempts INTEGER NOT NULL,"
	    " next INTEGER NOT NULL,"
	    " queued_at INTEGER NOT NULL,"
	    " ended_at INTEGER,"
	    " problem TEXT) STRICT;"
	    "CREATE INDEX message_path ON message (portal, path);"
	    "CREATE UNIQUE INDEX message_waiting ON message (portal, path)"
	    " WHERE state IN ('queued', 'held', 'refused');"
	    "CREATE TABLE attempt ("
	    " id INTEGER PRIMARY KEY,"
	    " message INTEGER NOT NULL REFERENCES message (id),"
	    " at INTEGER NOT NULL,"
	    " ms INTEGER,"
	    " status INTEGER,"
	    " bytes INTEGER,"
	    " problem TEXT) STRICT;"
	    "CREATE INDEX attempt_message ON attempt (message);"
	    "CREATE TABLE portal_state ("
	    " portal TEXT NOT NULL PRIMARY KEY,"
	    " failures INTEGER NOT NULL,"
	    " open_until INTEGER NOT NULL,"
	    " not_before INTEGER NOT NULL," /* Retry-After */
	    " held INTEGER NOT NULL,"
	    " problem TEXT) STRICT, WITHOUT ROWID;" },
	{ 4, /* Everything that happened; what was said before it is not in it.
	      */
	    "CREATE TABLE record ("
	    " id INTEGER PRIMARY KEY CHECK (id > 0),"
	    " at INTEGER NOT NULL,"
	    " kind TEXT NOT NULL,"
	    " subject TEXT NOT NULL,"
	    " body TEXT NOT NULL,"
	    " hash BLOB NOT NULL) STRICT;"
	    "CREATE UNIQUE INDEX record_act ON record (subject)"
	    " WHERE kind = 'act';"
	    "CREATE TRIGGER record_no_update BEFORE UPDATE ON record BEGIN"
	    " SELECT RAISE(ABORT, 'records are never changed'); END;"
	    "CREATE TRIGGER record_no_delete BEFORE DELETE ON record BEGIN"
	    " SELECT RAISE(ABORT, 'records are never removed'); END;"
	    "INSERT INTO setting (key, value) SELECT 'unrecorded', max(id)"
	    " FROM entry HAVING max(id) IS NOT NULL;" },
	{ 5, /* Which place the rows of a portal are about. */
	    "ALTER TABLE portal_state ADD COLUMN target BLOB;" },
	{ 6, /* Since which entry a release's time stands, how often it moved,
		and its core words; entries from before have none of them. */
	    "ALTER TABLE entry ADD COLUMN since_entry INTEGER;"
	    "ALTER TABLE entry ADD COLUMN moves INTEGER;"
	    "ALTER TABLE entry ADD COLUMN core BLOB;"
	    "DROP INDEX entry_view;"
	    "CREATE INDEX entry_view ON entry (release, id, kind, at, sequence,"
	    " year, digest, precision, day, minute, last, start, since, status,"
	    " policy, since_entry, moves, core);"
	    /* Which portal has shown what is read out of the record. */
	    "CREATE INDEX record_notice ON record (subject, id)"
	    " WHERE kind = 'notice';"
	    /* The first entry that a message carries, and the newest that the
	       portal was offered. */
	    "ALTER TABLE message ADD COLUMN first_entry INTEGER;"
	    "ALTER TABLE portal_state ADD COLUMN last_entry INTEGER;" },
	{ 7, /* What was seen of results and became of copies is read out of
		the record; where watching stands is a cache. */
	    "CREATE INDEX record_outcome ON record (kind, subject, id)"
	    " WHERE kind IN ('sight', 'copy', 'sheet');"
	    "CREATE TABLE watch ("
	    " release TEXT NOT NULL PRIMARY KEY,"
	    " url TEXT,"
	    " looked INTEGER,"
	    " absent INTEGER,"
	    " present INTEGER,"
	    " answers INTEGER NOT NULL,"
	    " digest BLOB,"
	    " etag TEXT,"
	    " modified TEXT,"
	    " failures INTEGER NOT NULL,"
	    " problem TEXT) STRICT, WITHOUT ROWID;" },
	{ 8, /* How many records there are, so that the newest one cannot go
		without its absence being seen. */
	    "CREATE TABLE record_count (n INTEGER NOT NULL) STRICT;"
	    "INSERT INTO record_count SELECT coalesce(max(id), 0) FROM record;"
	    "CREATE TRIGGER record_counted AFTER INSERT ON record BEGIN"
	    " UPDATE record_count SET n = NEW.id; END;" },
	{ 9, /* How a department stood is read out of the record. */
	    "CREATE INDEX record_standing ON record (subject, id)"
	    " WHERE kind = 'standing';" },
	{ 10, /* Bytes that are no file of the tree, while a message waits for
		them; of a portal that gets news, the first entry that it was
		there for and what it selects. */
	    "CREATE TABLE spool (digest BLOB NOT NULL UNIQUE,"
	    " bytes BLOB NOT NULL) STRICT;"
	    "ALTER TABLE portal_state ADD COLUMN first_entry INTEGER;"
	    "ALTER TABLE portal_state ADD COLUMN selection BLOB;" },
	{ 11, /* Since when the operator holds a portal, what a portal said of
		an attempt, and what the office was alerted of. */
	    "ALTER TABLE portal_state ADD COLUMN paused INTEGER;"
	    "ALTER TABLE attempt ADD COLUMN detail TEXT;"
	    "CREATE TABLE alert ("
	    " portal TEXT NOT NULL,"
	    " release TEXT NOT NULL,"
	    " entry INTEGER NOT NULL," /* that it has not shown */
	    " mark INTEGER NOT NULL,"  /* hours before the release; 0: past */
	    " at INTEGER NOT NULL,"
	    " PRIMARY KEY (portal, release, entry, mark))"
	    " STRICT, WITHOUT ROWID;" },
	{ 12, /* Of the sums of a bundle that waits. */
	    "CREATE TABLE bundle_signature (digest BLOB NOT NULL PRIMARY KEY,"
	    " signature TEXT NOT NULL, key TEXT NOT NULL)"
	    " STRICT, WITHOUT ROWID;" },
};

const struct migration *
store_migrations(size_t *n)
{
	*n = COUNT(migrations);
	return migrations;
}
