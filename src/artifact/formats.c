#include <yugao/artifact.h>

#include <string.h>

#include <yugao/arena.h>

#include "change.h"
#include "csv.h"
#include "ical.h"
#include "json.h"

static const struct format formats[] = {
	{ .name = "ics",
	    .file = "releases.ics",
	    .content_type = "text/calendar; charset=utf-8",
	    .separator = "",
	    .linted = true,
	    .head = ical_head,
	    .item = ical_item,
	    .foot = ical_foot,
	    .check = ical_check },
	{ .name = "json",
	    .file = "releases.json",
	    .content_type = "application/json; charset=utf-8",
	    .separator = ",\n",
	    .head = json_head,
	    .item = json_item,
	    .foot = json_foot,
	    .check = json_check },
	{ .name = "csv",
	    .file = "releases.csv",
	    .content_type = "text/csv; charset=utf-8; header=present",
	    .separator = "",
	    .head = csv_head,
	    .item = csv_item,
	    .foot = csv_foot },
};

static const struct format change_formats[] = {
	{ .name = "atom",
	    .file = "changes.atom",
	    .content_type = "application/atom+xml; charset=utf-8",
	    .separator = "",
	    .head = atom_head,
	    .item = atom_item,
	    .foot = atom_foot },
	{ .name = "changes",
	    .file = "changes.json",
	    .content_type = "application/json; charset=utf-8",
	    .separator = ",\n",
	    .head = changes_head,
	    .item = changes_item,
	    .foot = changes_foot },
};

const struct format *
artifact_formats(size_t *n)
{
	*n = COUNT(formats);
	return formats;
}

const struct format *
artifact_change_formats(size_t *n)
{
	*n = COUNT(change_formats);
	return change_formats;
}

/* Of the files that are no feeds. */
static const struct {
	const char *end, *content_type;
} others[] = {
	{ ".atom", "application/atom+xml; charset=utf-8" },
	{ ".css", "text/css; charset=utf-8" },
	{ ".gz", "application/gzip" },
	{ ".html", "text/html; charset=utf-8" },
	{ ".js", "text/javascript; charset=utf-8" },
	{ ".jsonl", "application/jsonl; charset=utf-8" },
	{ ".pem", "application/x-pem-file" },
	{ ".svg", "image/svg+xml" },
	{ ".txt", "text/plain; charset=utf-8" },
	{ ".xlsx", "application/vnd.openxmlformats-officedocument."
		   "spreadsheetml.sheet" },
	{ ".xml", "application/xml; charset=utf-8" },
};

const char *
artifact_content_type(const char *path)
{
	const char *end = strrchr(path, '.');
	size_t i;

	for (i = 0; end != NULL && i < COUNT(formats); i++)
		if (strcmp(strrchr(formats[i].file, '.'), end) == 0)
			return formats[i].content_type;
	for (i = 0; end != NULL && i < COUNT(others); i++)
		if (strcmp(others[i].end, end) == 0)
			return others[i].content_type;
	return "application/octet-stream";
}
