/* A paper as one HTML file that stands for itself and is good to print. */
#include <string.h>

#include <yugao/arena.h>
#include <yugao/markup.h>

#include "paper.h"
#include "paper_style.h"

static const char *
class_of(enum style style)
{
	static const char *const names[] = {
		[STYLE_NONE] = NULL,
		[STYLE_BOLD] = "strong",
		[STYLE_DIM] = "dim",
		[STYLE_GOOD] = "good",
		[STYLE_WARN] = "warn",
		[STYLE_BAD] = "bad",
	};

	return names[style];
}

static void
write_cell(struct markup *m, const char *element, const struct paper_cell *cell,
    bool scope)
{
	const char *style = class_of(cell->style);
	struct buf names;

	buf_init(&names, m->out->arena);
	buf_puts(&names, cell->number ? "number" : "");
	if (style != NULL)
		buf_printf(&names, "%s%s", names.len > 0 ? " " : "", style);
	markup_open(m, element);
	if (scope)
		markup_attribute(m, "scope", "col");
	markup_attribute(m, "class", names.len > 0 ? names.data : NULL);
	markup_text(m, cell->text != NULL ? cell->text : "");
	markup_close(m);
}

static void
write_row(struct markup *m, const struct paper_row *row, bool head)
{
	size_t i;

	markup_open(m, "tr");
	markup_attribute(m, "class", row->strong ? "strong" : NULL);
	for (i = 0; i < row->n; i++)
		write_cell(m, head ? "th" : "td", &row->v[i], head);
	markup_close(m);
}

static void
write_paragraphs(struct markup *m, const struct strings *strings)
{
	size_t i;

	for (i = 0; i < strings->n; i++)
		markup_element(m, "p", strings->v[i]);
}

static void
write_table(struct markup *m, const struct paper_table *table)
{
	size_t i;

	markup_open(m, "section");
	markup_attribute(m, "class", table->new_page ? "page" : NULL);
	if (table->title != NULL)
		markup_element(m, "h2", table->title);
	if (table->n > 0 || table->head.n > 0) {
		markup_open(m, "table");
		if (table->head.n > 0) {
			markup_open(m, "thead");
			write_row(m, &table->head, true);
			markup_close(m);
		}
		markup_open(m, "tbody");
		for (i = 0; i < table->n; i++)
			write_row(m, &table->v[i], false);
		markup_close(m);
		markup_close(m);
	}
	write_paragraphs(m, &table->notes);
	markup_close(m);
}

static void
write_figures(struct markup *m, const struct paper *paper)
{
	size_t i;

	if (paper->figures.n == 0)
		return;
	markup_open(m, "div");
	markup_attribute(m, "class", "figures");
	for (i = 0; i < paper->figures.n; i++) {
		const struct paper_figure *figure = &paper->figures.v[i];

		markup_open(m, "div");
		markup_attribute(m, "class", class_of(figure->style));
		markup_element(m, "span", figure->name);
		markup_element(m, "b", figure->value);
		markup_element(
		    m, "small", figure->note != NULL ? figure->note : "");
		markup_close(m);
	}
	markup_close(m);
}

static void
write_head(
    struct markup *m, const struct report *report, const struct paper *paper)
{
	markup_open(m, "head");
	markup_open(m, "meta");
	markup_attribute(m, "charset", "utf-8");
	markup_open(m, "meta");
	markup_attribute(m, "name", "viewport");
	markup_attribute(m, "content", "width=device-width, initial-scale=1");
	markup_open(m, "meta");
	markup_attribute(m, "name", "robots");
	markup_attribute(m, "content", "noindex");
	markup_element(m, "title", paper->title);
	markup_open(m, "style");
	markup_raw(m, paper_style, strlen(paper_style));
	if (paper->landscape)
		markup_raw(m, "@page{size:A4 landscape}", 24);
	markup_close(m);
	markup_close(m);
	(void)report;
}

void
paper_html(
    struct buf *out, const struct report *report, const struct paper *paper)
{
	struct markup m = markup_begin(out, MARKUP_HTML);
	size_t i;

	markup_open(&m, "html");
	markup_attribute(&m, "lang", report->lang == LANG_ZH ? "zh-CN" : "en");
	write_head(&m, report, paper);
	markup_open(&m, "body");
	markup_open(&m, "header");
	markup_element(&m, "h1", paper->title);
	if (paper->subtitle != NULL) {
		markup_open(&m, "p");
		markup_attribute(&m, "class", "subtitle");
		markup_text(&m, paper->subtitle);
		markup_close(&m);
	}
	markup_close(&m);
	markup_open(&m, "main");
	write_figures(&m, paper);
	write_paragraphs(&m, &paper->lead);
	for (i = 0; i < paper->tables.n; i++)
		if (!paper->tables.v[i].data)
			write_table(&m, &paper->tables.v[i]);
	markup_close(&m);
	if (paper->foot.n > 0) {
		markup_open(&m, "footer");
		write_paragraphs(&m, &paper->foot);
		markup_close(&m);
	}
	markup_end(&m);
}
