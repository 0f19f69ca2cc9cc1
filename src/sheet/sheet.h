/* Between the readers of one file and the sheets that they fill. */
#ifndef SHEET_SHEET_H
#define SHEET_SHEET_H

#include <yugao/sheet.h>

/* One file being read. */
struct intake {
	struct arena *arena;
	struct diags *diags;
	struct workbook *workbook;
	size_t cells;
	bool bad; /* a mistake was told: nothing of the file is used */
};

/* Tells what is wrong with the whole file. */
#define REFUSE(intake, ...) \
	intake_refuse((intake), MESSAGE((intake)->arena, __VA_ARGS__))
void intake_refuse(struct intake *intake, struct message message);
struct sheet *intake_sheet(struct intake *intake, const char *name);
/*
 * The cell to be filled, made if need be; NULL after a complaint if there are
 * too many.  It may move when the next one is made.
 */
struct cell *intake_cell(
    struct intake *intake, struct sheet *sheet, size_t row, size_t column);

void csv_take(struct intake *intake, struct bytes bytes);
void xlsx_take(struct intake *intake, struct bytes bytes);

/* UTF-8 whatever it was before; false after a complaint. */
bool encoding_take(struct intake *intake, struct bytes *bytes);

#endif
