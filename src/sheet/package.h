/*
 * An xlsx is a zip of XML parts.  Their names are keys and nothing else: no
 * file is ever opened by them.
 */
#ifndef SHEET_PACKAGE_H
#define SHEET_PACKAGE_H

#include <expat.h>
#include <zip.h>

#include "sheet.h"

struct package {
	struct intake *intake;
	zip_t *zip;
	uint64_t taken; /* bytes unpacked so far */
};

/* What is told of one part; element names without their prefix. */
struct part_reader {
	void (*start)(void *context, const char *name, const char **attributes);
	void (*end)(void *context, const char *name);
	void (*text)(void *context, const char *s, size_t len);
};

/* False after a complaint if the zip cannot be used. */
bool package_open(
    struct package *package, struct intake *intake, struct bytes bytes);
void package_close(struct package *package);
bool package_has(const struct package *package, const char *part);
/*
 * Reads a part from beginning to end; one that is missing, broken, too large
 * or has a document type is complained about.
 */
void package_read(struct package *package, const char *part,
    const struct part_reader *reader, void *context);

/* The attribute of that name, prefix or not, or NULL. */
const char *attribute(const char **attributes, const char *name);
bool attribute_is_true(const char **attributes, const char *name);

/* Relations of a part: id → part, for targets inside the package. */
struct relation {
	const char *id, *type, *target;
};
struct relations {
	struct relation *v;
	size_t n, cap;
	bool external;
};
void relations_read(
    struct package *package, const char *part, struct relations *relations);

/* xl/sharedStrings.xml */
struct shared {
	const char **v;
	size_t n, cap;
};
void
shared_read(struct package *package, const char *part, struct shared *shared);

/* What a number format makes of a number. */
enum number_look { NUMBER_PLAIN, NUMBER_DAY, NUMBER_TIME };
struct styles {
	unsigned char *v; /* enum number_look of each cell format */
	size_t n, cap;
};
void
styles_read(struct package *package, const char *part, struct styles *styles);
enum number_look format_look(const char *code);

/* xl/worksheets/sheetN.xml */
struct context {
	const struct shared *shared;
	const struct styles *styles;
	bool is_1904;
};
void worksheet_read(struct package *package, const char *part,
    const struct context *context, struct sheet *sheet);
/* The text of a date or a time that a spreadsheet has as a number. */
void serial_put(struct arena *arena, double serial, enum number_look look,
    bool is_1904, struct cell *cell);

#endif
