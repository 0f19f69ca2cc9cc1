#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <zip.h>

#include <yugao/arena.h>
#include <yugao/error.h>
#include <yugao/sheet.h>

#include "world.h"

struct world {
	struct arena *arena;
	struct diags diags;
	struct workbook *workbook;
	const char *directory, *path;
};

static int
world_make(void **state)
{
	struct arena *arena = arena_new();
	struct world *world = arena_alloc(arena, sizeof(*world));

	world->arena = arena;
	world->directory = folder_make(arena);
	world->path = file_join(arena, world->directory, "nbs-2026.xlsx");
	*state = world;
	return 0;
}

static int
world_end(void **state)
{
	struct world *world = *state;

	return folder_end(world->arena, world->directory);
}

static void
take(struct world *world, const char *data, size_t len)
{
	struct bytes bytes = { arena_strndup(world->arena, "", 0), len };

	bytes.data =
	    len == 0 ? bytes.data : arena_copy(world->arena, data, len + 1);
	world->diags = (struct diags){ 0 };
	workbook_read(
	    world->arena, "f.xlsx", bytes, &world->diags, &world->workbook);
}

static void
take_text(struct world *world, const char *text)
{
	take(world, text, strlen(text));
}

static const char *
text_at(struct world *world, size_t row, size_t column)
{
	assert_non_null(world->workbook);
	return sheet_cell(&world->workbook->v[0], row, column)->text;
}

static int
kind_at(struct world *world, size_t row, size_t column)
{
	return sheet_cell(&world->workbook->v[0], row, column)->kind;
}

static void
assert_told(struct world *world, const char *id)
{
	assert_null(world->workbook);
	assert_int_equal(world->diags.n, 1);
	assert_string_equal(world->diags.v[0].message.id, id);
}

#define XML "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
static const char root_rels[] =
    XML "<Relationships><Relationship Id=\"a\" Type=\"x/officeDocument\" "
	"Target=\"xl/workbook.xml\"/></Relationships>";
static const char book_rels[] =
    XML "<Relationships><Relationship Id=\"r1\" Type=\"x/worksheet\" "
	"Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" "
	"Type=\"x/sharedStrings\" Target=\"/xl/strings.xml\"/><Relationship "
	"Id=\"r3\" Type=\"x/styles\" Target=\"styles.xml\"/><Relationship "
	"Id=\"r4\" Type=\"x/vbaProject\" Target=\"vba.bin\"/><Relationship "
	"Id=\"r5\" Type=\"x/hyperlink\" Target=\"http://example.org/\" "
	"TargetMode=\"External\"/></Relationships>";
static const char workbook_xml[] =
    XML "<workbook><sheets><sheet name=\"2026\" r:id=\"r1\"/></sheets>"
	"</workbook>";
static const char strings_xml[] =
    XML "<sst><si><t>plain</t></si><si><r><t>rich </t></r><r><t>text</t></r>"
	"<rPh><t>reading</t></rPh></si><si><t>a_x000A_b_x12</t></si></sst>";
static const char styles_xml[] =
    XML "<styleSheet><numFmts><numFmt numFmtId=\"164\" "
	"formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;\"/><numFmt "
	"numFmtId=\"165\" formatCode=\"&quot;day&quot;0\"/></numFmts>"
	"<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"
	"<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf "
	"numFmtId=\"20\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/><xf "
	"numFmtId=\"58\"/></cellXfs></styleSheet>";

/* A workbook whose only sheet has these rows; NULL parts are left out. */
static void
take_xlsx(struct world *world, const char *workbook, const char *sheet,
    const char *strings)
{
	const struct {
		const char *name, *data;
	} parts[] = {
		{ "_rels/.rels", root_rels },
		{ "xl/_rels/workbook.xml.rels", book_rels },
		{ "xl/workbook.xml", workbook },
		{ "xl/worksheets/sheet1.xml", sheet },
		{ "xl/strings.xml", strings },
		{ "xl/styles.xml", styles_xml },
	};
	struct bytes bytes;
	zip_t *zip;
	size_t i;

	unlink(world->path);
	zip = zip_open(world->path, ZIP_CREATE, NULL);
	assert_non_null(zip);
	for (i = 0; i < COUNT(parts); i++) {
		zip_source_t *source;

		if (parts[i].data == NULL)
			continue;
		source = zip_source_buffer(
		    zip, parts[i].data, strlen(parts[i].data), 0);
		assert_true(zip_file_add(zip, parts[i].name, source, 0) >= 0);
	}
	assert_int_equal(zip_close(zip), 0);
	assert_null(
	    file_read(world->arena, world->path, SHEET_FILE_MOST, &bytes));
	take(world, bytes.data, bytes.len);
}

#define SHEET(rows) XML "<worksheet><sheetData>" rows "</sheetData></worksheet>"

static void
take_rows(struct world *world, const char *sheet)
{
	take_xlsx(world, workbook_xml, sheet, strings_xml);
}

static void
csv_of_windows_has_rows_and_quoted_line_breaks(void **state)
{
	struct world *world = *state;

	take_text(
	    world, "\xEF\xBB\xBF序号,内容\r\n\r\n1,\"a \"\"b\"\"\r\nc\"\r\n");
	assert_string_equal(text_at(world, 0, 0), "序号");
	assert_string_equal(text_at(world, 1, 0), "");
	assert_string_equal(text_at(world, 2, 1), "a \"b\"\nc");
	assert_int_equal(kind_at(world, 2, 0), CELL_TEXT);
	assert_int_equal(kind_at(world, 9, 9), CELL_EMPTY);
}

static void
csv_may_be_gb18030_or_utf16_and_part_its_cells_otherwise(void **state)
{
	struct world *world = *state;

	/* 序号;内容;发布 in GB18030 */
	take_text(
	    world, "\xD0\xF2\xBA\xC5;\xC4\xDA\xC8\xDD;\xB7\xA2\xB2\xBC\n");
	assert_string_equal(text_at(world, 0, 2), "发布");
	take(world, "\xFF\xFE\x8F\x5E\xF7\x53\t\0\x31\0", 10);
	assert_string_equal(text_at(world, 0, 0), "序号");
	assert_string_equal(text_at(world, 0, 1), "1");
	take_text(world, "a\tb,c\td\n");
	assert_string_equal(text_at(world, 0, 1), "b,c");
}

static void
csv_that_is_none_is_refused(void **state)
{
	struct world *world = *state;

	take_text(world, "a,\xFF\xFF\xFF\n");
	assert_told(world, "sheet.encoding");
	take(world, "a\0b", 3);
	assert_told(world, "sheet.encoding");
	take_text(world, "a,\"b\n");
	assert_told(world, "sheet.bad_csv");
}

static void
too_many_columns_are_refused_at_their_cell(void **state)
{
	struct world *world = *state;
	char *text = arena_alloc(world->arena, SHEET_COLUMNS_MOST + 3);

	memset(text, ',', SHEET_COLUMNS_MOST);
	text[SHEET_COLUMNS_MOST] = 'x';
	take_text(world, text);
	assert_told(world, "sheet.too_wide");
}

static void
cells_have_the_text_that_a_person_sees(void **state)
{
	struct world *world = *state;

	take_rows(world,
	    SHEET(
		"<row r=\"1\"><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c>"
		"<c t=\"inlineStr\"><is><r><t>in</t></r><t>line</t></is></c>"
		"<c t=\"s\"><v>2</v></c><c><v>12.0</v></c><c t=\"b\"><v>1"
		"</v></c><c t=\"e\"><v>#REF!</v></c></row>"
		"<row r=\"3\"><c r=\"B3\" t=\"str\"><f>A1</f><v>cached</v></c>"
		"<c><f>1+1</f></c></row>"));
	assert_string_equal(text_at(world, 0, 0), "plain");
	assert_string_equal(text_at(world, 0, 1), "rich text");
	assert_string_equal(text_at(world, 0, 2), "inline");
	assert_string_equal(text_at(world, 0, 3), "a\nb_x12");
	assert_string_equal(text_at(world, 0, 4), "12");
	assert_int_equal(kind_at(world, 0, 5), CELL_BOOL);
	assert_int_equal(kind_at(world, 0, 6), CELL_ERROR);
	assert_string_equal(text_at(world, 2, 1), "cached");
	assert_int_equal(kind_at(world, 2, 2), CELL_EMPTY);
	assert_true(sheet_cell(&world->workbook->v[0], 2, 2)->formula);
	assert_true(world->workbook->macros);
	assert_true(world->workbook->links);
}

static void
dates_are_numbers_with_a_format(void **state)
{
	struct world *world = *state;

	take_rows(world,
	    SHEET("<row><c s=\"1\"><v>46031</v></c><c s=\"2\"><v>0.395833333"
		  "</v></c><c s=\"1\"><v>46031.3958333333</v></c><c s=\"3\"><v>"
		  "46082</v></c><c s=\"4\"><v>46031</v></c><c s=\"5\"><v>46031"
		  "</v></c><c t=\"d\"><v>2026-01-09T00:00:00</v></c></row>"
		  "<row><c s=\"1\"><v>59</v></c><c s=\"1\"><v>60</v></c><c "
		  "s=\"1\"><v>61</v></c><c s=\"1\"><v>-1</v></c></row>"));
	assert_string_equal(text_at(world, 0, 0), "2026-01-09");
	assert_int_equal(kind_at(world, 0, 0), CELL_DAY);
	assert_string_equal(text_at(world, 0, 1), "09:30");
	assert_int_equal(kind_at(world, 0, 1), CELL_TIME);
	assert_string_equal(text_at(world, 0, 2), "2026-01-09T09:30");
	assert_string_equal(text_at(world, 0, 3), "2026-03-01");
	assert_string_equal(text_at(world, 0, 4), "46031");
	assert_string_equal(text_at(world, 0, 5), "2026-01-09");
	assert_string_equal(text_at(world, 0, 6), "2026-01-09");
	assert_string_equal(text_at(world, 1, 0), "1900-02-28");
	assert_int_equal(kind_at(world, 1, 1), CELL_ERROR);
	assert_string_equal(text_at(world, 1, 2), "1900-03-01");
	assert_int_equal(kind_at(world, 1, 3), CELL_NUMBER);
}

static void
a_workbook_of_1904_counts_from_there(void **state)
{
	struct world *world = *state;

	take_xlsx(world,
	    XML "<workbook><workbookPr date1904=\"1\"/><sheets><sheet "
		"name=\"x\" r:id=\"r1\"/></sheets></workbook>",
	    SHEET("<row><c s=\"1\"><v>44569</v></c></row>"), strings_xml);
	assert_string_equal(text_at(world, 0, 0), "2026-01-09");
}

static void
a_merged_range_has_its_value_in_every_cell(void **state)
{
	struct world *world = *state;

	take_rows(world,
	    XML "<worksheet><sheetData><row><c t=\"s\"><v>0</v></c><c><v>1"
		"</v></c></row><row><c r=\"B2\"><v>2</v></c></row></sheetData>"
		"<mergeCells><mergeCell ref=\"A1:A1048576\"/></mergeCells>"
		"</worksheet>");
	assert_string_equal(text_at(world, 1, 0), "plain");
	assert_true(sheet_cell(&world->workbook->v[0], 1, 0)->merged);
	assert_false(sheet_cell(&world->workbook->v[0], 0, 0)->merged);
	assert_int_equal(world->workbook->v[0].n, 2);
}

static void
entities_and_document_types_are_refused(void **state)
{
	struct world *world = *state;

	take_rows(world,
	    "<!DOCTYPE a [<!ENTITY x SYSTEM \"/etc/passwd\">]>" SHEET(""));
	assert_told(world, "sheet.doctype");
	take_rows(world,
	    "<!DOCTYPE a [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><a>&b;"
	    "</a>");
	assert_told(world, "sheet.doctype");
	take_rows(world, SHEET("<row>&unknown;</row>"));
	assert_told(world, "sheet.bad_xml");
}

static void
what_unpacks_to_far_more_is_refused(void **state)
{
	struct world *world = *state;
	size_t len = (size_t)8 << 20;
	char *spaces = arena_alloc(world->arena, len + 1);

	memset(spaces, ' ', len);
	memcpy(spaces, "<worksheet>", 11);
	take_rows(world, spaces);
	assert_told(world, "sheet.bomb");
}

static void
broken_files_are_refused_in_words(void **state)
{
	struct world *world = *state;

	take_text(world, "PK\3\4 and nothing");
	assert_told(world, "sheet.bad_zip");
	take(world, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1.", 9);
	assert_told(world, "sheet.old_format");
	take_rows(world, SHEET("<row><c t=\"s\"><v>9</v></c></row>"));
	assert_told(world, "sheet.bad_string");
	take_rows(world, SHEET("<row><c r=\"A0\"><v>9</v></c></row>"));
	assert_told(world, "sheet.bad_address");
	take_rows(world, SHEET("<row><c r=\"XFD1\"><v>9</v></c></row>"));
	assert_told(world, "sheet.too_wide");
	take_rows(world, SHEET("<row r=\"1000000\"><c><v>9</v></c></row>"));
	assert_told(world, "sheet.too_wide");
	take_rows(world, XML "<worksheet><sheetData>");
	assert_told(world, "sheet.bad_xml");
	take_xlsx(world, NULL, SHEET(""), NULL);
	assert_told(world, "sheet.not_xlsx");
	take_rows(world, NULL);
	assert_told(world, "sheet.missing_part");
}

static void
what_we_write_is_read_alike(void **state)
{
	static const char *const words[] = { "公开", "内部" };
	struct world *world = *state;
	const struct cell day = { "2026-01-09", CELL_DAY, false, false };
	const struct cell time = { "09:30", CELL_TIME, false, false };
	const struct cell moment = { "2026-01-09T09:30", CELL_MOMENT, false,
		false };
	struct book *book =
	    book_open(world->arena, world->path, (struct instant){ 0 });
	struct page *page = book_page(book, "a/b:[2026]");
	struct bytes bytes;

	page_text(page, 0, 0, "=1+1", LOOK_HEADER);
	page_cell(page, 1, 0, &day, LOOK_PLAIN);
	page_cell(page, 1, 1, &time, LOOK_ERROR);
	page_cell(page, 1, 2, &moment, LOOK_WARNING);
	page_comment(page, 0, 0, "说明");
	page_choices(page, 1, 9, 3, words, 2);
	page_width(page, 0, 20);
	page_freeze(page, 1, 1);
	assert_null(book_close(book));
	assert_null(
	    file_read(world->arena, world->path, SHEET_FILE_MOST, &bytes));
	take(world, bytes.data, bytes.len);
	assert_string_equal(text_at(world, 0, 0), "=1+1");
	assert_string_equal(text_at(world, 1, 0), "2026-01-09");
	assert_string_equal(text_at(world, 1, 1), "09:30");
	assert_string_equal(text_at(world, 1, 2), "2026-01-09T09:30");
	assert_string_equal(world->workbook->v[0].name, "ab2026");
}

static void
a_sheet_that_cannot_be_written_is_an_error(void **state)
{
	struct world *world = *state;
	struct book *book = book_open(
	    world->arena, "/nonexistent/x.xlsx", (struct instant){ 0 });

	page_text(book_page(book, "x"), 0, 0, "x", LOOK_PLAIN);
	assert_non_null(book_close(book));
}

static void
addresses_are_letters_and_numbers(void **state)
{
	struct world *world = *state;

	assert_string_equal(
	    sheet_address(world->arena, "2026", 6, 1), "2026!B7");
	assert_string_equal(sheet_address(world->arena, "", 0, 26), "AA1");
	assert_string_equal(sheet_address(world->arena, NULL, 9, 701), "ZZ10");
	assert_true(sheet_is_table("a.csv"));
	assert_false(sheet_is_table(".csv.json"));
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, world_make, world_end)
	const struct CMUnitTest tests[] = {
		TEST(csv_of_windows_has_rows_and_quoted_line_breaks),
		TEST(csv_may_be_gb18030_or_utf16_and_part_its_cells_otherwise),
		TEST(csv_that_is_none_is_refused),
		TEST(too_many_columns_are_refused_at_their_cell),
		TEST(cells_have_the_text_that_a_person_sees),
		TEST(dates_are_numbers_with_a_format),
		TEST(a_workbook_of_1904_counts_from_there),
		TEST(a_merged_range_has_its_value_in_every_cell),
		TEST(entities_and_document_types_are_refused),
		TEST(what_unpacks_to_far_more_is_refused),
		TEST(broken_files_are_refused_in_words),
		TEST(what_we_write_is_read_alike),
		TEST(a_sheet_that_cannot_be_written_is_an_error),
		TEST(addresses_are_letters_and_numbers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
