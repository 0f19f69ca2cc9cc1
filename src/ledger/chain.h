/*
 * Follows a hash chain row by row.  After a row that is not what it should
 * be, the next one is still judged by itself: it follows either the hash
 * that stands there or the one that should.
 */
#ifndef LEDGER_CHAIN_H
#define LEDGER_CHAIN_H

#include <stdbool.h>
#include <stdint.h>

#include <yugao/buf.h>
#include <yugao/digest.h>

struct chain {
	struct hasher *hasher;
	int64_t id;             /* of the last row */
	struct digest stored;   /* its hash, as it stands there */
	struct digest computed; /* and as it should be */
	bool lost;              /* neither is known */
};

struct chain chain_open(void);
void chain_close(struct chain *chain);
/*
 * Whether the row is what followed the one before it.  `write` puts its
 * canonical form into buf; NULL for a row that cannot be read.  stored is
 * NULL if there is no hash.  A row after a gap is taken as it is.
 */
bool chain_follow(struct chain *chain, int64_t id, const struct digest *stored,
    void (*write)(
	struct buf *buf, const void *row, const struct digest *previous),
    struct buf *buf, const void *row);

#endif
