/*
 * Copies to statistics institutions, out of the record: its rows are the
 * steps, put together here.
 */
#include <yugao/copy.h>

#include <stdlib.h>
#include <string.h>

#include <yugao/arena.h>
#include <yugao/error.h>
#include <yugao/record.h>
#include <yugao/store.h>

#include "outcome.h"

static const char *const steps[] = {
	[COPY_ISSUED] = "issued",
	[COPY_SENT] = "sent",
	[COPY_ACKNOWLEDGED] = "acknowledged",
};
static const char *const receipts[] = {
	[RECEIPT_ANSWER] = "answer",
	[RECEIPT_URL] = "url",
	[RECEIPT_ACT] = "act",
};

static struct instant *
instant_of(struct copy *copy, enum copy_step step)
{
	return step == COPY_ISSUED ? &copy->issued_at
	       : step == COPY_SENT ? &copy->sent_at
				   : &copy->acknowledged_at;
}

static bool *
flag_of(struct copy *copy, enum copy_step step)
{
	return step == COPY_ISSUED ? &copy->issued
	       : step == COPY_SENT ? &copy->sent
				   : &copy->acknowledged;
}

static const struct error *
is_known(struct store *store, enum copy_step step, const struct copy *copy,
    bool *known)
{
	struct query *query;
	const struct error *error = query_open(store,
	    "SELECT 1 FROM record WHERE kind = 'copy' AND subject = ?1"
	    " AND body ->> '$.step' = ?2 AND body ->> '$.entry' = ?3"
	    " AND body ->> '$.via' IS ?4 AND body ->> '$.document' IS ?5",
	    &query);

	*known = false;
	if (error != NULL)
		return error;
	query_set_text(query, 1, copy->subject);
	query_set_text(query, 2, steps[step]);
	query_set_int(query, 3, copy->entry);
	query_set_text(query, 4, copy->via);
	query_set_text(query, 5, copy->document);
	error = query_next(query, known);
	query_close(query);
	return error;
}

const struct error *
copy_append(struct arena *arena, struct store *store, enum copy_step step,
    const struct copy *copy, struct instant now)
{
	struct record record = {
		.kind = RECORD_COPY, .at = now, .subject = copy->subject
	};
	struct copy row = *copy;
	const struct error *error;
	struct buf buf;
	bool known;

	if ((error = is_known(store, step, copy, &known)) != NULL || known)
		return error;
	buf_init(&buf, arena);
	outcome_instant(&buf, "at", instant_of(&row, step));
	outcome_digest(&buf, "digest", copy->has_digest ? &copy->digest : NULL);
	outcome_string(&buf, "document", copy->document);
	outcome_number(&buf, "entry", copy->entry);
	outcome_string(&buf, "institution", copy->institution);
	outcome_digest(
	    &buf, "published", copy->has_published ? &copy->published : NULL);
	if (step == COPY_ACKNOWLEDGED)
		outcome_string(&buf, "receipt", receipts[copy->receipt]);
	outcome_string(&buf, "step", steps[step]);
	outcome_string(&buf, "via", copy->via);
	buf_putc(&buf, '}');
	record.body = buf.data;
	return record_append(arena, store, &record);
}

static bool
same(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

/* A step goes with the copy that it is of, which came just before. */
static struct copy *
copy_for(struct arena *arena, struct copies *copies, const struct copy *row)
{
	size_t i;

	for (i = copies->n; i > 0; i--) {
		struct copy *copy = &copies->v[i - 1];

		if (strcmp(copy->subject, row->subject) != 0)
			break;
		if (copy->entry == row->entry && same(copy->via, row->via) &&
		    same(copy->document, row->document))
			return copy;
	}
	ARRAY_PUSH(arena, copies, *row);
	return &copies->v[copies->n - 1];
}

static void
take_row(struct arena *arena, struct query *query, struct copies *copies)
{
	struct copy row = { .subject =
				arena_strdup(arena, query_text(query, 0)),
		.entry = query_int(query, 4),
		.via = arena_string(arena, query_text(query, 5)),
		.document = arena_string(arena, query_text(query, 6)),
		.institution = arena_string(arena, query_text(query, 7)) };
	int step = outcome_word(query_text(query, 2), steps, COUNT(steps));
	int receipt =
	    outcome_word(query_text(query, 10), receipts, COUNT(receipts));
	struct instant at;
	struct copy *copy;

	if (step < 0 || query_is_null(query, 3) ||
	    !instant_parse(query_text(query, 3), &at))
		return;
	copy = copy_for(arena, copies, &row);
	copy->known.s = query_int(query, 1);
	*flag_of(copy, (enum copy_step)step) = true;
	*instant_of(copy, (enum copy_step)step) = at;
	if (receipt >= 0)
		copy->receipt = (enum copy_receipt)receipt;
	if (!query_is_null(query, 8) &&
	    digest_parse(query_text(query, 8), &copy->digest) == 0)
		copy->has_digest = true;
	if (!query_is_null(query, 9) &&
	    digest_parse(query_text(query, 9), &copy->published) == 0)
		copy->has_published = true;
}

static int
compare(const void *a, const void *b)
{
	const struct copy *x = a, *y = b;
	int order = strcmp(x->subject, y->subject);

	if (order != 0)
		return order;
	return x->entry < y->entry ? -1 : x->entry > y->entry;
}

const struct error *
copies_read(struct arena *arena, struct store *store,
    const struct instant *as_of, struct copies *copies)
{
	struct query *query;
	const struct error *error = query_open(store,
	    "SELECT subject, at, body ->> '$.step', body ->> '$.at',"
	    " body ->> '$.entry', body ->> '$.via', body ->> '$.document',"
	    " body ->> '$.institution', body ->> '$.digest',"
	    " body ->> '$.published', body ->> '$.receipt'"
	    " FROM record WHERE kind = 'copy' AND at <= ?"
	    " ORDER BY subject, id",
	    &query);
	bool row;

	*copies = (struct copies){ 0 };
	if (error != NULL)
		return error;
	query_set_int(query, 1, as_of == NULL ? INT64_MAX : as_of->s);
	while ((error = query_next(query, &row)) == NULL && row)
		take_row(arena, query, copies);
	query_close(query);
	if (copies->n > 1)
		qsort(copies->v, copies->n, sizeof(*copies->v), compare);
	return error;
}

const struct copy *
copies_of(const struct copies *copies, const char *subject, size_t *n)
{
	size_t low = 0, high = copies == NULL ? 0 : copies->n;

	*n = 0;
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(copies->v[middle].subject, subject) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	while (copies != NULL && low + *n < copies->n &&
	       strcmp(copies->v[low + *n].subject, subject) == 0)
		(*n)++;
	return *n > 0 ? &copies->v[low] : NULL;
}

const char *
copy_plan_subject(struct arena *arena, const char *department, int year)
{
	return arena_printf(arena, "%s/%04d", department, year);
}

const struct error *
sheet_append(struct arena *arena, struct store *store,
    const struct sheet_made *sheet, struct instant now)
{
	struct record record = {
		.kind = RECORD_SHEET, .at = now, .subject = sheet->period
	};
	struct buf buf;

	buf_init(&buf, arena);
	outcome_string(&buf, "department", sheet->department);
	outcome_digest(&buf, "digest", &sheet->digest);
	buf_putc(&buf, '}');
	record.body = buf.data;
	return record_append(arena, store, &record);
}

const struct error *
sheets_read(struct arena *arena, struct store *store,
    const struct instant *as_of, struct sheets_made *sheets)
{
	struct query *query;
	const struct error *error = query_open(store,
	    "SELECT subject, at, body ->> '$.department', body ->> '$.digest'"
	    " FROM record WHERE kind = 'sheet' AND at <= ? ORDER BY id",
	    &query);
	bool row;

	*sheets = (struct sheets_made){ 0 };
	if (error != NULL)
		return error;
	query_set_int(query, 1, as_of == NULL ? INT64_MAX : as_of->s);
	while ((error = query_next(query, &row)) == NULL && row) {
		struct sheet_made sheet = {
			.period = arena_strdup(arena, query_text(query, 0)),
			.department = arena_string(arena, query_text(query, 2)),
			.at = { query_int(query, 1) },
		};

		if (!query_is_null(query, 3) &&
		    digest_parse(query_text(query, 3), &sheet.digest) == 0)
			ARRAY_PUSH(arena, sheets, sheet);
	}
	query_close(query);
	return error;
}

const struct sheet_made *
sheets_find(const struct sheets_made *sheets, const char *period,
    const char *department)
{
	size_t i;

	for (i = 0; sheets != NULL && i < sheets->n; i++) {
		const struct sheet_made *sheet = &sheets->v[i];

		if (strcmp(sheet->period, period) == 0 &&
		    (sheet->department == NULL || department == NULL ||
			strcmp(sheet->department, department) == 0))
			return sheet;
	}
	return NULL;
}
