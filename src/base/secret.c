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

/* One newline at the end is not counted, so there may be one byte more. */
#define SIZE_MOST (sizeof(((struct secret *)NULL)->data) - 1)

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

/* Reads one byte more than allowed, so that its length tells. */
static const char *
read_file(const char *path, bool private, struct secret *secret)
{
	/* O_NONBLOCK: a FIFO in the file's place must not stop the run. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	const char *problem;
	ssize_t n = 0;

	if (fd == -1)
		return errno == EACCES ? "base.secret_owner"
				       : "base.secret_missing";
	problem = private ? check_rights(fd) : NULL;
	while (problem == NULL && secret->len < SIZE_MOST) {
		n = read(
		    fd, secret->data + secret->len, SIZE_MOST - secret->len);
		if (n > 0)
			secret->len += (size_t)n;
		else if (n == 0 || errno != EINTR)
			break;
	}
	close(fd);
	if (problem == NULL && n == -1)
		return "base.secret_missing";
	return problem;
}

static const char *
read_environment(const char *name, struct secret *secret)
{
	const char *value = getenv(name);

	if (value == NULL)
		return "base.secret_environment";
	secret->len = strnlen(value, SIZE_MOST);
	memcpy(secret->data, value, secret->len);
	return NULL;
}

static const char *
read_credential(const char *name, struct secret *secret)
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
	if (read_file(path, false, secret) != NULL)
		return "base.secret_credential";
	return NULL;
}

static const char *
check_size(const struct secret *secret)
{
	size_t len = secret->len;

	if (len > 0 && secret->data[len - 1] == '\n')
		len--;
	if (len == 0)
		return "base.secret_empty";
	return len > SECRET_MOST ? "base.secret_long" : NULL;
}

const char *
secret_read(const struct secret_place *place, struct secret *secret)
{
	const char *problem = NULL;

	memset(secret, 0, sizeof(*secret));
	switch (place->kind) {
	case SECRET_FILE:
		problem = read_file(place->name, true, secret);
		break;
	case SECRET_ENVIRONMENT:
		problem = read_environment(place->name, secret);
		break;
	case SECRET_CREDENTIAL:
		problem = read_credential(place->name, secret);
		break;
	}
	return problem != NULL ? problem : check_size(secret);
}

void
secret_wipe(struct secret *secret)
{
	explicit_bzero(secret, sizeof(*secret));
}
