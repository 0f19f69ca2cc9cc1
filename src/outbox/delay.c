#include "delay.h"

#include <yugao/arena.h>
#include <yugao/outbox.h>

#define MINUTE ((int64_t)60)
#define HOUR (60 * MINUTE)

int64_t
outbox_delay(int attempts)
{
	static const int64_t delays[] = { 5, 5 * MINUTE, 30 * MINUTE, 2 * HOUR,
		5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR };
	size_t i = attempts < 1 ? 0 : (size_t)attempts - 1;

	return delays[i < COUNT(delays) ? i : COUNT(delays) - 1];
}

/* The finalizer of splitmix64: neighbouring numbers come far apart. */
static uint64_t
scatter(uint64_t x)
{
	x += 0x9e3779b97f4a7c15u;
	x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
	x = (x ^ x >> 27) * 0x94d049bb133111ebu;
	return x ^ x >> 31;
}

int64_t
delay_jittered(int64_t message, int attempts)
{
	int64_t delay = outbox_delay(attempts), span = delay / 5;
	uint64_t random = scatter((uint64_t)message << 8 ^ (uint64_t)attempts);

	return delay - span + (int64_t)(random % (uint64_t)(2 * span + 1));
}
