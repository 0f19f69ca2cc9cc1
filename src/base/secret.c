#include <yugao/secret.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Where it is read to.  One newline at the end is not counted. */
struct into {
	char *data;
	size_t most; /* one byte more than allowed, so that its length tells */
	size_t len;
};

/* A file of ours that nobody else can read. */
static const char *
check_rights(int fd)
{
	struct stat st;

	if (fstat(fd, &st) == -1 || !S_ISREG(st.st_mode))
		return "base.secret_missing";
	if (st.st_uid != geteuid())
		return "base.secret_owner";
	if ((st.st_mode & 0177) != 0)
		return "base.secret_mode";
	return NULL;
}

static const char *
read_file(const char *path, bool private, struct into *into)
{
	/* O_NONBLOCK: a FIFO in the file's place must not stop the run. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	const char *problem;
	ssize_t n = 0;

	if (fd == -1)
		return errno == EACCES ? "base.secret_owner"
				       : "base.secret_missing";
	problem = private ? check_rights(fd) : NULL;
	while (problem == NULL && into->len < into->most) {
		n = read(fd, into->data + into->len, into->most - into->len);
		if (n > 0)
			into->len += (size_t)n;
		else if (n == 0 || errno != EINTR)
			break;
	}
	close(fd);
	if (problem == NULL && n == -1)
		return "base.secret_missing";
	return problem;
}

static const char *
read_environment(const char *name, struct into *into)
{
	const char *value = getenv(name);

	if (value == NULL)
		return "base.secret_environment";
	into->len = strnlen(value, into->most);
	memcpy(into->data, value, into->len);
	return NULL;
}

static const char *
read_credential(const char *name, struct into *into)
{
	const char *directory = getenv("CREDENTIALS_DIRECTORY");
	char path[PATH_MAX];
	int n;

	if (directory == NULL || directory[0] != '/' || name[0] == '.' ||
	    strchr(name, '/') != NULL)
		return "base.secret_credential";
	n = snprintf(path, sizeof(path), "%s/%s", directory, name);
	if (n < 0 || (size_t)n >= sizeof(path))
		return "base.secret_credential";
	/* systemd answers for who may read this directory. */
	if (read_file(path, false, into) != NULL)
		return "base.secret_credential";
	return NULL;
}

static const char *
check_size(const struct into *into)
{
	size_t len = into->len;

	if (len > 0 && into->data[len - 1] == '\n')
		len--;
	if (len == 0)
		return "base.secret_empty";
	return len + 1 >= into->most ? "base.secret_long" : NULL;
}

const char *
secret_read_long(
    const struct secret_place *place, char *data, size_t size, size_t *len)
{
	struct into into = { data, size - 1, 0 };
	const char *problem = NULL;

	memset(data, 0, size);
	switch (place->kind) {
	case SECRET_FILE:
		problem = read_file(place->name, true, &into);
		break;
	case SECRET_ENVIRONMENT:
		problem = read_environment(place->name, &into);
		break;
	case SECRET_CREDENTIAL:
		problem = read_credential(place->name, &into);
		break;
	}
	*len = into.len;
	return problem != NULL ? problem : check_size(&into);
}

const char *
secret_read(const struct secret_place *place, struct secret *secret)
{
	return secret_read_long(
	    place, secret->data, sizeof(secret->data), &secret->len);
}

void
secret_wipe(struct secret *secret)
{
	explicit_bzero(secret, sizeof(*secret));
}
