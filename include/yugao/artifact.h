/*
 * Renders announcements as bytes, one file per format.  An item is the bytes
 * of one entry in one language, rendered once and kept; a file is a head, the
 * items in order, and a foot.  Nothing here reads a clock.
 */
#ifndef YUGAO_ARTIFACT_H
#define YUGAO_ARTIFACT_H

#include <stddef.h>

#include <yugao/buf.h>
#include <yugao/ledger.h>
#include <yugao/message.h>

struct error;

/* What a file says about itself. */
struct feed {
	enum lang lang;
	struct text name; /* of the office or department */
	struct text description;
	const char *url;        /* where this very file is served */
	const char *site;       /* the tree's base URL */
	struct instant updated; /* newest entry in the file */
	size_t n;               /* items that will follow */
	const char *timezone;   /* of the office, or NULL */
	const char *pages;      /* as for an item */
};

/* An item and its check leave garbage in the arena: a loop brings one that it
 * resets. */
struct format {
	const char *name;         /* "ics" */
	const char *file;         /* "releases.ics" */
	const char *content_type; /* "text/calendar; charset=utf-8" */
	const char *separator;    /* between items */
	bool linted;              /* whole files too, by lint.h */
	void (*head)(struct buf *out, const struct feed *feed);
	/* pages: the address of the tree whose pages it links to, or NULL. */
	const struct error *(*item)(struct buf *out,
	    const struct announcement *announcement, const struct entry *entry,
	    enum lang lang, const char *pages);
	void (*foot)(struct buf *out, const struct feed *feed);
	/* Refuses a rendered item that is not what it should be; or NULL. */
	const struct error *(*check)(struct arena *arena, const char *item,
	    size_t len, const struct announcement *announcement);
};

/* Rows of {name, …, function}: adding a format is one row and one file. */
const struct format *artifact_formats(size_t *n);
/* The same of changes: an item is an entry, the newest first. */
const struct format *artifact_change_formats(size_t *n);
/* A calendar object (RFC 4791 4.1) around one event that was rendered. */
void
ical_object(struct buf *out, enum lang lang, const char *event, size_t len);
/*
 * One change as a message for programs (yugao-webhook.7), in these languages
 * (1 << LANG_ZH …; 0: all).
 */
void message_write(struct buf *out, const struct announcement *announcement,
    const struct entry *entry, unsigned languages);
/* One change as a line for people: 推迟：居民消费价格指数（2026年3月），… */
void change_line(struct buf *out, const struct announcement *announcement,
    const struct entry *entry, enum lang lang);
/* Of any file of the tree, by the end of its name. */
const char *artifact_content_type(const char *path);

/* An item of iCalendar with LINK (RFC 9253) in place of X-YUGAO-LINK. */
void ical_standard_links(struct buf *out, const char *item, size_t len);

/* Folds an unfolded content line to 75 octets (RFC 5545 3.1), CRLF ended,
 * never inside a UTF-8 character. */
void ical_fold(struct buf *out, const char *line, size_t len);

#endif
