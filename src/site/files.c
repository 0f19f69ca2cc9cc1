#include <string.h>

#include <yugao/arena.h>
#include <yugao/error.h>

#include "site.h"

#define FILE_LIMIT ((size_t)4 * 1024 * 1024)

static struct bytes *
fragment(struct site_files *files, const char *name)
{
	int lang;

	for (lang = 0; lang < LANG_COUNT; lang++) {
		const char *code = lang_name((enum lang)lang);

		if (strncmp(name, "header-", 7) == 0 &&
		    strncmp(name + 7, code, 2) == 0 &&
		    strcmp(name + 9, ".html") == 0)
			return &files->header[lang];
		if (strncmp(name, "footer-", 7) == 0 &&
		    strncmp(name + 7, code, 2) == 0 &&
		    strcmp(name + 9, ".html") == 0)
			return &files->footer[lang];
	}
	return NULL;
}

/* An editor's copies ("site.css~") are nobody's assets. */
static bool
is_plain(const char *name)
{
	return name[strspn(name, "abcdefghijklmnopqrstuvwxyz"
				 "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-")] ==
	       '\0';
}

static const struct error *
check_fragments(struct arena *arena, const struct office *office,
    const struct site_files *files)
{
	int lang;

	for (lang = 0; lang < LANG_COUNT; lang++) {
		const char *code = lang_name((enum lang)lang);

		if (files->header[lang].data == NULL)
			return ERROR_NEW(arena, ERROR_INPUT, NULL,
			    "site.no_fragment", office->site_files,
			    arena_printf(arena, "header-%s.html", code));
		if (files->footer[lang].data == NULL)
			return ERROR_NEW(arena, ERROR_INPUT, NULL,
			    "site.no_fragment", office->site_files,
			    arena_printf(arena, "footer-%s.html", code));
	}
	return NULL;
}

const struct error *
site_files_read(
    struct arena *arena, const struct office *office, struct site_files *files)
{
	struct hasher *hasher;
	struct names names;
	const struct error *error;
	size_t i;

	*files = (struct site_files){ .n = 0 };
	error = file_list(arena, office->site_files, "", &names);
	if (error != NULL)
		return ERROR_NEW(arena, ERROR_INPUT, error, "site.no_files",
		    office->site_files);
	hasher = hasher_new();
	for (i = 0; i < names.n && error == NULL; i++) {
		struct asset asset = { .name = names.v[i] };
		struct bytes *part = fragment(files, asset.name);

		if (!is_plain(asset.name))
			continue;
		error = file_read(arena,
		    file_join(arena, office->site_files, asset.name),
		    FILE_LIMIT, &asset.bytes);
		if (error != NULL)
			break;
		hasher_add(hasher, asset.name, strlen(asset.name) + 1);
		hasher_add(hasher, &asset.bytes.len, sizeof(asset.bytes.len));
		hasher_add(hasher, asset.bytes.data, asset.bytes.len);
		if (part != NULL)
			*part = asset.bytes;
		else
			ARRAY_PUSH(arena, files, asset);
	}
	files->digest = hasher_end(hasher);
	hasher_free(hasher);
	return error != NULL ? error : check_fragments(arena, office, files);
}

const struct error *
site_files_digest(
    struct arena *arena, const struct office *office, struct digest *digest)
{
	struct site_files files;
	const struct error *error = site_files_read(arena, office, &files);

	*digest = files.digest;
	return error;
}
