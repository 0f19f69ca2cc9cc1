#include <yugao/archive.h>

#include <fcntl.h>
#include <unistd.h>

#include <zip.h>

#include <yugao/arena.h>
#include <yugao/error.h>

#define MODE (0100644U << 16) /* a plain file that all may read */

struct archive {
	struct arena *arena;
	const char *path;
	zip_t *zip;
	bool failed;
};

const struct error *
archive_open(struct arena *arena, const char *path, struct archive **archive)
{
	int code;

	*archive = arena_alloc(arena, sizeof(**archive));
	**archive = (struct archive){ .arena = arena,
		.path = path,
		.zip = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, &code) };
	return (*archive)->zip == NULL ? error_errno(arena, "base.write", path)
				       : NULL;
}

static void
add_source(struct archive *archive, const char *name, zip_source_t *source)
{
	zip_int64_t index = -1;

	if (source != NULL)
		index =
		    zip_file_add(archive->zip, name, source, ZIP_FL_ENC_UTF_8);
	if (index < 0)
		zip_source_free(source);
	if (index < 0 ||
	    zip_set_file_compression(
		archive->zip, (zip_uint64_t)index, ZIP_CM_DEFLATE, 6) == -1 ||
	    zip_file_set_external_attributes(archive->zip, (zip_uint64_t)index,
		0, ZIP_OPSYS_UNIX, MODE) == -1)
		archive->failed = true;
}

void
archive_add(
    struct archive *archive, const char *name, const void *data, size_t len)
{
	add_source(
	    archive, name, zip_source_buffer(archive->zip, data, len, 0));
}

void
archive_add_file(struct archive *archive, const char *name, const char *path)
{
	add_source(archive, name, zip_source_file(archive->zip, path, 0, -1));
}

void
archive_abandon(struct archive *archive)
{
	zip_discard(archive->zip);
	unlink(archive->path);
}

/* The zip format has local time to two seconds; of UTC here. */
static bool
set_time(struct archive *archive, struct instant at)
{
	zip_int64_t n = zip_get_num_entries(archive->zip, 0), i;
	struct day day = { (int32_t)(at.s / 86400) };
	int64_t second = at.s % 86400;
	zip_uint16_t date, time;
	int year, month, mday;

	day_parts(day, &year, &month, &mday);
	date = (zip_uint16_t)((year - 1980) << 9 | month << 5 | mday);
	time = (zip_uint16_t)(second / 3600 << 11 | second / 60 % 60 << 5 |
			      second % 60 / 2);
	for (i = 0; i < n; i++)
		if (zip_file_set_dostime(
			archive->zip, (zip_uint64_t)i, time, date, 0) == -1)
			return false;
	return true;
}

static bool
sync_file(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool ok = fd != -1 && fsync(fd) == 0;

	if (fd != -1)
		close(fd);
	return ok;
}

const struct error *
archive_close(struct archive *archive, struct instant at)
{
	const char *path = archive->path;

	if (archive->failed || !set_time(archive, at) ||
	    zip_close(archive->zip) == -1) {
		archive_abandon(archive);
		return error_errno(archive->arena, "base.write", path);
	}
	if (sync_file(path))
		return NULL;
	unlink(path);
	return error_errno(archive->arena, "base.write", path);
}
