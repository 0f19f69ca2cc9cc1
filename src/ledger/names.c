#include "entry.h"

#include <string.h>

#include <yugao/arena.h>

static const char *const kinds[] = {
	[ENTRY_NEW] = "new",
	[ENTRY_CONFIRMED] = "confirmed",
	[ENTRY_MOVED_EARLIER] = "moved-earlier",
	[ENTRY_MOVED_LATER] = "moved-later",
	[ENTRY_TIME_CHANGED] = "time-changed",
	[ENTRY_CANCELLED] = "cancelled",
	[ENTRY_REISSUED] = "reissued",
	[ENTRY_EDITION] = "edition",
	[ENTRY_POSTPONED] = "postponed",
	[ENTRY_REINSTATED] = "reinstated",
	[ENTRY_RELEASED] = "released",
	[ENTRY_PROFILE] = "profile",
};

static const char *const precisions[] = {
	[PRECISION_INSTANT] = "instant",
	[PRECISION_DATE] = "date",
	[PRECISION_MONTH] = "month",
	[PRECISION_WINDOW] = "window",
	[PRECISION_NLT] = "no-later-than",
	[PRECISION_NONE] = "none",
};

static const char *const statuses[] = {
	[SAID_TENTATIVE] = "tentative",
	[SAID_CONFIRMED] = "confirmed",
	[SAID_CANCELLED] = "cancelled",
	[SAID_POSTPONED] = "postponed",
	[SAID_RELEASED] = "released",
};

/* The word's place, or -1; name may be NULL. */
static int
find(const char *const *words, size_t n, const char *name)
{
	size_t i;

	for (i = 0; name != NULL && i < n; i++)
		if (strcmp(words[i], name) == 0)
			return (int)i;
	return -1;
}

const char *
entry_kind_name(enum entry_kind kind)
{
	return kinds[kind];
}

bool
entry_kind_parse(const char *name, enum entry_kind *kind)
{
	int i = find(kinds, COUNT(kinds), name);

	if (i >= 0)
		*kind = (enum entry_kind)i;
	return i >= 0;
}

const char *
said_precision(enum precision precision)
{
	return precisions[precision];
}

bool
said_precision_parse(const char *name, enum precision *precision)
{
	int i = find(precisions, COUNT(precisions), name);

	if (i >= 0)
		*precision = (enum precision)i;
	return i >= 0;
}

const char *
said_status_name(enum said_status status)
{
	return statuses[status];
}

bool
said_status_parse(const char *name, enum said_status *status)
{
	int i = find(statuses, COUNT(statuses), name);

	if (i >= 0)
		*status = (enum said_status)i;
	return i >= 0;
}
