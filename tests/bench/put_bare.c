/*
 * put_bare FOLDER PORTALS FILES CONNECTIONS URL
 *
 * The requests of put_yugao with nothing but libcurl: as many PUTs of the
 * same files under the same headers, as many at once, no record of any.
 * Prints seconds and how many were taken.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include <curl/curl.h>

#define PATH_MOST 512

struct put {
	CURL *easy;
	FILE *body;
};

struct work {
	const char *tree, *base;
	int portals, files, next, taken;
	struct curl_slist *headers;
};

static double
seconds(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* One file to each portal in turn, as a fair queue sends them. */
static int
begin(struct work *work, CURLM *multi, struct put *put)
{
	int portal = work->next % work->portals;
	int file = work->next / work->portals;
	char path[PATH_MOST], url[PATH_MOST];
	struct stat st;

	if (file >= work->files)
		return 0;
	work->next++;
	snprintf(path, sizeof(path), "%s/f%d.ics", work->tree, file);
	snprintf(url, sizeof(url), "%sp%d/f%d.ics", work->base, portal, file);
	put->body = fopen(path, "rb");
	if (put->body == NULL || fstat(fileno(put->body), &st) == -1) {
		perror(path);
		exit(1);
	}
	curl_easy_setopt(put->easy, CURLOPT_URL, url);
	curl_easy_setopt(put->easy, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(put->easy, CURLOPT_READDATA, put->body);
	curl_easy_setopt(
	    put->easy, CURLOPT_INFILESIZE_LARGE, (curl_off_t)st.st_size);
	curl_easy_setopt(put->easy, CURLOPT_HTTPHEADER, work->headers);
	curl_easy_setopt(put->easy, CURLOPT_PRIVATE, put);
	curl_multi_add_handle(multi, put->easy);
	return 1;
}

static void
end(struct work *work, CURLM *multi, struct put *put)
{
	long status = 0;

	curl_easy_getinfo(put->easy, CURLINFO_RESPONSE_CODE, &status);
	work->taken += status / 100 == 2;
	curl_multi_remove_handle(multi, put->easy);
	fclose(put->body);
}

int
main(int argc, char **argv)
{
	struct work work = { 0 };
	CURLM *multi;
	CURLMsg *message;
	int n, i, left, running, flying = 0;
	struct put *puts_, *put;
	double begun;

	if (argc != 6)
		return 2;
	work.tree = argv[1];
	work.portals = atoi(argv[2]);
	work.files = atoi(argv[3]);
	work.base = argv[5];
	n = work.portals * atoi(argv[4]);
	curl_global_init(CURL_GLOBAL_ALL);
	work.headers = curl_slist_append(NULL, "If-None-Match: *");
	work.headers = curl_slist_append(
	    work.headers, "Content-Type: text/calendar; charset=utf-8");
	work.headers = curl_slist_append(work.headers, "Expect:");
	multi = curl_multi_init();
	curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, (long)n);
	puts_ = calloc((size_t)n, sizeof(*puts_));
	begun = seconds();
	for (i = 0; i < n; i++) {
		puts_[i].easy = curl_easy_init();
		flying += begin(&work, multi, &puts_[i]);
	}
	while (flying > 0) {
		curl_multi_perform(multi, &running);
		while ((message = curl_multi_info_read(multi, &left)) != NULL) {
			curl_easy_getinfo(message->easy_handle,
			    CURLINFO_PRIVATE, (char **)&put);
			end(&work, multi, put);
			flying += begin(&work, multi, put) - 1;
		}
		if (flying > 0)
			curl_multi_poll(multi, NULL, 0, 1000, NULL);
	}
	printf("%.4f %d\n", seconds() - begun, work.taken);
	for (i = 0; i < n; i++)
		curl_easy_cleanup(puts_[i].easy);
	curl_multi_cleanup(multi);
	return 0;
}
