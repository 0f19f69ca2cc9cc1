/*
 * The gzip form of a file, made once so that a server need not make it for
 * every reader.  Its header holds neither name nor time: equal bytes have
 * equal twins (RFC 1952).
 */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <zlib.h>

#include <yugao/arena.h>
#include <yugao/error.h>

#include "plan.h"

#define CHUNK ((size_t)64 * 1024)
#define GZIP_WINDOW (15 + 16) /* zlib: the largest window, in gzip form */
#define GZIP_MEMORY 8
#define GZIP_LEVEL 6

/* Which file it is the twin of. */
struct twin {
	const struct plan_of_tree *plan;
	size_t index;
};

static const struct planned *
twin_of(const struct planned *planned)
{
	const struct twin *twin = planned->what;

	return &twin->plan->v[twin->index];
}

void
twins_plan(struct arena *arena, struct plan_of_tree *plan)
{
	size_t n = plan->n, i;

	for (i = 0; i < n; i++) {
		struct twin twin = { plan, i };
		struct planned planned = {
			.type = &planned_twin,
			.path = arena_printf(arena, "%s.gz", plan->v[i].path),
			.group = 1,
			.updated = plan->v[i].updated,
		};

		if (!plan->v[i].twin)
			continue;
		planned.what = arena_copy(arena, &twin, sizeof(twin));
		ARRAY_PUSH(arena, plan, planned);
	}
}

static struct digest
twin_source(struct arena *arena, const struct planned *planned)
{
	struct buf buf;

	buf_init(&buf, arena);
	buf_puts(&buf, "gzip ");
	buf_puts(&buf, zlibVersion());
	buf_add(
	    &buf, &twin_of(planned)->source, sizeof(twin_of(planned)->source));
	return digest_of(buf.data, buf.len);
}

/* All that zlib has to say for what it was given. */
static bool
squeeze(z_stream *stream, struct writer *writer, unsigned char *out, int flush)
{
	int status;

	do {
		stream->next_out = out;
		stream->avail_out = CHUNK;
		status = deflate(stream, flush);
		if (status == Z_STREAM_ERROR)
			return false;
		writer_add(writer, out, CHUNK - stream->avail_out);
	} while (stream->avail_out == 0);
	return flush != Z_FINISH || status == Z_STREAM_END;
}

static const struct error *
squeeze_file(
    struct arena *arena, const char *path, z_stream *stream, struct writer *out)
{
	unsigned char *in = arena_alloc(arena, CHUNK);
	unsigned char *squeezed = arena_alloc(arena, CHUNK);
	const struct error *error = NULL;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = 1;

	if (fd == -1)
		return error_errno(arena, "base.read", path);
	while (n > 0 && error == NULL) {
		n = read(fd, in, CHUNK);
		if (n == -1) {
			error = error_errno(arena, "base.read", path);
			break;
		}
		stream->next_in = in;
		stream->avail_in = (uInt)n;
		if (!squeeze(
			stream, out, squeezed, n == 0 ? Z_FINISH : Z_NO_FLUSH))
			error = ERROR_NEW(
			    arena, ERROR_FAILED, NULL, "tree.gzip", path);
	}
	close(fd);
	return error;
}

static const struct error *
twin_content(struct arena *arena, struct store *store,
    const struct writing *writing, struct writer *writer)
{
	const char *path =
	    file_join(arena, writing->tree, twin_of(writing->planned)->path);
	const struct error *error;
	z_stream stream;

	(void)store;
	memset(&stream, 0, sizeof(stream));
	if (deflateInit2(&stream, GZIP_LEVEL, Z_DEFLATED, GZIP_WINDOW,
		GZIP_MEMORY, Z_DEFAULT_STRATEGY) != Z_OK)
		return ERROR_NEW(arena, ERROR_FAILED, NULL, "tree.gzip", path);
	error = squeeze_file(arena, path, &stream, writer);
	deflateEnd(&stream);
	return error;
}

static const struct error *
twin_write(struct arena *arena, struct store *store,
    const struct writing *files, size_t n)
{
	(void)n;
	return planned_stream(arena, store, files, twin_content);
}

const struct planned_type planned_twin = { twin_source, twin_write };
