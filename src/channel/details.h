/*
 * What a group robot says in JSON, for a person to read.  It is somebody
 * else's: cut, and without what could steer a terminal.
 */
#ifndef CHANNEL_DETAILS_H
#define CHANNEL_DETAILS_H

#include <yugao/channel.h>

/* Bytes of what is kept of it. */
#define DETAIL_MOST 300

/* What a group robot says inside of a 200. */
struct robot_answer {
	bool there;        /* a code was */
	int64_t code;      /* 0: taken */
	const char *words; /* or NULL */
};
void details_robot(struct arena *arena, const struct answer *answer,
    struct robot_answer *robot);

#endif
