#include <yugao/ping.h>

#include <string.h>
#include <strings.h>

#include <yugao/arena.h>
#include <yugao/error.h>

#define SECONDS 10
#define CONNECT_SECONDS 5
#define ANSWER_MOST ((int64_t)64 * 1024)
#define WAIT_MS 50

/* Cuts one newline off the end; then all of it must be an address. */
static const char *
check_url(struct secret *secret)
{
	size_t i;

	if (secret->len > 0 && secret->data[secret->len - 1] == '\n')
		secret->data[--secret->len] = '\0';
	if (strncasecmp(secret->data, "https://", 8) != 0 &&
	    strncasecmp(secret->data, "http://", 7) != 0)
		return "channel.ping_url";
	for (i = 0; i < secret->len; i++)
		if ((unsigned char)secret->data[i] <= ' ' ||
		    (unsigned char)secret->data[i] >= 0x7f)
			return "channel.ping_url";
	return NULL;
}

/* "/fail" goes behind the path, before a query. */
static void
build_url(char *url, size_t size, const char *base, bool failed)
{
	size_t path = strcspn(base, "?#"), end = path;

	while (failed && end > 0 && base[end - 1] == '/')
		end--;
	memcpy(url, base, end);
	url[end] = '\0';
	if (failed)
		strncat(url, "/fail", size - strlen(url) - 1);
	strncat(url, base + path, size - strlen(url) - 1);
}

static const char *
judge(const struct answer *answer)
{
	if (answer->carried != CARRIED_ANSWER)
		return answer->problem != NULL ? answer->problem
					       : "channel.transport";
	return answer->status >= 200 && answer->status < 300
		   ? NULL
		   : "channel.ping_status";
}

static const char *
ask(struct arena *arena, const struct request *request,
    const struct ticks *ticks)
{
	int64_t until = ticks->ms(ticks->context) + (SECONDS + 2) * 1000;
	const char *problem = "channel.timeout";
	struct transport *transport;
	struct answer answer;
	void *context = NULL;

	if (curl_transport_open(arena, 1, ticks, &transport) != NULL)
		return "channel.transport";
	if (!transport->type->send(transport, request))
		until = 0;
	while (context == NULL && ticks->ms(ticks->context) < until) {
		if (transport->type->wait(
			transport, arena, WAIT_MS, &answer, &context) != NULL) {
			problem = "channel.transport";
			break;
		}
		if (context != NULL)
			problem = judge(&answer);
	}
	transport->type->close(transport);
	return problem;
}

const char *
ping_send(struct arena *arena, const struct monitor *monitor,
    const struct ticks *ticks, bool failed)
{
	struct portal portal = { .id = "ping",
		.connections = 1,
		.timeout = SECONDS,
		.connect_timeout = CONNECT_SECONDS,
		.body_most = ANSWER_MOST,
		.allow_private = monitor->ping_private };
	char url[SECRET_MOST + 16];
	struct request request = { .method = "GET",
		.url = url,
		.portal = &portal,
		.hide = url,
		.context = &portal };
	struct secret secret;
	const char *problem = secret_read(&monitor->ping, &secret);

	if (problem == NULL)
		problem = check_url(&secret);
	if (problem == NULL) {
		build_url(url, sizeof(url), secret.data, failed);
		problem = ask(arena, &request, ticks);
	}
	secret_wipe(&secret);
	explicit_bzero(url, sizeof(url));
	return problem;
}
