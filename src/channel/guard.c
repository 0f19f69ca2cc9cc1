/*
 * Whom a request may talk to, and as whom: protocols, addresses, TLS, proxy.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <yugao/arena.h>

#include "address.h"
#include "job.h"

#define PEM_MOST ((size_t)64 * 1024)

/* libcurl asks here with what the name, or the proxy's, resolved to. */
static curl_socket_t
open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address)
{
	struct job *job = context;

	(void)purpose;
	if (!address_allowed(
		&address->addr, job->request->portal, job->plain)) {
		job->blocked = true;
		return CURL_SOCKET_BAD;
	}
	job->dialled = true;
	return socket(address->family, address->socktype | SOCK_CLOEXEC,
	    address->protocol);
}

/* A connection that another portal has opened needs this one's leave too. */
static int
before_request(
    void *context, char *remote, char *local, int remote_port, int local_port)
{
	struct job *job = context;

	(void)local;
	(void)remote_port;
	(void)local_port;
	if (address_text_allowed(remote, job->request->portal, job->plain))
		return CURL_PREREQFUNC_OK;
	job_stop(job, CARRIED_REFUSED, "channel.address");
	return CURL_PREREQFUNC_ABORT;
}

static bool
set_addresses(struct job *job)
{
	CURL *easy = job->easy;

	return curl_easy_setopt(
		   easy, CURLOPT_OPENSOCKETFUNCTION, open_socket) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, job) ==
		   CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, before_request) ==
		   CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_PREREQDATA, job) == CURLE_OK;
}

/* Nothing that libcurl would pick up by itself, and no way around TLS. */
static bool
set_protocols(struct job *job)
{
	const char *redirects = job->plain ? "http,https" : "https";
	CURL *easy = job->easy;
	bool ok = true;

	ok &= curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR,
		  job->plain ? "http" : "https") == CURLE_OK;
	ok &= curl_easy_setopt(easy, CURLOPT_REDIR_PROTOCOLS_STR, redirects) ==
	      CURLE_OK;
	ok &= curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION,
		  job->request->follow ? 1L : 0L) == CURLE_OK;
	ok &= curl_easy_setopt(easy, CURLOPT_MAXREDIRS,
		  (long)JOB_REDIRECTS_MOST) == CURLE_OK;
	ok &= curl_easy_setopt(easy, CURLOPT_HTTP09_ALLOWED, 0L) == CURLE_OK;
	ok &= curl_easy_setopt(easy, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED) ==
	      CURLE_OK;
	ok &= curl_easy_setopt(easy, CURLOPT_DISALLOW_USERNAME_IN_URL, 1L) ==
	      CURLE_OK;
	ok &= curl_easy_setopt(easy, CURLOPT_HTTP_CONTENT_DECODING, 0L) ==
	      CURLE_OK;
	return ok;
}

/*
 * "" keeps libcurl from asking the environment.  By way of a proxy only its
 * address is seen here, so a host that is an address is looked at as it is.
 */
static bool
set_proxy(struct job *job)
{
	const struct portal *portal = job->request->portal;
	CURL *easy = job->easy;
	bool ok = true;

	ok &= curl_easy_setopt(easy, CURLOPT_PROXY,
		  portal->proxy == NULL ? "" : portal->proxy) == CURLE_OK;
	ok &= curl_easy_setopt(easy, CURLOPT_NOPROXY, "") == CURLE_OK;
	ok &= curl_easy_setopt(easy, CURLOPT_HTTPPROXYTUNNEL, 1L) == CURLE_OK;
	ok &= curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L) ==
	      CURLE_OK;
	return ok;
}

/* Whether the URL's host is no address, or one that is allowed. */
static bool
host_is_allowed(const struct job *job)
{
	CURLU *url = curl_url();
	char *host = NULL;
	bool allowed = false;
	size_t len;

	if (url != NULL &&
	    curl_url_set(url, CURLUPART_URL, job->request->url, 0) ==
		CURLUE_OK &&
	    curl_url_get(url, CURLUPART_HOST, &host, 0) == CURLUE_OK) {
		len = strlen(host);
		if (host[0] == '[' && host[len - 1] == ']') {
			host[len - 1] = '\0';
			allowed = address_text_allowed(
			    host + 1, job->request->portal, job->plain);
		} else {
			/* libcurl has made 0x7f.1 an address of four parts. */
			allowed = strspn(host, "0123456789.") != len ||
				  address_text_allowed(
				      host, job->request->portal, job->plain);
		}
	}
	curl_free(host);
	curl_url_cleanup(url);
	return allowed;
}

static bool
set_pem(struct job *job, const struct secret_place *place, CURLoption option,
    char *into)
{
	struct curl_blob blob = { .data = into, .flags = CURL_BLOB_NOCOPY };
	const char *problem =
	    secret_read_long(place, into, PEM_MOST, &blob.len);

	if (problem == NULL)
		return curl_easy_setopt(job->easy, option, &blob) == CURLE_OK;
	job_stop(job, CARRIED_HELD, problem);
	return true;
}

static bool
set_client(struct job *job, const struct tls *tls)
{
	CURL *easy = job->easy;

	if (tls->client_certificate.name == NULL)
		return true;
	if ((job->pem = calloc(2, PEM_MOST)) == NULL)
		return false;
	return set_pem(job, &tls->client_certificate, CURLOPT_SSLCERT_BLOB,
		   job->pem) &&
	       set_pem(job, &tls->client_key, CURLOPT_SSLKEY_BLOB,
		   job->pem + PEM_MOST) &&
	       curl_easy_setopt(easy, CURLOPT_SSLCERTTYPE, "PEM") == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_SSLKEYTYPE, "PEM") == CURLE_OK &&
	       /* Never asked for at a terminal. */
	       curl_easy_setopt(easy, CURLOPT_KEYPASSWD, "") == CURLE_OK;
}

static bool
set_tls(struct job *job)
{
	const struct tls *tls = &job->request->portal->tls;
	CURL *easy = job->easy;
	bool ok = true;

	ok &= curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L) == CURLE_OK;
	ok &= curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L) == CURLE_OK;
	ok &= curl_easy_setopt(easy, CURLOPT_SSLVERSION,
		  (long)CURL_SSLVERSION_TLSv1_2) == CURLE_OK;
	if (tls->ca != NULL) {
		if (access(tls->ca, R_OK) == -1)
			job_stop(job, CARRIED_HELD, "channel.ca");
		ok &=
		    curl_easy_setopt(easy, CURLOPT_CAINFO, tls->ca) == CURLE_OK;
		ok &= curl_easy_setopt(easy, CURLOPT_CAPATH, NULL) == CURLE_OK;
	}
	if (tls->pins != NULL)
		ok &= curl_easy_setopt(
			  easy, CURLOPT_PINNEDPUBLICKEY, tls->pins) == CURLE_OK;
	return ok && set_client(job, tls);
}

bool
guard_set(struct job *job)
{
	if (job->request->portal->proxy != NULL && !host_is_allowed(job))
		job_stop(job, CARRIED_REFUSED, "channel.address");
	return set_protocols(job) && set_addresses(job) && set_proxy(job) &&
	       set_tls(job);
}

void
guard_wipe(struct job *job)
{
	if (job->pem != NULL)
		explicit_bzero(job->pem, 2 * PEM_MOST);
	free(job->pem);
	job->pem = NULL;
}
