/*
 * Problem details (RFC 9457): what a portal says of its refusal, as one line
 * for the operator.  It is a stranger's text: bounded, and without anything
 * that could steer a terminal.
 */
#include <jansson.h>
#include <string.h>
#include <strings.h>

#include <yugao/arena.h>
#include <yugao/buf.h>

#include "job.h"

static const char media_type[] = "application/problem+json";

static bool
is_problem(const char *type)
{
	size_t len = sizeof(media_type) - 1;

	return strncasecmp(type, media_type, len) == 0 &&
	       (type[len] == '\0' || type[len] == ';' || type[len] == ' ');
}

/* As much of it as fits; controls and line ends are blanks. */
static void
add_words(char *line, size_t most, const char *words)
{
	size_t at = strlen(line), len = strlen(words), n;

	for (; len > 0; words += n, len -= n) {
		bool blank;

		n = utf8_length(words, len);
		if (n == 0)
			n = 1;
		blank = utf8_is_control(words, len) || *words == '\n' ||
			*words == '\t' || (n == 1 && (*words & 0x80) != 0);
		if (at + (blank ? 1 : n) > most)
			break;
		if (blank)
			line[at++] = ' ';
		else
			memcpy(line + at, words, n);
		at += blank ? 0 : n;
	}
	line[at] = '\0';
}

void
problem_read(struct job *job)
{
	static const char *const members[] = { "title", "detail", "type" };
	json_t *root;
	size_t i;

	job->detail[0] = '\0';
	if (!is_problem(job->type) || job->kept_len == 0 ||
	    job->body_size > (int64_t)job->kept_len)
		return;
	root = json_loadb(job->kept, job->kept_len, 0, NULL);
	for (i = 0; i < COUNT(members); i++) {
		const char *words =
		    json_string_value(json_object_get(root, members[i]));

		if (words == NULL || *words == '\0' ||
		    strcmp(words, "about:blank") == 0)
			continue;
		if (job->detail[0] != '\0')
			add_words(job->detail, JOB_DETAIL_MOST, ": ");
		add_words(job->detail, JOB_DETAIL_MOST, words);
	}
	json_decref(root);
}
