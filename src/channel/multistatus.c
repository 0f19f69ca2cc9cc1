#include "multistatus.h"

#include <stdlib.h>
#include <string.h>

#include <expat.h>

#include <yugao/arena.h>
#include <yugao/buf.h>

#define DAV "DAV: "
#define TEXT_MOST 2048
#define DEPTH_MOST 64

struct reading {
	XML_Parser parser;
	struct arena *arena;
	struct multistatus *out;
	struct resource resource;
	struct buf text; /* of the element that has begun last */
	int depth;
	int in_response, in_error; /* the depth of that element; 0: none */
};

/* The name within its namespace. */
static const char *
local_name(const char *name)
{
	const char *space = strrchr(name, ' ');

	return space == NULL ? name : space + 1;
}

static void
on_start(void *context, const char *name, const char **attributes)
{
	struct reading *reading = context;

	(void)attributes;
	reading->depth++;
	buf_clear(&reading->text);
	if (reading->depth > DEPTH_MOST) {
		XML_StopParser(reading->parser, XML_FALSE);
	} else if (reading->in_error != 0) {
		if (reading->out->error == NULL)
			reading->out->error =
			    arena_strdup(reading->arena, local_name(name));
	} else if (strcmp(name, DAV "error") == 0) {
		reading->in_error = reading->depth;
	} else if (strcmp(name, DAV "response") == 0 &&
		   reading->in_response == 0) {
		reading->in_response = reading->depth;
		reading->resource = (struct resource){ NULL, NULL, 0 };
	}
}

/* "HTTP/1.1 412 Precondition Failed" */
static int
read_status(const char *text)
{
	const char *space = strchr(text, ' ');
	int status = 0;
	size_t i;

	if (strncmp(text, "HTTP/", 5) != 0 || space == NULL)
		return 0;
	for (i = 1; i <= 3; i++) {
		if (space[i] < '0' || space[i] > '9')
			return 0;
		status = status * 10 + (space[i] - '0');
	}
	return status;
}

static void
take(struct reading *reading, const char *name)
{
	struct resource *resource = &reading->resource;
	const char *text = arena_strndup(
	    reading->arena, reading->text.data, reading->text.len);
	bool own = reading->depth == reading->in_response + 1;

	if (strcmp(name, DAV "href") == 0 && own && resource->href == NULL)
		resource->href = text;
	else if (strcmp(name, DAV "status") == 0 &&
		 (own || resource->status == 0))
		resource->status = read_status(text);
	else if (strcmp(name, DAV "getetag") == 0 && text[0] != '\0')
		resource->etag = text;
}

static void
on_end(void *context, const char *name)
{
	struct reading *reading = context;
	struct multistatus *out = reading->out;

	if (reading->depth == reading->in_error)
		reading->in_error = 0;
	else if (reading->depth == reading->in_response) {
		if (out->n < RESOURCES_MOST)
			ARRAY_PUSH(reading->arena, out, reading->resource);
		reading->in_response = 0;
	} else if (reading->in_response != 0 && reading->in_error == 0)
		take(reading, name);
	buf_clear(&reading->text);
	reading->depth--;
}

static void
on_text(void *context, const char *text, int len)
{
	struct reading *reading = context;

	if (reading->text.len + (size_t)len <= TEXT_MOST)
		buf_add(&reading->text, text, (size_t)len);
}

static void
on_doctype(void *context, const char *name, const char *system,
    const char *public, int has_internal)
{
	struct reading *reading = context;

	(void)name;
	(void)system;
	(void)public;
	(void)has_internal;
	XML_StopParser(reading->parser, XML_FALSE);
}

bool
multistatus_read(struct arena *arena, const char *body, size_t len,
    struct multistatus *multistatus)
{
	struct reading reading = { .parser = XML_ParserCreateNS(NULL, ' '),
		.arena = arena,
		.out = multistatus };
	bool ok;

	if (reading.parser == NULL)
		abort();
	*multistatus = (struct multistatus){ 0 };
	buf_init(&reading.text, arena);
	XML_SetUserData(reading.parser, &reading);
	XML_SetElementHandler(reading.parser, on_start, on_end);
	XML_SetCharacterDataHandler(reading.parser, on_text);
	XML_SetStartDoctypeDeclHandler(reading.parser, on_doctype);
	ok = len > 0 && XML_Parse(reading.parser, body, (int)len, XML_TRUE) ==
			    XML_STATUS_OK;
	XML_ParserFree(reading.parser);
	return ok;
}
