/* What becomes of what the gate has found. */
#include "gate.h"

#include <stdlib.h>
#include <string.h>

#include <yugao/arena.h>
#include <yugao/error.h>
#include <yugao/file.h>

#define WORD 8 /* digits of the digest that a person gives back */

static int
compare_strings(const char *a, const char *b)
{
	if (a == NULL || b == NULL)
		return (a != NULL) - (b != NULL);
	return strcmp(a, b);
}

/* The same about the same release stands together. */
static int
compare_findings(const void *a, const void *b)
{
	const struct gate_finding *x = a, *y = b;
	int order = (x->rule > y->rule) - (x->rule < y->rule);

	if (order == 0)
		order = compare_strings(x->uid, y->uid);
	if (order == 0)
		order = strcmp(x->path, y->path);
	if (order == 0)
		order = (x->line > y->line) - (x->line < y->line);
	return order;
}

static const char *
word_of(const struct gate *gate)
{
	char hex[DIGEST_HEX_SIZE];
	struct digest digest;
	struct buf buf;
	size_t i;

	buf_init(&buf, gate->arena);
	for (i = 0; i < gate->found.n; i++) {
		const struct gate_finding *f = &gate->found.v[i];

		buf_printf(&buf, "%d %s %s %lld %lld\n", (int)f->rule,
		    f->uid == NULL ? "" : f->uid, f->path, (long long)f->was,
		    (long long)f->will);
	}
	digest = digest_of(buf.data, buf.len);
	return arena_strndup(gate->arena, digest_hex(hex, &digest), WORD);
}

static const char *
number(struct arena *arena, int64_t n)
{
	return arena_printf(arena, "%lld", (long long)n);
}

/* Of one finding that `files` files have. */
static struct message
message_of(const struct gate *gate, const struct gate_finding *f, size_t files)
{
	struct arena *arena = gate->arena;

	switch (f->rule) {
	case GATE_LINT:
		break;
	case GATE_LOST:
		return MESSAGE(arena, "tree.gate_lost", f->uid,
		    number(arena, (int64_t)files));
	case GATE_SEQUENCE:
		return MESSAGE(arena, "tree.gate_sequence", f->uid,
		    number(arena, f->was), number(arena, f->will),
		    number(arena, (int64_t)files));
	case GATE_SHRUNK:
		return MESSAGE(arena, "tree.gate_shrunk", number(arena, f->was),
		    number(arena, f->will),
		    number(arena, gate->office->shrink_percent));
	case GATE_GONE:
		return MESSAGE(arena, "tree.gate_gone", number(arena, f->was));
	}
	return f->message;
}

/* Each once, at the first file that has it. */
static void
tell(const struct gate *gate, struct diags *diags, enum diag_level level,
    const char *refused)
{
	struct arena *arena = gate->arena;
	size_t i, end;

	for (i = 0; i < gate->found.n; i = end) {
		const struct gate_finding *f = &gate->found.v[i];
		struct place place = { .line = f->line, .col = f->col };

		end = i + 1;
		while (f->uid != NULL && end < gate->found.n &&
		       gate->found.v[end].rule == f->rule &&
		       strcmp(gate->found.v[end].uid, f->uid) == 0)
			end++;
		place.file = file_join(arena,
		    f->rule == GATE_LINT
			? refused
			: file_join(arena, gate->office->state, "public"),
		    f->path);
		diag_add(
		    arena, diags, level, place, message_of(gate, f, end - i));
	}
}

const struct error *
gate_judge(
    struct gate *gate, const struct tree_gate *order, const char *refused)
{
	struct arena *arena = gate->arena;
	struct diags unheard = { 0 };
	struct diags *diags = order == NULL ? &unheard : order->diags;
	const char *overrule = order == NULL ? NULL : order->overrule, *word;
	bool lint, accepted;

	if (gate->found.n == 0)
		return NULL;
	qsort(gate->found.v, gate->found.n, sizeof(*gate->found.v),
	    compare_findings);
	word = word_of(gate);
	lint = gate->found.v[0].rule == GATE_LINT;
	accepted = !lint && overrule != NULL && strcmp(overrule, word) == 0;
	tell(gate, diags, accepted ? DIAG_WARNING : DIAG_ERROR, refused);
	if (accepted)
		return NULL;
	if (lint)
		return ERROR_NEW(
		    arena, ERROR_FAILED, NULL, "tree.gate_lint", refused);
	if (overrule != NULL)
		return ERROR_NEW(arena, ERROR_FAILED, NULL, "tree.gate_other",
		    overrule, word);
	return ERROR_NEW(
	    arena, ERROR_FAILED, NULL, "tree.gate_refused", refused, word);
}
