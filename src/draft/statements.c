/* What a series says for the notice's rules, taken over. */
#include <yugao/arena.h>
#include <yugao/scheme.h>

#include "write.h"

/* A member that is written already, unless it is empty. */
static void
put_value(struct buf *buf, bool *first, const char *key, const char *value)
{
	if (*value == '\0')
		return;
	buf_puts(buf, *first ? "" : ", ");
	*first = false;
	buf_json(buf, key);
	buf_printf(buf, ": %s", value);
}

static void
put_strings(struct buf *buf, bool *first, const char *key, const char *const *v,
    size_t n)
{
	struct buf value;

	buf_init(&value, buf->arena);
	write_strings(&value, v, n);
	put_value(buf, first, key, value.data);
}

static void
put_day(struct buf *buf, bool *first, const char *key, struct day day)
{
	char text[DAY_SIZE];

	put_string(buf, first, key, day_format(text, day));
}

static void
put_deadline(struct buf *buf, bool *first, const struct scheme *scheme)
{
	if (scheme->deadline_by_notice)
		put_string(buf, first, "deadline", "by-notice");
	else if (scheme->deadline_day > 0)
		put_value(buf, first, "deadline",
		    arena_printf(buf->arena, "{\"months\": %d, \"day\": %d}",
			scheme->deadline_months, scheme->deadline_day));
}

static void
put_report_deadline(struct buf *buf, bool *first, const struct scheme *scheme)
{
	if (scheme->report_day > 0)
		put_value(buf, first, "report_deadline",
		    arena_printf(buf->arena, "{\"months\": %d, \"day\": %d}",
			scheme->report_months, scheme->report_day));
}

static void
put_sharing(struct buf *buf, bool *first, const struct sharing *sharing)
{
	struct buf value;
	bool none = true;

	buf_init(&value, buf->arena);
	put_string(&value, &none, "content", sharing->content);
	put_string(&value, &none, "mode", sharing->mode);
	put_string(&value, &none, "time_limit", sharing->time_limit);
	put_string(&value, &none, "channel", sharing->channel);
	put_string(&value, &none, "responsibility", sharing->responsibility);
	if (!none)
		put_value(buf, first, "sharing",
		    arena_printf(buf->arena, "{%s}", value.data));
}

void
write_scheme(struct buf *buf, const struct draft_rule *rule)
{
	const struct scheme *scheme = rule->series->scheme;
	bool first = true;

	if (scheme == NULL)
		return;
	buf_putc(buf, '{');
	put_text(buf, &first, "name", &scheme->name);
	put_string(buf, &first, "form_no", scheme->form_no);
	put_string(buf, &first, "maker", scheme->maker);
	put_string(buf, &first, "approval_no", scheme->approval_no);
	put_string(buf, &first, "valid_from", scheme->valid_from);
	put_string(buf, &first, "valid_until", scheme->valid_until);
	put_string(buf, &first, "publication", scheme->publication);
	put_string(buf, &first, "url", scheme->url);
	if (scheme->national)
		put_value(buf, &first, "national", "true");
	put_string(buf, &first, "authorisation", scheme->authorisation);
	if (scheme->has_renewal)
		put_day(buf, &first, "renewal_since", scheme->renewal_since);
	put_strings(buf, &first, "frequencies", scheme->frequencies,
	    scheme->n_frequencies);
	put_strings(
	    buf, &first, "channels", scheme->channels, scheme->n_channels);
	put_deadline(buf, &first, scheme);
	put_report_deadline(buf, &first, scheme);
	put_sharing(buf, &first, &scheme->sharing);
	buf_putc(buf, '}');
}

static void
write_declared(struct buf *buf, enum declared declared)
{
	if (declared != DECLARED_NOT)
		buf_puts(buf, declared == DECLARED_YES ? "true" : "false");
}

void
write_overlap(struct buf *buf, const struct draft_rule *rule)
{
	write_declared(buf, rule->series->overlap);
}

void
write_census(struct buf *buf, const struct draft_rule *rule)
{
	write_declared(buf, rule->series->census);
}

void
write_sampled(struct buf *buf, const struct draft_rule *rule)
{
	write_declared(buf, rule->series->sampled);
}

void
write_disclosure_control(struct buf *buf, const struct draft_rule *rule)
{
	write_declared(buf, rule->series->disclosure_control);
}

void
write_data_status(struct buf *buf, const struct draft_rule *rule)
{
	write_string(buf, rule->series->data_status);
}

void
write_joint(struct buf *buf, const struct draft_rule *rule)
{
	const struct joint *joint = rule->series->joint;
	bool first = true;

	if (joint == NULL)
		return;
	buf_putc(buf, '{');
	put_string(buf, &first, "lead", joint->lead);
	put_strings(buf, &first, "members", joint->members, joint->n_members);
	buf_putc(buf, '}');
}

void
write_watch(struct buf *buf, const struct draft_rule *rule)
{
	const struct watch *watch = rule->series->watch;
	bool first = true;

	if (watch == NULL)
		return;
	buf_putc(buf, '{');
	put_string(buf, &first, "url", watch->url);
	put_string(buf, &first, "page", watch->page);
	put_string(buf, &first, "title", watch->title);
	put_value(
	    buf, &first, "every", arena_printf(buf->arena, "%d", watch->every));
	buf_putc(buf, '}');
}

void
write_formed(struct buf *buf, const struct draft_rule *rule)
{
	const struct formed *formed = rule->series->formed;

	if (formed != NULL)
		buf_printf(buf, "{\"%s\": %d}",
		    formed->working ? "workdays" : "days", formed->n);
}

void
write_revision(struct buf *buf, const struct draft_rule *rule)
{
	const struct revision *revision = rule->series->revision;
	bool first = true;

	if (revision == NULL)
		return;
	buf_putc(buf, '{');
	put_string(buf, &first, "revises", revision->revises);
	put_text(buf, &first, "basis", &revision->basis);
	put_text(buf, &first, "explanation", &revision->explanation);
	buf_putc(buf, '}');
}

void
write_method_changes(struct buf *buf, const struct draft_rule *rule)
{
	const struct series *series = rule->series;
	size_t i;

	for (i = 0; i < series->n_method_changes; i++) {
		const struct method_change *change = &series->method_changes[i];
		bool first = true;

		buf_puts(buf, i == 0 ? "[{" : ", {");
		put_string(buf, &first, "from", change->from);
		put_day(buf, &first, "declared", change->declared);
		put_text(buf, &first, "note", &change->note);
		buf_putc(buf, '}');
	}
	if (series->n_method_changes > 0)
		buf_putc(buf, ']');
}

void
write_withheld(struct buf *buf, const struct draft_rule *rule)
{
	const struct series *series = rule->series;
	bool first = true;

	if (series->withheld_ground == NULL)
		return;
	buf_putc(buf, '{');
	put_string(buf, &first, "ground", series->withheld_ground);
	if (series->has_withheld_review)
		put_day(buf, &first, "review_due", series->withheld_review);
	buf_putc(buf, '}');
}
