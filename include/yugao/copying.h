/*
 * Sends copies to the statistics institutions that have a portal of their
 * own: of each release that is out, and of each year's plan and its changes
 * (C07).  Each is on record before it is sent; one that a portal does not take
 * is tried again by the next run.  Nothing of it is ever public.
 */
#ifndef YUGAO_COPYING_H
#define YUGAO_COPYING_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>

#include <yugao/office.h>
#include <yugao/outcomes.h>
#include <yugao/transport.h>

struct copy_run {
	const struct office *office;
	const struct view *view;
	const struct outcomes *outcomes; /* copies and sightings */
	struct transport *transport;
	const char *folder; /* where what is sent is put meanwhile */
	struct instant now;
	const volatile sig_atomic_t *stop; /* or NULL */
	/* Results. */
	size_t sent, acknowledged, waiting;
	struct diags *diags; /* what a portal did not take, and why */
};

/* Whether there is a portal that takes copies at all. */
bool copying_is_wanted(const struct office *office);
const struct error *copying_send(
    struct arena *arena, struct store *store, struct copy_run *copying);

#endif
