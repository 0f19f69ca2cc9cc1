/*
 * How many requests in how much time: a bucket that fills with time and that
 * each request takes from.  It knows no clock.
 */
#ifndef YUGAO_RATE_H
#define YUGAO_RATE_H

#include <stdbool.h>
#include <stdint.h>

/* Zeroed it is full.  It holds one second's worth, but at least one. */
struct bucket {
	bool begun;
	int64_t level; /* millionths of a request */
	int64_t ms;    /* when that was so */
};

/*
 * rate: requests in 1,000 seconds, 0 for no limit; now: milliseconds of any
 * clock, which may stand still or even go back.  Milliseconds until one may
 * go; 0 means now.
 */
int64_t bucket_wait(struct bucket *bucket, int rate, int64_t now);
/* One goes; the caller has seen that it may. */
void bucket_take(struct bucket *bucket, int rate, int64_t now);

#endif
