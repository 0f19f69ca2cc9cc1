/*
 * What looking at results has found.  It is for the office alone.
 */
#include <yugao/arena.h>
#include <yugao/watching.h>

#include "document.h"
#include "text.h"
#include "watch.h"
#include "words.h"

static const char *const seen_names[] = {
	[SIGHT_EARLY] = "early",
	[SIGHT_RELEASED] = "released",
	[SIGHT_BASELINE] = "baseline",
	[SIGHT_ALTERED] = "altered",
	[SIGHT_INTACT] = "intact",
};

static const char *
instant_words(const struct report *report, struct instant at)
{
	struct local local = zone_local(report->zone, at);
	char day[DAY_SIZE], minute[DAY_SIZE];

	return arena_printf(report->arena, "%s %s", day_format(day, local.day),
	    minute_format(minute, local.minute));
}

static void
print_found(const struct report *report, const struct sighting *found)
{
	const struct sight *sight = &found->sight;
	struct arena *arena = report->arena;

	if (found->seen)
		text_line(report,
		    sight->kind == SIGHT_EARLY || sight->kind == SIGHT_ALTERED
			? STYLE_WARN
			: STYLE_NONE,
		    0,
		    TOLD(report,
			arena_printf(
			    arena, "report.watch_%s", seen_names[sight->kind]),
			found->target->slot->release,
			instant_words(report, sight->at), sight->url));
	if (found->problem != NULL)
		text_line(report, STYLE_WARN, 0,
		    TOLD(report, "report.watch_problem",
			found->target->slot->release, found->target->url,
			arena_printf(arena, "@%s", found->problem)));
}

static void
write_found(struct document *document, const struct sighting *found)
{
	const struct sight *sight = &found->sight;
	char hex[DIGEST_HEX_SIZE];

	document_object(document, NULL);
	document_string(document, "release", found->target->slot->release);
	document_string(document, "url", found->target->url);
	if (found->seen) {
		document_string(document, "seen", seen_names[sight->kind]);
		document_instant(document, "at", sight->at);
		if (sight->has_absent)
			document_instant(document, "absent", sight->absent);
		if (sight->has_digest)
			document_string(document, "sha256",
			    digest_hex(hex, &sight->digest));
	}
	document_string(document, "problem", found->problem);
	document_close(document);
}

void
watch_print(const struct report *report, const struct watching *watching)
{
	size_t i;

	for (i = 0; watching != NULL && i < watching->found.n; i++)
		print_found(report, &watching->found.v[i]);
}

void
watch_write(struct document *document, const struct watching *watching)
{
	size_t i;

	document_array(document, "found");
	for (i = 0; i < watching->found.n; i++)
		write_found(document, &watching->found.v[i]);
	document_close(document);
}

void
report_watch(const struct report *report, const struct watching *watching,
    const struct diags *diags)
{
	struct document document;

	if (report->json) {
		document_begin(&document, report, "yugao-watch/1");
		document_number(&document, "looked", (int64_t)watching->looked);
		document_number(&document, "later", (int64_t)watching->later);
		watch_write(&document, watching);
		document_diags(&document, report, diags);
		document_end(&document);
		return;
	}
	report_diags(report, diags);
	watch_print(report, watching);
	if (report->quiet)
		return;
	text_line(report, STYLE_NONE, 0,
	    tell_count(report->arena, report->lang, "report.watch_looked",
		watching->looked));
	if (watching->later > 0)
		text_line(report, STYLE_WARN, 0,
		    tell_count(report->arena, report->lang,
			"report.watch_later", watching->later));
}
