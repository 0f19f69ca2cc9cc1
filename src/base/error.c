#include <yugao/error.h>

#include <errno.h>
#include <string.h>

#include <yugao/arena.h>

/* What users meet is in the catalogue; the rest is in the system's words. */
static const struct {
	int number;
	const char *words;
} common[] = {
	{ EACCES, "@base.errno_eacces" },
	{ EDQUOT, "@base.errno_edquot" },
	{ EEXIST, "@base.errno_eexist" },
	{ EFBIG, "@base.errno_efbig" },
	{ EIO, "@base.errno_eio" },
	{ EISDIR, "@base.errno_eisdir" },
	{ ELOOP, "@base.errno_eloop" },
	{ EMFILE, "@base.errno_emfile" },
	{ ENAMETOOLONG, "@base.errno_enametoolong" },
	{ ENOENT, "@base.errno_enoent" },
	{ ENOSPC, "@base.errno_enospc" },
	{ ENOTDIR, "@base.errno_enotdir" },
	{ ENOTEMPTY, "@base.errno_enotempty" },
	{ EPERM, "@base.errno_eperm" },
	{ EROFS, "@base.errno_erofs" },
};

const struct error *
error_new(struct arena *arena, enum error_kind kind, const struct error *cause,
    struct message message)
{
	struct error *error = arena_alloc(arena, sizeof(*error));

	error->kind = kind;
	error->message = message;
	error->cause = cause;
	return error;
}

const struct error *
error_errno(struct arena *arena, const char *id, const char *path)
{
	int number = errno;
	const char *words = NULL;
	size_t i;

	for (i = 0; i < COUNT(common); i++)
		if (common[i].number == number)
			words = common[i].words;
	if (words == NULL)
		words = strerror(number);
	return ERROR_NEW(arena, ERROR_FAILED, NULL, id, path, words);
}

const struct error *
error_copy(struct arena *arena, const struct error *error)
{
	const struct message *message;
	const char **strings;

	if (error == NULL)
		return NULL;
	message = &error->message;
	strings = arena_alloc(arena, (message->n + 1) * sizeof(*strings));
	strings[0] = message->id;
	if (message->n > 0)
		memcpy(
		    strings + 1, message->args, message->n * sizeof(*strings));
	return error_new(arena, error->kind, error_copy(arena, error->cause),
	    message_new(arena, strings, message->n + 1));
}

const char *
error_text(struct arena *arena, enum lang lang, const struct error *error)
{
	const char *text = message_text(arena, lang, &error->message);

	if (error->cause == NULL)
		return text;
	return SAY(arena, lang, "base.because", text,
	    error_text(arena, lang, error->cause));
}

enum error_kind
error_worst(enum error_kind a, enum error_kind b)
{
	static const enum error_kind order[] = { ERROR_FAILED, ERROR_INPUT,
		ERROR_QUEUED, ERROR_BLOCKED, ERROR_CHANGES, ERROR_BUSY };
	size_t i;

	for (i = 0; i < COUNT(order); i++)
		if (a == order[i] || b == order[i])
			return order[i];
	return ERROR_NONE;
}
