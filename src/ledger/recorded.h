#ifndef LEDGER_RECORDED_H
#define LEDGER_RECORDED_H

#include <yugao/buf.h>
#include <yugao/record.h>

/* A record in its place. */
struct recorded {
	int64_t id;
	struct record record;
};

bool record_kind_parse(const char *name, enum record_kind *kind);
/* Canonical JSON of all of it (a struct recorded), in place of what buf holds;
 * its hash is over it. */
void record_write(
    struct buf *buf, const void *recorded, const struct digest *previous);

#endif
