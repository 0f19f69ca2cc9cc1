#include "secret.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A file of ours that nobody else can read. */
static const char *
check_rights(int fd)
{
	struct stat st;

	if (fstat(fd, &st) == -1 || !S_ISREG(st.st_mode))
		return "channel.secret_missing";
	if (st.st_uid != geteuid())
		return "channel.secret_owner";
	if ((st.st_mode & 0177) != 0)
		return "channel.secret_mode";
	return NULL;
}

/* Keeps one byte more than allowed, so that check_text() sees it. */
static const char *
read_file(const char *path, bool private, struct secret *secret)
{
	/* O_NONBLOCK: a FIFO in the file's place must not stop the run. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	const char *problem;
	size_t len = 0;
	ssize_t n = 0;

	if (fd == -1)
		return errno == EACCES ? "channel.secret_owner"
				       : "channel.secret_missing";
	problem = private ? check_rights(fd) : NULL;
	while (problem == NULL && len < sizeof(secret->data) - 1) {
		n = read(
		    fd, secret->data + len, sizeof(secret->data) - 1 - len);
		if (n > 0)
			len += (size_t)n;
		else if (n == 0 || errno != EINTR)
			break;
	}
	close(fd);
	if (problem == NULL && n == -1)
		return "channel.secret_missing";
	return problem;
}

static const char *
read_environment(const char *name, struct secret *secret)
{
	const char *value = getenv(name);

	if (value == NULL)
		return "channel.secret_environment";
	strncpy(secret->data, value, sizeof(secret->data) - 1);
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
		return "channel.secret_credential";
	n = snprintf(path, sizeof(path), "%s/%s", directory, name);
	if (n < 0 || (size_t)n >= sizeof(path))
		return "channel.secret_credential";
	/* systemd answers for who may read this directory. */
	if (read_file(path, false, secret) != NULL)
		return "channel.secret_credential";
	return NULL;
}

/* Cuts one newline off the end; what is left must be fit for a header. */
static const char *
check_text(struct secret *secret)
{
	size_t len = strlen(secret->data), i;

	if (len > 0 && secret->data[len - 1] == '\n')
		secret->data[--len] = '\0';
	if (len == 0)
		return "channel.secret_empty";
	if (len > SECRET_MOST)
		return "channel.secret_long";
	for (i = 0; i < len; i++)
		if ((unsigned char)secret->data[i] < 0x20 ||
		    secret->data[i] == 0x7f)
			return "channel.secret_control";
	return NULL;
}

const char *
secret_read(const struct auth *auth, struct secret *secret)
{
	const char *problem = NULL;

	memset(secret, 0, sizeof(*secret));
	switch (auth->secret) {
	case SECRET_FILE:
		problem = read_file(auth->secret_name, true, secret);
		break;
	case SECRET_ENVIRONMENT:
		problem = read_environment(auth->secret_name, secret);
		break;
	case SECRET_CREDENTIAL:
		problem = read_credential(auth->secret_name, secret);
		break;
	}
	return problem != NULL ? problem : check_text(secret);
}

void
secret_wipe(struct secret *secret)
{
	explicit_bzero(secret, sizeof(*secret));
}
