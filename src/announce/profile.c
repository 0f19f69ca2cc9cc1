/*
 * Profiles: what is said about a series or a department beside its releases.
 */
#include "announce.h"

#include <string.h>

#include <yugao/arena.h>

static const char *const frequencies[] = {
	[FREQUENCY_IRREGULAR] = "irregular",
	[FREQUENCY_ANNUAL] = "annual",
	[FREQUENCY_HALF] = "half",
	[FREQUENCY_QUARTERLY] = "quarterly",
	[FREQUENCY_MONTHLY] = "monthly",
	[FREQUENCY_DEKAD] = "dekad",
	[FREQUENCY_WEEKLY] = "weekly",
};
