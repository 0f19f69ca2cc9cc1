/* The survey scheme behind a series. */
#include <string.h>

#include "read.h"

static const struct word publication_words[] = {
	{ "public", 0 },
	{ "internal", 0 },
	{ "secret", 0 },
	{ "unspecified", 0 },
};
static const struct word notice_words[] = {
	{ "by-notice", 0 },
};

/* "2025-06" or a day. */
static void
read_month_or_day(const struct node *node, void *to, const void *how)
{
	const char *string = node_string(node, true);
	struct period period;
	struct day day;

	(void)how;
	if (string == NULL)
		return;
	if ((strlen(string) == 7 && period_parse(string, &period) &&
		period.frequency == FREQUENCY_MONTHLY) ||
	    node_day(node, string, &day))
		*(const char **)to = string;
}

static void
read_renewal(const struct node *node, void *to, const void *how)
{
	struct scheme *scheme = to;

	read_day(node, &scheme->renewal_since, how);
	scheme->has_renewal = true;
}

static void
read_frequencies(const struct node *node, void *to, const void *how)
{
	static const struct items items = { .read = read_choice,
		.how = &frequency_choices };
	struct strings strings = { NULL, 0 };
	struct scheme *scheme = to;

	(void)how;
	read_strings(node, &strings, &items);
	scheme->frequencies = strings.v;
	scheme->n_frequencies = strings.n;
}

static void
read_channels(const struct node *node, void *to, const void *how)
{
	struct strings strings = { NULL, 0 };
	struct scheme *scheme = to;

	(void)how;
	read_strings(node, &strings, NULL);
	scheme->channels = strings.v;
	scheme->n_channels = strings.n;
}

#define AT(member) offsetof(struct scheme, member)
static const struct range months_range = { 0, 60 }, day_range = { 1, 31 };
static const struct field deadline_fields[] = {
	{ "day", read_int, AT(deadline_day), &day_range, true },
	{ "months", read_int, AT(deadline_months), &months_range, true },
};

static const struct field report_fields[] = {
	{ "day", read_int, AT(report_day), &day_range, true },
	{ "months", read_int, AT(report_months), &months_range, true },
};

static void
read_report_deadline(const struct node *node, void *to, const void *how)
{
	(void)how;
	node_fields(node, report_fields, COUNT(report_fields), to);
}

/* {"months", "day"} or "by-notice" */
static void
read_deadline(const struct node *node, void *to, const void *how)
{
	struct scheme *scheme = to;
	int ignored;

	(void)how;
	if (json_is_string(node->value))
		scheme->deadline_by_notice =
		    node_word(node, WORDS(notice_words), &ignored);
	else if (json_is_object(node->value))
		node_fields(
		    node, deadline_fields, COUNT(deadline_fields), scheme);
	else
		COMPLAIN(node, "plan.want_deadline");
}

static const struct field sharing_fields[] = {
	{ "channel", read_string, AT(sharing.channel), NULL, false },
	{ "content", read_string, AT(sharing.content), NULL, false },
	{ "mode", read_string, AT(sharing.mode), NULL, false },
	{ "responsibility", read_string, AT(sharing.responsibility), NULL,
	    false },
	{ "time_limit", read_string, AT(sharing.time_limit), NULL, false },
};

static void
read_sharing(const struct node *node, void *to, const void *how)
{
	(void)how;
	node_fields(node, sharing_fields, COUNT(sharing_fields), to);
}

static const struct field scheme_fields[] = {
	{ "approval_no", read_string, AT(approval_no), NULL, false },
	{ "authorisation", read_string, AT(authorisation), NULL, false },
	{ "channels", read_channels, 0, NULL, false },
	{ "deadline", read_deadline, 0, NULL, false },
	{ "form_no", read_string, AT(form_no), NULL, false },
	{ "frequencies", read_frequencies, 0, NULL, false },
	{ "maker", read_string, AT(maker), NULL, false },
	{ "name", read_title, AT(name), NULL, false },
	{ "national", read_bool, AT(national), NULL, false },
	{ "publication", read_choice, AT(publication), WORDS(publication_words),
	    false },
	{ "renewal_since", read_renewal, 0, NULL, false },
	{ "report_deadline", read_report_deadline, 0, NULL, false },
	{ "sharing", read_sharing, 0, NULL, false },
	{ "url", read_url, AT(url), NULL, false },
	{ "valid_from", read_month_or_day, AT(valid_from), NULL, false },
	{ "valid_until", read_month_or_day, AT(valid_until), NULL, false },
};
#undef AT

void
read_scheme(const struct node *node, void *to, const void *how)
{
	struct scheme *scheme =
	    arena_alloc(node->reader->arena, sizeof(*scheme));
	struct node until = node_get(node, "valid_until");

	(void)how;
	node_fields(node, scheme_fields, COUNT(scheme_fields), scheme);
	/* A month is a prefix of its days, so 2026-06 holds 2026-06-30. */
	if (scheme->valid_from != NULL && scheme->valid_until != NULL &&
	    strncmp(scheme->valid_until, scheme->valid_from,
		strlen(scheme->valid_until)) < 0)
		COMPLAIN(&until, "plan.scheme_order");
	*(const struct scheme **)to = scheme;
}
