/*
 * What a series is, taken over from the latest source.
 */
#include <string.h>

#include <yugao/arena.h>

#include "write.h"

void
write_text(struct buf *buf, const struct text *text)
{
	if (text->zh == NULL && text->en == NULL)
		return;
	if (text->en == NULL) {
		buf_json(buf, text->zh);
		return;
	}
	buf_puts(buf, "{");
	if (text->zh != NULL) {
		buf_puts(buf, "\"zh\": ");
		buf_json(buf, text->zh);
		buf_puts(buf, ", ");
	}
	buf_puts(buf, "\"en\": ");
	buf_json(buf, text->en);
	buf_puts(buf, "}");
}

void
write_strings(struct buf *buf, const char *const *v, size_t n)
{
	size_t i;

	if (n == 0)
		return;
	buf_putc(buf, '[');
	for (i = 0; i < n; i++) {
		buf_puts(buf, i > 0 ? ", " : "");
		buf_json(buf, v[i]);
	}
	buf_putc(buf, ']');
}

void
write_string(struct buf *buf, const char *string)
{
	if (string != NULL)
		buf_json(buf, string);
}

static void
write_topics(struct buf *buf, const struct draft_rule *rule)
{
	write_strings(buf, rule->series->topics, rule->series->n_topics);
}

void
write_time(struct buf *buf, const struct draft_rule *rule)
{
	char minute[DAY_SIZE];

	if (rule->rule.minute == NO_TIME)
		buf_puts(buf, "null");
	else
		buf_printf(
		    buf, "\"%s\"", minute_format(minute, rule->rule.minute));
}

static void
write_status(struct buf *buf, const struct draft_rule *rule)
{
	if (rule->series->status == STATUS_TENTATIVE)
		buf_puts(buf, "\"tentative\"");
}

static void
write_class(struct buf *buf, const struct draft_rule *rule)
{
	static const char *const names[] = {
		[SECRECY_PUBLIC] = "public",
		[SECRECY_INTERNAL] = "internal",
		[SECRECY_SECRET] = "secret",
	};

	if (rule->series->secrecy != SECRECY_MISSING)
		buf_json(buf, names[rule->series->secrecy]);
}

static void
write_definition(struct buf *buf, const struct draft_rule *rule)
{
	write_text(buf, &rule->series->definition);
}

static void
write_scope(struct buf *buf, const struct draft_rule *rule)
{
	write_text(buf, &rule->series->scope);
}

static void
write_method(struct buf *buf, const struct draft_rule *rule)
{
	write_text(buf, &rule->series->method);
}

static void
write_calculation(struct buf *buf, const struct draft_rule *rule)
{
	write_text(buf, &rule->series->calculation);
}

static void
write_sample(struct buf *buf, const struct draft_rule *rule)
{
	write_text(buf, &rule->series->sample);
}

static void
write_source(struct buf *buf, const struct draft_rule *rule)
{
	if (strcmp(rule->series->source, "survey") != 0)
		buf_json(buf, rule->series->source);
}

static void
write_url(struct buf *buf, const struct draft_rule *rule)
{
	write_string(buf, rule->series->url);
}

static void
write_channels(struct buf *buf, const struct draft_rule *rule)
{
	write_strings(buf, rule->series->channels, rule->series->n_channels);
}

void
put_string(struct buf *buf, bool *first, const char *key, const char *value)
{
	if (value == NULL)
		return;
	buf_puts(buf, *first ? "" : ", ");
	*first = false;
	buf_json(buf, key);
	buf_puts(buf, ": ");
	buf_json(buf, value);
}

void
put_text(struct buf *buf, bool *first, const char *key, const struct text *text)
{
	if (text->zh == NULL && text->en == NULL)
		return;
	buf_puts(buf, *first ? "" : ", ");
	*first = false;
	buf_json(buf, key);
	buf_puts(buf, ": ");
	write_text(buf, text);
}

static void
write_contact(struct buf *buf, const struct draft_rule *rule)
{
	const struct series *series = rule->series;
	const struct text *unit = &series->contact_unit;
	bool first = true;

	if (unit->zh == NULL && unit->en == NULL &&
	    series->contact_phone == NULL)
		return;
	buf_putc(buf, '{');
	put_text(buf, &first, "unit", unit);
	put_string(buf, &first, "phone", series->contact_phone);
	buf_putc(buf, '}');
}

/* What may stand in the defaults. */
static const struct member shared[] = {
	{ "time", write_time },
	{ "status", write_status },
	{ "class", write_class },
	{ "topics", write_topics },
	{ "channels", write_channels },
	{ "url", write_url },
	{ "contact", write_contact },
	{ "source", write_source },
	{ "scheme", write_scheme },
	{ "overlap", write_overlap },
	{ "census", write_census },
	{ "sampled", write_sampled },
	{ "disclosure_control", write_disclosure_control },
	{ "data_status", write_data_status },
	{ "joint", write_joint },
	{ "data_formed", write_formed },
	{ "watch", write_watch },
	{ "definition", write_definition },
	{ "scope", write_scope },
	{ "method", write_method },
	{ "calculation", write_calculation },
	{ "sample", write_sample },
};

static void
write_id(struct buf *buf, const struct draft_rule *rule)
{
	buf_json(buf, rule->series->id);
}

static void
write_title(struct buf *buf, const struct draft_rule *rule)
{
	write_text(buf, &rule->series->title);
}

static void
write_indicators(struct buf *buf, const struct draft_rule *rule)
{
	const struct series *series = rule->series;
	size_t i;

	for (i = 0; i < series->n_indicators; i++) {
		const struct indicator *indicator = &series->indicators[i];
		bool first = true;

		buf_puts(buf, i == 0 ? "[{" : ", {");
		put_text(buf, &first, "name", &indicator->name);
		put_string(buf, &first, "unit", indicator->unit);
		if (indicator->n_breakdowns > 0) {
			buf_puts(buf, ", \"breakdowns\": ");
			write_strings(buf, indicator->breakdowns,
			    indicator->n_breakdowns);
		}
		buf_putc(buf, '}');
	}
	if (series->n_indicators > 0)
		buf_putc(buf, ']');
}

static void
write_frequency(struct buf *buf, const struct draft_rule *rule)
{
	static const char *const names[] = {
		[FREQUENCY_IRREGULAR] = "irregular",
		[FREQUENCY_ANNUAL] = "annual",
		[FREQUENCY_HALF_YEARLY] = "half-yearly",
		[FREQUENCY_QUARTERLY] = "quarterly",
		[FREQUENCY_MONTHLY] = "monthly",
		[FREQUENCY_TEN_DAY] = "ten-day",
		[FREQUENCY_WEEKLY] = "weekly",
	};

	buf_json(buf, names[rule->series->frequency]);
}

static const struct member of_series[] = {
	{ "id", write_id },
	{ "title", write_title },
	{ "indicators", write_indicators },
	{ "frequency", write_frequency },
	{ "revision", write_revision },
	{ "method_changes", write_method_changes },
	{ "withheld", write_withheld },
};

const struct members members_of_series = { of_series, COUNT(of_series) };
const struct members members_of_all = { shared, COUNT(shared) };
