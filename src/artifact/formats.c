#include <yugao/artifact.h>

#include <string.h>

#include <yugao/arena.h>

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
};

const struct format *
artifact_formats(size_t *n)
{
	*n = COUNT(formats);
	return formats;
}

/* Of the files that are no feeds. */
static const struct {
	const char *end, *content_type;
} others[] = {
	{ ".jsonl", "application/jsonl; charset=utf-8" },
	{ ".pem", "application/x-pem-file" },
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
