#include <yugao/artifact.h>

#include <yugao/arena.h>

#include "ical.h"
#include "json.h"

static const struct format formats[] = {
	{ .name = "ics",
	    .file = "releases.ics",
	    .content_type = "text/calendar; charset=utf-8",
	    .separator = "",
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
