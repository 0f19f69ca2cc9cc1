/*
 * What is known of each file's bytes: ETags and the gzip form.  A file is the
 * same one while inode, size, mtime and ctime are; a tree is only ever
 * changed by renames, so an open file never changes under a reader.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "portal.h"

#define SLOTS 4096
#define COMPRESS_LIMIT ((size_t)128 << 20)
#define KEPT_LIMIT ((size_t)256 << 20)

struct slot {
	char *path;
	dev_t dev;
	ino_t ino;
	off_t size;
	struct timespec mtime, ctime;
	struct known known;
};

struct cache {
	struct slot slots[SLOTS];
	size_t kept; /* bytes of gzip forms */
};

struct cache *
cache_new(void)
{
	return calloc(1, sizeof(struct cache));
}

static void
forget(struct cache *cache, struct slot *slot)
{
	cache->kept -= slot->known.gzip_size;
	free((void *)(uintptr_t)slot->known.gzip);
	free(slot->path);
	memset(slot, 0, sizeof(*slot));
}

void
cache_free(struct cache *cache)
{
	size_t i;

	for (i = 0; i < SLOTS; i++)
		forget(cache, &cache->slots[i]);
	free(cache);
}

static size_t
slot_of(const char *path)
{
	uint32_t hash = 2166136261U;

	for (; *path != '\0'; path++)
		hash = (hash ^ (unsigned char)*path) * 16777619U;
	return hash % SLOTS;
}

static bool
same(const struct slot *slot, const char *path, const struct stat *st)
{
	return slot->path != NULL && strcmp(slot->path, path) == 0 &&
	       slot->dev == st->st_dev && slot->ino == st->st_ino &&
	       slot->size == st->st_size &&
	       slot->mtime.tv_sec == st->st_mtim.tv_sec &&
	       slot->mtime.tv_nsec == st->st_mtim.tv_nsec &&
	       slot->ctime.tv_sec == st->st_ctim.tv_sec &&
	       slot->ctime.tv_nsec == st->st_ctim.tv_nsec;
}

/* The same bytes always give the same gzip: no name, no time. */
static unsigned char *
compress_bytes(const unsigned char *data, size_t size, size_t *out_size)
{
	z_stream stream = { 0 };
	unsigned char *out;
	size_t limit;

	if (deflateInit2(
		&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
		return NULL;
	limit = deflateBound(&stream, size);
	out = malloc(limit);
	if (out == NULL) {
		deflateEnd(&stream);
		return NULL;
	}
	stream.next_in = (unsigned char *)(uintptr_t)data;
	stream.avail_in = (uInt)size;
	stream.next_out = out;
	stream.avail_out = (uInt)limit;
	if (deflate(&stream, Z_FINISH) != Z_STREAM_END ||
	    stream.total_out >= size) {
		free(out);
		out = NULL;
	}
	*out_size = stream.total_out;
	deflateEnd(&stream);
	return out;
}

static bool
learn(struct cache *cache, struct slot *slot, int fd)
{
	size_t size = (size_t)slot->size, done = 0;
	unsigned char *data = malloc(size + 1);
	char hex[DIGEST_HEX_SIZE];
	struct digest digest;
	ssize_t n = 0;

	if (data == NULL)
		return false;
	while (done < size &&
	       (n = pread(fd, data + done, size - done, (off_t)done)) > 0)
		done += (size_t)n;
	if (done < size) {
		free(data);
		return false;
	}
	digest = digest_of(data, size);
	digest_hex(hex, &digest);
	snprintf(slot->known.etag, ETAG_SIZE, "\"%.32s\"", hex);
	snprintf(slot->known.etag_gzip, ETAG_SIZE, "\"%.32s-gzip\"", hex);
	if (content_compresses(slot->path) && size > 256 &&
	    size <= COMPRESS_LIMIT)
		slot->known.gzip =
		    compress_bytes(data, size, &slot->known.gzip_size);
	if (slot->known.gzip == NULL)
		slot->known.gzip_size = 0;
	cache->kept += slot->known.gzip_size;
	free(data);
	return true;
}

const struct known *
cache_get(struct cache *cache, const char *path, int fd, const struct stat *st)
{
	struct slot *slot = &cache->slots[slot_of(path)];
	size_t i;

	if (same(slot, path, st))
		return &slot->known;
	forget(cache, slot);
	for (i = 0; cache->kept > KEPT_LIMIT && i < SLOTS; i++)
		forget(cache, &cache->slots[i]);
	slot->path = strdup(path);
	if (slot->path == NULL)
		return NULL;
	slot->dev = st->st_dev;
	slot->ino = st->st_ino;
	slot->size = st->st_size;
	slot->mtime = st->st_mtim;
	slot->ctime = st->st_ctim;
	if (!learn(cache, slot, fd)) {
		forget(cache, slot);
		return NULL;
	}
	return &slot->known;
}
