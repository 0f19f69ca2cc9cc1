/*
 * A .zip in a folder, for a portal that a person updates by hand.  What goes
 * into it is an order (outbox/bundle_order.c): the cover sheet and the sums
 * of every file of the tree.  It has arrived only when somebody says so, or
 * when the portal's public address serves what is in it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <yugao/archive.h>
#include <yugao/arena.h>
#include <yugao/buf.h>
#include <yugao/error.h>
#include <yugao/file.h>
#include <yugao/hmac.h>

#include "ending.h"
#include "kinds.h"
#include "path.h"

#define TREE "tree/"
#define FEED "releases.ics"
#define SUM ((size_t)64)      /* hex digits, then two spaces */
#define LOOK_AGAIN 3600       /* at the public address */
#define ASK_AGAIN (24 * 3600) /* who takes it by hand has to say so */
#define SIGNATURE_SIZE 64

/* An order, taken apart. */
struct order {
	const char *name;
	struct instant at;
	struct bytes cover, sums;
};

/* The rest of the line after this word; moves to the next line. */
static const char *
line_after(struct arena *arena, const char **at, const char *word)
{
	const char *end = strchr(*at, '\n');
	size_t len = strlen(word);
	const char *rest;

	if (end == NULL || strncmp(*at, word, len) != 0)
		return NULL;
	rest = arena_strndup(arena, *at + len, (size_t)(end - *at) - len);
	*at = end + 1;
	return rest;
}

static bool
part_after(struct arena *arena, const char **at, const char *end,
    const char *word, struct bytes *part)
{
	const char *size = line_after(arena, at, word);

	if (size == NULL)
		return false;
	part->data = *at;
	part->len = strtoul(size, NULL, 10);
	if (part->len > (size_t)(end - *at))
		return false;
	*at += part->len;
	return true;
}

static bool
read_order(
    struct arena *arena, const struct delivery *delivery, struct order *order)
{
	const char *at = delivery->body, *end = at + delivery->size;
	const char *seconds;

	if (line_after(arena, &at, "yugao-bundle/1") == NULL ||
	    (order->name = line_after(arena, &at, "name ")) == NULL ||
	    (seconds = line_after(arena, &at, "time ")) == NULL)
		return false;
	order->at.s = strtoll(seconds, NULL, 10);
	return part_after(arena, &at, end, "cover ", &order->cover) &&
	       part_after(arena, &at, end, "sums ", &order->sums);
}

/* The path and digest of a line of the sums; NULL at the end. */
static const char *
next_sum(struct arena *arena, const char **at, const char *end,
    struct digest *digest)
{
	const char *line_end;
	const char *path;

	if (*at >= end ||
	    (line_end = memchr(*at, '\n', (size_t)(end - *at))) == NULL ||
	    (size_t)(line_end - *at) < SUM + 2 ||
	    digest_parse(arena_strndup(arena, *at, SUM), digest) == -1)
		return NULL;
	path = arena_strndup(
	    arena, *at + SUM + 2, (size_t)(line_end - *at) - SUM - 2);
	*at = line_end + 1;
	return path;
}

/* Adds every file of the tree; false if one is not what it should be. */
static bool
add_tree(struct arena *arena, const struct delivery *delivery,
    const struct order *order, struct archive *archive)
{
	const char *at = order->sums.data, *end = at + order->sums.len;
	struct digest wanted, found;
	const char *name;

	while ((name = next_sum(arena, &at, end, &wanted)) != NULL) {
		const char *path;

		if (strncmp(name, TREE, strlen(TREE)) != 0)
			continue;
		path = file_join(arena, delivery->tree, name + strlen(TREE));
		if (file_digest(arena, path, &found, NULL) != NULL ||
		    digest_compare(&found, &wanted) != 0)
			return false;
		archive_add_file(archive, name, path);
	}
	return true;
}

static void
add_papers(struct arena *arena, const struct delivery *delivery,
    const struct order *order, struct archive *archive)
{
	unsigned char *signature = arena_alloc(arena, SIGNATURE_SIZE);
	size_t len;

	archive_add(archive, "cover.html", order->cover.data, order->cover.len);
	archive_add(archive, "SHA256SUMS", order->sums.data, order->sums.len);
	if (delivery->signature == NULL ||
	    !base64_read(delivery->signature, signature, SIGNATURE_SIZE, &len))
		return;
	archive_add(archive, "SHA256SUMS.sig", signature, len);
	archive_add(archive, "key.pem", delivery->signing_key,
	    strlen(delivery->signing_key));
}

static void
fail(struct arena *arena, enum delivered state, const char *problem,
    struct delivery_result *result)
{
	ending_set(arena, state, problem, result);
}

/* What is there already and is the same keeps its time. */
static bool
put_in_place(struct arena *arena, const char *temp, const char *path)
{
	struct digest now, before;

	if (file_digest(arena, path, &before, NULL) == NULL &&
	    file_digest(arena, temp, &now, NULL) == NULL &&
	    digest_compare(&now, &before) == 0)
		return unlink(temp) == 0;
	return rename(temp, path) == 0;
}

/* True if the archive is in the folder; else the result says why not. */
static bool
write_archive(struct arena *arena, const struct delivery *delivery,
    const struct order *order, struct delivery_result *result)
{
	const char *folder = delivery->portal->path;
	const char *path = file_join(
	    arena, folder, arena_printf(arena, "%s.zip", order->name));
	const char *temp = file_join(
	    arena, folder, arena_printf(arena, ".%s.zip.new", order->name));
	struct archive *archive;
	struct stat st;

	/* Never made here: the disk behind it may not be mounted. */
	if (stat(folder, &st) == -1 || !S_ISDIR(st.st_mode)) {
		fail(arena, DELIVERY_RETRY, "channel.bundle_folder", result);
		return false;
	}
	if (archive_open(arena, temp, &archive) != NULL) {
		fail(arena, DELIVERY_RETRY, "channel.bundle_failed", result);
		return false;
	}
	add_papers(arena, delivery, order, archive);
	if (!add_tree(arena, delivery, order, archive)) {
		archive_abandon(archive);
		fail(arena, DELIVERY_REFUSED, "channel.source", result);
		return false;
	}
	if (archive_close(archive, order->at) == NULL &&
	    put_in_place(arena, temp, path) &&
	    file_sync_directory(arena, folder) == NULL)
		return true;
	unlink(temp);
	fail(arena, DELIVERY_RETRY, "channel.bundle_failed", result);
	return false;
}

/* What is looked at there: the main feed, else the first file. */
static const char *
look_at(struct arena *arena, const struct order *order, struct digest *digest)
{
	const char *at = order->sums.data, *end = at + order->sums.len;
	const char *name, *chosen = NULL;
	struct digest one;

	while ((name = next_sum(arena, &at, end, &one)) != NULL) {
		if (strncmp(name, TREE, strlen(TREE)) != 0)
			continue;
		name += strlen(TREE);
		if (chosen == NULL || strcmp(name, FEED) == 0) {
			chosen = name;
			*digest = one;
		}
	}
	return chosen;
}

static void
wait_for_word(
    struct arena *arena, int64_t seconds, struct delivery_result *result)
{
	ending_set(arena, DELIVERY_WAITS, "channel.bundle_waits", result);
	result->retry_after = seconds;
}

static void
begin(struct arena *arena, struct delivery *delivery, struct request *request,
    struct delivery_result *result)
{
	struct digest *wanted = arena_alloc(arena, sizeof(*wanted));
	struct order order;
	const char *path;

	if (!read_order(arena, delivery, &order)) {
		fail(arena, DELIVERY_REFUSED, "channel.source", result);
		return;
	}
	if (!write_archive(arena, delivery, &order, result))
		return;
	path = look_at(arena, &order, wanted);
	if (delivery->portal->url == NULL || path == NULL) {
		wait_for_word(arena, ASK_AGAIN, result);
		return;
	}
	delivery->own = wanted;
	*request = (struct request){ .method = "GET",
		.url = path_url(arena, delivery->portal->url, path),
		.portal = delivery->portal,
		.follow = true };
}

const struct error *
bundle_step(struct arena *arena, struct delivery *delivery,
    const struct answer *answer, struct request *request,
    struct delivery_result *result)
{
	*result = (struct delivery_result){ .retry_after = -1 };
	if (answer == NULL) {
		begin(arena, delivery, request, result);
		return NULL;
	}
	if (answer_is_whole(answer) && answer->status == 200 &&
	    digest_compare(&answer->body_digest, delivery->own) == 0) {
		result->state = DELIVERY_ACCEPTED;
		result->read_back = true;
		return NULL;
	}
	wait_for_word(arena, LOOK_AGAIN, result);
	return NULL;
}
