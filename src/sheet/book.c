/* Workbooks that we write, with libxlsxwriter. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <xlsxwriter.h>

#include <yugao/arena.h>
#include <yugao/buf.h>
#include <yugao/error.h>
#include <yugao/sheet.h>

#define LOOKS (LOOK_WARNING + 1)
enum shape { SHAPE_TEXT, SHAPE_DAY, SHAPE_TIME, SHAPE_MOMENT, SHAPES };

struct book {
	struct arena *arena;
	const char *path, *draft;
	lxw_workbook *workbook;
	lxw_format *formats[LOOKS][SHAPES];
	lxw_error error; /* the first */
};

struct page {
	struct book *book;
	lxw_worksheet *worksheet;
};

static const struct {
	bool bold, italic;
	int size;        /* points; 0 = the usual */
	lxw_color_t ink; /* 0 = black */
	lxw_color_t paper;
} looks[LOOKS] = {
	[LOOK_PLAIN] = { false, false, 0, 0, 0 },
	[LOOK_TITLE] = { true, false, 14, 0, 0 },
	[LOOK_LINE] = { false, false, 10, 0x404040, 0 },
	[LOOK_CELL] = { false, false, 0, 0, 0xFFFFFF },
	[LOOK_HEADER] = { true, false, 0, 0, 0xE8EEF4 },
	[LOOK_MUST] = { true, false, 0, 0, 0xFCE8C8 },
	[LOOK_EXAMPLE] = { false, true, 0, 0x606060, 0 },
	[LOOK_ERROR] = { false, false, 0, 0x9C0006, 0xFFC7CE },
	[LOOK_WARNING] = { false, false, 0, 0x7F6000, 0xFFF2CC },
};

static lxw_format *
format_of(struct book *book, enum look look, enum shape shape)
{
	static const char *const codes[SHAPES] = { "@", "yyyy\\-mm\\-dd",
		"hh:mm", "yyyy\\-mm\\-dd hh:mm" };
	lxw_format *format = book->formats[look][shape];

	if (format != NULL)
		return format;
	format = workbook_add_format(book->workbook);
	book->formats[look][shape] = format;
	format_set_num_format(format, codes[shape]);
	format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
	if (looks[look].bold)
		format_set_bold(format);
	if (looks[look].italic)
		format_set_italic(format);
	if (looks[look].size > 0)
		format_set_font_size(format, looks[look].size);
	else
		format_set_text_wrap(format);
	if (looks[look].ink != 0)
		format_set_font_color(format, looks[look].ink);
	if (looks[look].paper != 0) {
		format_set_bg_color(format, looks[look].paper);
		format_set_border(format, LXW_BORDER_THIN);
		format_set_border_color(format, 0xC0C0C0);
	}
	return format;
}

struct book *
book_open(struct arena *arena, const char *path, struct instant made)
{
	struct book *book = arena_alloc(arena, sizeof(*book));
	lxw_doc_properties properties = { .created = (time_t)made.s };

	book->arena = arena;
	book->path = arena_strdup(arena, path);
	book->draft = arena_printf(arena, "%s.new", path);
	book->workbook = workbook_new(book->draft);
	/* 0 would be the machine's clock. */
	if (properties.created == 0)
		properties.created = 1;
	if (book->workbook != NULL)
		workbook_set_properties(book->workbook, &properties);
	return book;
}

static bool
is_forbidden(char c)
{
	return strchr("[]:*?/\\'", c) != NULL;
}

struct page *
book_page(struct book *book, const char *name)
{
	struct page *page = arena_alloc(book->arena, sizeof(*page));
	char *clean = arena_strdup(book->arena, name);
	size_t i, n = 0;

	for (i = 0; name[i] != '\0'; i++)
		if (!is_forbidden(name[i]))
			clean[n++] = name[i];
	clean[n] = '\0';
	page->book = book;
	if (book->workbook != NULL)
		page->worksheet = workbook_add_worksheet(
		    book->workbook, n == 0 ? NULL : clean);
	return page;
}

static void
keep(struct page *page, lxw_error error)
{
	if (page->book->error == LXW_NO_ERROR)
		page->book->error = error;
}

static bool
can_write(struct page *page)
{
	if (page->worksheet == NULL)
		keep(page, LXW_ERROR_PARAMETER_VALIDATION);
	return page->worksheet != NULL;
}

void
page_text(struct page *page, size_t row, size_t column, const char *text,
    enum look look)
{
	lxw_format *format;

	if (!can_write(page))
		return;
	format = format_of(page->book, look, SHAPE_TEXT);
	if (*text == '\0')
		keep(page, worksheet_write_blank(page->worksheet,
			       (lxw_row_t)row, (lxw_col_t)column, format));
	else
		keep(
		    page, worksheet_write_string(page->worksheet,
			      (lxw_row_t)row, (lxw_col_t)column, text, format));
}

/* 1900's system, in which every day of ours is 25569 days older. */
static double
serial_of(const char *text)
{
	struct day day = { -25569 };
	int minute = 0;
	char date[11] = "";

	if (strlen(text) >= 10) {
		memcpy(date, text, 10);
		day_parse(date, &day);
		text += text[10] == 'T' ? 11 : 10;
	}
	if (*text != '\0')
		minute_parse(text, &minute);
	return day.n + 25569 + minute / 1440.0;
}

void
page_cell(struct page *page, size_t row, size_t column, const struct cell *cell,
    enum look look)
{
	static const enum shape shapes[] = { [CELL_DAY] = SHAPE_DAY,
		[CELL_TIME] = SHAPE_TIME,
		[CELL_MOMENT] = SHAPE_MOMENT,
		[CELL_NUMBER] = SHAPE_TEXT };
	double number;

	if (cell->kind != CELL_DAY && cell->kind != CELL_TIME &&
	    cell->kind != CELL_MOMENT && cell->kind != CELL_NUMBER) {
		page_text(page, row, column, cell->text, look);
		return;
	}
	if (!can_write(page))
		return;
	number = cell->kind == CELL_NUMBER ? strtod(cell->text, NULL)
					   : serial_of(cell->text);
	keep(page, worksheet_write_number(page->worksheet, (lxw_row_t)row,
		       (lxw_col_t)column, number,
		       format_of(page->book, look, shapes[cell->kind])));
}

void
page_comment(struct page *page, size_t row, size_t column, const char *text)
{
	lxw_comment_options options = { .width = 320, .height = 140 };

	if (can_write(page))
		keep(page,
		    worksheet_write_comment_opt(page->worksheet, (lxw_row_t)row,
			(lxw_col_t)column, text, &options));
}

void
page_choices(struct page *page, size_t row, size_t last, size_t column,
    const char *const *words, size_t n)
{
	lxw_data_validation validation = {
		.validate = LXW_VALIDATION_TYPE_LIST,
		.ignore_blank = LXW_VALIDATION_ON,
		.dropdown = LXW_VALIDATION_ON,
		.show_error = LXW_VALIDATION_ON,
		.error_type = LXW_VALIDATION_ERROR_TYPE_STOP,
	};
	char **list = arena_alloc(page->book->arena, (n + 1) * sizeof(*list));
	size_t i;

	for (i = 0; i < n; i++)
		list[i] = arena_strdup(page->book->arena, words[i]);
	validation.value_list = list;
	if (can_write(page))
		keep(
		    page, worksheet_data_validation_range(page->worksheet,
			      (lxw_row_t)row, (lxw_col_t)column,
			      (lxw_row_t)last, (lxw_col_t)column, &validation));
}

void
page_width(struct page *page, size_t column, double characters)
{
	if (can_write(page))
		keep(page,
		    worksheet_set_column(page->worksheet, (lxw_col_t)column,
			(lxw_col_t)column, characters, NULL));
}

void
page_freeze(struct page *page, size_t row, size_t column)
{
	if (can_write(page))
		worksheet_freeze_panes(
		    page->worksheet, (lxw_row_t)row, (lxw_col_t)column);
}

#define PAPER_A4 9

void
page_print(struct page *page, size_t header)
{
	if (!can_write(page))
		return;
	worksheet_set_landscape(page->worksheet);
	worksheet_set_paper(page->worksheet, PAPER_A4);
	worksheet_fit_to_pages(page->worksheet, 1, 0);
	worksheet_set_margins(page->worksheet, 0.4, 0.4, 0.5, 0.5);
	keep(
	    page, worksheet_repeat_rows(page->worksheet, 0, (lxw_row_t)header));
}

const struct error *
book_close(struct book *book)
{
	struct arena *arena = book->arena;
	struct bytes bytes;
	const struct error *error;
	lxw_error closed;

	/* The library tells stderr what it cannot write: so try before. */
	error = file_replace(arena, book->draft, "", 0);
	if (error != NULL || book->workbook == NULL) {
		lxw_workbook_free(book->workbook);
		return error != NULL ? error
				     : ERROR_NEW(arena, ERROR_FAILED, NULL,
					   "sheet.write", book->path, "");
	}
	closed = workbook_close(book->workbook);
	if (book->error == LXW_NO_ERROR)
		book->error = closed;
	if (book->error != LXW_NO_ERROR)
		error = ERROR_NEW(arena, ERROR_FAILED, NULL, "sheet.write",
		    book->path, lxw_strerror(book->error));
	if (error == NULL)
		error =
		    file_read(arena, book->draft, SHEET_FILE_MOST * 4, &bytes);
	if (error == NULL)
		error = file_replace(arena, book->path, bytes.data, bytes.len);
	(void)file_remove_tree(arena, book->draft);
	return error;
}
