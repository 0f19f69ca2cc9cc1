#include <yugao/rate.h>

#define ONE ((int64_t)1000000)

static int64_t
most_of(int rate)
{
	int64_t second = (int64_t)rate * 1000;

	return second > ONE ? second : ONE;
}

/* A millisecond brings `rate` millionths of a request. */
static void
fill(struct bucket *bucket, int rate, int64_t now)
{
	int64_t most = most_of(rate), passed = now - bucket->ms;

	if (!bucket->begun)
		bucket->level = most;
	else if (passed >= most / rate)
		bucket->level = most;
	else if (passed > 0)
		bucket->level += passed * rate;
	if (bucket->level > most)
		bucket->level = most;
	if (!bucket->begun || passed > 0)
		bucket->ms = now;
	bucket->begun = true;
}

int64_t
bucket_wait(struct bucket *bucket, int rate, int64_t now)
{
	if (rate <= 0)
		return 0;
	fill(bucket, rate, now);
	if (bucket->level >= ONE)
		return 0;
	return (ONE - bucket->level + rate - 1) / rate;
}

void
bucket_take(struct bucket *bucket, int rate, int64_t now)
{
	if (rate <= 0)
		return;
	fill(bucket, rate, now);
	bucket->level -= ONE;
}
