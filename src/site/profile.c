/* What is said of a series or a department beside its releases. */
#include <yugao/arena.h>
#include <yugao/message.h>

#include "site.h"

void
fact(struct pen *pen, const char *id, const char *value)
{
	if (value == NULL || *value == '\0')
		return;
	pen_open(pen, "div", NULL);
	pen_words(pen, "dt", NULL, id);
	pen_put(pen, "dd", NULL, value);
	pen_close(pen);
}

static void
explanation(struct pen *pen, const char *id, const struct text *text)
{
	const char *said = text_in(text, pen->page->lang);

	pen_open(pen, "div", NULL);
	pen_words(pen, "dt", NULL, id);
	if (*said == '\0')
		pen_words(pen, "dd", "missing", "site.not_said");
	else
		pen_put(pen, "dd", NULL, said);
	pen_close(pen);
}

static void
scheme_facts(struct pen *pen, const struct profile *profile)
{
	fact(pen, "site.scheme",
	    text_in(&profile->scheme_name, pen->page->lang));
	fact(pen, "site.form", profile->form_no);
	fact(pen, "site.maker", profile->maker);
	fact(pen, "site.approval", profile->approval_no);
	fact(pen, "site.valid_until", profile->valid_until);
	if (profile->scheme_url == NULL)
		return;
	pen_open(pen, "div", NULL);
	pen_words(pen, "dt", NULL, "site.scheme_url");
	pen_open(pen, "dd", NULL);
	pen_link_out(pen, profile->scheme_url, profile->scheme_url);
	pen_close(pen);
	pen_close(pen);
}

void
profile_fields(struct pen *pen, const struct profile *profile)
{
	static const struct profile nothing;

	if (profile == NULL)
		profile = &nothing;
	pen_open(pen, "section", "explained");
	pen_words(pen, "h2", NULL, "site.explained");
	pen_open(pen, "dl", "facts");
	explanation(pen, "site.definition", &profile->definition);
	explanation(pen, "site.scope", &profile->scope);
	explanation(pen, "site.method", &profile->method);
	explanation(pen, "site.calculation", &profile->calculation);
	explanation(pen, "site.sample", &profile->sample);
	scheme_facts(pen, profile);
	pen_close(pen);
	pen_close(pen);
}

static void
write_phone(struct pen *pen, const char *phone)
{
	struct buf digits;
	const char *at;

	if (phone == NULL || *phone == '\0')
		return;
	buf_init(&digits, pen->arena);
	buf_puts(&digits, "tel:");
	for (at = phone; *at != '\0'; at++)
		if ((*at >= '0' && *at <= '9') || *at == '+')
			buf_putc(&digits, *at);
	pen_open(pen, "div", NULL);
	pen_words(pen, "dt", NULL, "site.phone");
	pen_open(pen, "dd", NULL);
	pen_link_out(pen, digits.data, phone);
	pen_close(pen);
	pen_close(pen);
}

/* The series' own, and where it has none the department's. */
void
profile_contact(struct pen *pen, const struct profile *series,
    const struct profile *department)
{
	const struct profile *of =
	    series != NULL && (series->contact_unit.zh != NULL ||
				  series->contact_phone != NULL)
		? series
		: department;

	if (of == NULL ||
	    (of->contact_unit.zh == NULL && of->contact_phone == NULL &&
		of->contact_person == NULL && of->url == NULL))
		return;
	pen_open(pen, "section", "contact");
	pen_words(pen, "h2", NULL, "site.contact");
	pen_open(pen, "dl", "facts");
	fact(pen, "site.unit", text_in(&of->contact_unit, pen->page->lang));
	fact(pen, "site.person", of->contact_person);
	write_phone(pen, of->contact_phone);
	if (of->url != NULL) {
		pen_open(pen, "div", NULL);
		pen_words(pen, "dt", NULL, "site.website");
		pen_open(pen, "dd", NULL);
		pen_link_out(pen, of->url, of->url);
		pen_close(pen);
		pen_close(pen);
	}
	pen_close(pen);
	pen_close(pen);
}
