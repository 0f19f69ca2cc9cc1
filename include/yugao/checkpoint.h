/*
 * A checkpoint: a signed statement of where the public log stood.  Whoever
 * keeps one can tell later that the ledger still says what it said then.
 */
#ifndef YUGAO_CHECKPOINT_H
#define YUGAO_CHECKPOINT_H

#include <stdbool.h>

#include <yugao/buf.h>
#include <yugao/diag.h>
#include <yugao/file.h>
#include <yugao/log.h>
#include <yugao/secret.h>

struct checkpoint {
	const char *office;      /* the domain of UIDs */
	struct ledger_head head; /* id: how many entries */
	struct digest key;       /* of the public key's PEM */
	const char *signature;   /* base64; NULL: not signed yet */
};

/* One line of canonical JSON and, if it is signed, the signature as its last
 * member; the signature is over the line without it. */
void checkpoint_write(struct buf *buf, const struct checkpoint *checkpoint);
/* False if the bytes are no checkpoint. */
bool checkpoint_read(struct arena *arena, const struct bytes *bytes,
    struct checkpoint *checkpoint);

/*
 * Inside a transaction, after the entries: signs where the ledger stands and
 * keeps that beside it, so that the tree can be made again without the
 * private key.  With place->name NULL what was kept is forgotten.
 */
const struct error *checkpoint_sign(struct arena *arena, struct store *store,
    const char *office, const struct secret_place *place);
/* What is kept: the signed line and the public key as PEM; NULL if nothing. */
const struct error *checkpoint_kept(struct arena *arena, struct store *store,
    const char **line, const char **key);

/*
 * Whether the checkpoint is this office's and the ledger holds every entry as
 * it was then.  What is wrong becomes an error diagnostic at the file.
 */
const struct error *checkpoint_verify(struct arena *arena, struct store *store,
    const char *file, const struct checkpoint *checkpoint, struct diags *diags);

#endif
