/*
 * put_yugao FOLDER PORTALS FILES CONNECTIONS HANGING URL HANGING-URL
 *
 * Queues FILES of about 2 kB for each of PORTALS, of which HANGING are at the
 * other URL, and drains the outbox.  Prints seconds until the last file was
 * taken, seconds in all, and how many were taken.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <yugao/arena.h>
#include <yugao/error.h>
#include <yugao/file.h>
#include <yugao/outbox.h>
#include <yugao/store.h>

#define FILE_SIZE 2000

static double
seconds(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static int64_t
ticks_ms(void *context)
{
	(void)context;
	return (int64_t)(seconds() * 1000);
}

static struct instant
wall(void *context)
{
	(void)context;
	return (struct instant){ (int64_t)time(NULL) };
}

/* libcurl's transport, which notes when something was taken. */
struct noting {
	struct transport base;
	struct transport *real;
	double last;
};

static bool
noting_send(struct transport *base, const struct request *request)
{
	struct transport *real = ((struct noting *)base)->real;

	return real->type->send(real, request);
}

static const struct error *
noting_wait(struct transport *base, struct arena *arena, int ms,
    struct answer *answer, void **context)
{
	struct noting *noting = (struct noting *)base;
	const struct error *error =
	    noting->real->type->wait(noting->real, arena, ms, answer, context);

	if (error == NULL && *context != NULL && answer->status / 100 == 2)
		noting->last = seconds();
	return error;
}

static void
noting_close(struct transport *base)
{
	struct transport *real = ((struct noting *)base)->real;

	real->type->close(real);
}

static void
must(struct arena *arena, const struct error *error)
{
	if (error == NULL)
		return;
	fprintf(stderr, "put_yugao: %s\n", error_text(arena, LANG_EN, error));
	exit(1);
}

static struct tree_files
make_files(struct arena *arena, const char *tree, int n)
{
	struct tree_files files = { 0 };
	char data[FILE_SIZE];
	int i;

	for (i = 0; i < n; i++) {
		struct tree_file file = { .path =
					      arena_printf(arena, "f%d.ics", i),
			.size = FILE_SIZE };

		memset(data, 'a' + i % 26, sizeof(data));
		snprintf(data, sizeof(data), "file %d\n", i);
		file.digest = digest_of(data, sizeof(data));
		must(arena,
		    file_replace(arena, file_join(arena, tree, file.path), data,
			sizeof(data)));
		ARRAY_PUSH(arena, &files, file);
	}
	return files;
}

static void
make_portals(struct arena *arena, struct portal *portals, int n, int hanging,
    char **urls)
{
	int i, every = hanging > 0 ? n / hanging : n + 1;

	for (i = 0; i < n; i++) {
		bool hangs = i % every == 0 && hanging > 0;

		portals[i] = (struct portal){
			.id = arena_printf(arena, "p%03d", i),
			.kind = "http-put",
			.url = arena_printf(
			    arena, "%sp%d/", urls[hangs ? 1 : 0], i),
			.allow_private = true,
			.body_most = 1 << 20,
			.timeout = 5,
			.connect_timeout = 5,
		};
	}
}

int
main(int argc, char **argv)
{
	static const struct transport_type type = { noting_send, noting_wait,
		noting_close };
	static const struct ticks ticks = { ticks_ms, NULL };
	struct arena *arena = arena_new();
	struct noting noting = { .base = { &type } };
	struct office office = { 0 };
	struct outbox_run run = {
		.office = &office, .transport = &noting.base, .clock = wall
	};
	struct tree_files files;
	struct store *store;
	struct portal *portals;
	double begun;
	int i;

	if (argc != 8)
		return 2;
	office.n_portals = (size_t)atoi(argv[2]);
	portals = arena_alloc(arena, office.n_portals * sizeof(*portals));
	office.portals = portals;
	make_portals(arena, portals, atoi(argv[2]), atoi(argv[5]), argv + 6);
	for (i = 0; i < atoi(argv[2]); i++)
		portals[i].connections = atoi(argv[4]);
	run.tree = file_join(arena, argv[1], "tree");
	must(arena, file_make_directories(arena, run.tree));
	files = make_files(arena, run.tree, atoi(argv[3]));
	must(arena, store_open(arena, file_join(arena, argv[1], "yugao.db"),
			STORE_WRITE, &store));
	must(arena, store_begin(store));
	must(arena, outbox_fill(arena, store, &office, &files));
	must(arena, store_commit(store));
	must(arena, curl_transport_open(arena, 256, &ticks, &noting.real));
	begun = seconds();
	must(arena, outbox_drain(arena, store, &run));
	printf("%.4f %.4f %zu\n", noting.last - begun, seconds() - begun,
	    run.accepted);
	noting.base.type->close(&noting.base);
	store_close(store);
	arena_free(arena);
	return 0;
}
