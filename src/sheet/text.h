/* A text in runs (CT_Rst), without its reading aids (rPh). */
#ifndef SHEET_TEXT_H
#define SHEET_TEXT_H

#include <yugao/buf.h>

struct rich {
	struct buf buf;
	bool in_text;
	int phonetic;
};
void rich_start(struct rich *rich, const char *name);
void rich_end(struct rich *rich, const char *name);
void rich_text(struct rich *rich, const char *s, size_t len);
/* What was collected since the buffer was cleared. */
const char *rich_take(struct rich *rich, struct arena *arena);

#endif
