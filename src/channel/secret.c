#include "secret.h"

/* Cuts one newline off the end; what is left must be fit for a header. */
static const char *
check_text(struct secret *secret)
{
	size_t i;

	if (secret->data[secret->len - 1] == '\n')
		secret->data[--secret->len] = '\0';
	for (i = 0; i < secret->len; i++)
		if ((unsigned char)secret->data[i] < 0x20 ||
		    secret->data[i] == 0x7f)
			return "channel.secret_control";
	return NULL;
}

const char *
secret_line_read(const struct secret_place *place, struct secret *secret)
{
	const char *problem = secret_read(place, secret);

	return problem != NULL ? problem : check_text(secret);
}

const char *
auth_secret_read(const struct auth *auth, struct secret *secret)
{
	return secret_line_read(&auth->secret, secret);
}
