#include "package.h"

#include <string.h>

#include <yugao/arena.h>
#include <yugao/error.h>

#define ENTRIES_MOST 2000
#define PART_MOST ((uint64_t)64 << 20)
#define PACKAGE_MOST ((uint64_t)192 << 20)
#define RATIO_MOST 200
#define RATIO_FROM ((uint64_t)1 << 20) /* small parts may be any ratio */
#define PIECE 65536

bool
package_open(struct package *package, struct intake *intake, struct bytes bytes)
{
	zip_source_t *source;
	zip_error_t error;
	zip_int64_t n;

	*package = (struct package){ .intake = intake };
	zip_error_init(&error);
	source = zip_source_buffer_create(bytes.data, bytes.len, 0, &error);
	if (source != NULL)
		package->zip = zip_open_from_source(source, ZIP_RDONLY, &error);
	if (source != NULL && package->zip == NULL)
		zip_source_free(source);
	zip_error_fini(&error);
	if (package->zip == NULL) {
		REFUSE(intake, "sheet.bad_zip");
		return false;
	}
	n = zip_get_num_entries(package->zip, 0);
	if (n <= ENTRIES_MOST)
		return true;
	REFUSE(intake, "sheet.bomb");
	package_close(package);
	return false;
}

void
package_close(struct package *package)
{
	if (package->zip != NULL)
		zip_discard(package->zip);
	package->zip = NULL;
}

bool
package_has(const struct package *package, const char *part)
{
	return zip_name_locate(package->zip, part, 0) >= 0;
}

/* One part on its way from the zip through the parser. */
struct pass {
	struct package *package;
	const struct part_reader *reader;
	void *context;
	XML_Parser parser;
	bool refused;
};

static const char *
local_name(const char *name)
{
	const char *colon = strrchr(name, ':');

	return colon == NULL ? name : colon + 1;
}

/* A long complaint ends the reading early. */
static void
stop_if_bad(struct pass *pass)
{
	if (pass->package->intake->bad)
		XML_StopParser(pass->parser, XML_FALSE);
}

static void
on_start(void *context, const XML_Char *name, const XML_Char **attributes)
{
	struct pass *pass = context;

	pass->reader->start(pass->context, local_name(name), attributes);
	stop_if_bad(pass);
}

static void
on_end(void *context, const XML_Char *name)
{
	struct pass *pass = context;

	if (pass->reader->end != NULL)
		pass->reader->end(pass->context, local_name(name));
	stop_if_bad(pass);
}

static void
on_text(void *context, const XML_Char *s, int len)
{
	struct pass *pass = context;

	if (pass->reader->text != NULL)
		pass->reader->text(pass->context, s, (size_t)len);
}

static void
on_doctype(void *context, const XML_Char *name, const XML_Char *system,
    const XML_Char *public, int internal)
{
	struct pass *pass = context;

	(void)name;
	(void)system;
	(void)public;
	(void)internal;
	pass->refused = true;
	XML_StopParser(pass->parser, XML_FALSE);
}

/* False if there is more of it than it may be. */
static bool
count(struct pass *pass, uint64_t *sum, uint64_t packed, zip_int64_t n)
{
	*sum += (uint64_t)n;
	pass->package->taken += (uint64_t)n;
	if (*sum <= PART_MOST && pass->package->taken <= PACKAGE_MOST &&
	    (*sum <= RATIO_FROM || *sum / RATIO_MOST <= packed))
		return true;
	REFUSE(pass->package->intake, "sheet.bomb");
	return false;
}

static void
feed(struct pass *pass, zip_file_t *file, const char *part, uint64_t packed)
{
	struct intake *intake = pass->package->intake;
	uint64_t sum = 0;
	zip_int64_t n;

	do {
		void *piece = XML_GetBuffer(pass->parser, PIECE);

		n = piece == NULL ? -1 : zip_fread(file, piece, PIECE);
		if (n < 0) {
			REFUSE(intake, "sheet.bad_zip");
			return;
		}
		if (!count(pass, &sum, packed, n))
			return;
		if (XML_ParseBuffer(pass->parser, (int)n, n == 0) ==
		    XML_STATUS_OK)
			continue;
		if (pass->refused)
			REFUSE(intake, "sheet.doctype", part);
		else
			REFUSE(intake, "sheet.bad_xml", part,
			    arena_printf(intake->arena, "%lu",
				XML_GetCurrentLineNumber(pass->parser)));
		return;
	} while (n > 0);
}

static XML_Parser
make_parser(struct pass *pass)
{
	XML_Parser parser = XML_ParserCreate(NULL);

	XML_SetUserData(parser, pass);
	XML_SetElementHandler(parser, on_start, on_end);
	XML_SetCharacterDataHandler(parser, on_text);
	XML_SetStartDoctypeDeclHandler(parser, on_doctype);
	return parser;
}

void
package_read(struct package *package, const char *part,
    const struct part_reader *reader, void *context)
{
	struct intake *intake = package->intake;
	struct pass pass = { package, reader, context, NULL, false };
	zip_file_t *file = NULL;
	zip_stat_t stat;

	if (intake->bad)
		return;
	zip_stat_init(&stat);
	if (zip_stat(package->zip, part, 0, &stat) == -1) {
		REFUSE(intake, "sheet.missing_part", part);
		return;
	}
	if (stat.encryption_method != ZIP_EM_NONE) {
		REFUSE(intake, "sheet.password");
		return;
	}
	if (stat.size > PART_MOST) {
		REFUSE(intake, "sheet.bomb");
		return;
	}
	file = zip_fopen_index(package->zip, stat.index, 0);
	if (file == NULL) {
		REFUSE(intake, "sheet.bad_zip");
		return;
	}
	pass.parser = make_parser(&pass);
	feed(&pass, file, part, stat.comp_size);
	XML_ParserFree(pass.parser);
	zip_fclose(file);
}

const char *
attribute(const char **attributes, const char *name)
{
	for (; attributes[0] != NULL; attributes += 2)
		if (strcmp(local_name(attributes[0]), name) == 0)
			return attributes[1];
	return NULL;
}

bool
attribute_is_true(const char **attributes, const char *name)
{
	const char *value = attribute(attributes, name);

	return value != NULL &&
	       (strcmp(value, "1") == 0 || strcmp(value, "true") == 0);
}
