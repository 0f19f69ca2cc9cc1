#include "chain.h"

#include <stddef.h>

struct chain
chain_open(void)
{
	return (struct chain){ .hasher = hasher_new() };
}

void
chain_close(struct chain *chain)
{
	hasher_free(chain->hasher);
}

bool
chain_follow(struct chain *chain, int64_t id, const struct digest *stored,
    void (*write)(
	struct buf *buf, const void *row, const struct digest *previous),
    struct buf *buf, const void *row)
{
	struct digest previous = chain->stored, other = chain->computed;
	bool known = !chain->lost && id == chain->id + 1;
	bool sound =
	    stored != NULL && write != NULL && id > chain->id && !known;

	chain->id = id;
	chain->lost = stored == NULL;
	if (stored != NULL)
		chain->stored = chain->computed = *stored;
	if (stored == NULL || write == NULL)
		return false;
	write(buf, row, &previous);
	while (known && !sound) {
		hasher_add(chain->hasher, buf->data, buf->len);
		chain->computed = hasher_end(chain->hasher);
		sound = digest_compare(&chain->computed, stored) == 0;
		if (sound || digest_compare(&previous, &other) == 0)
			break;
		previous = other;
		write(buf, row, &previous);
	}
	return sound;
}
