/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What could not be read. The first of a reason becomes a row at once, with its place
 * and an example; those that follow are only counted, for a log may be nothing else.
 */
#include "ingest/reader.h"

#include "core/text.h"

#include <string.h>

enum { EXAMPLE_MAX = 160, COUNT_MAX = 1 << 30 };

static enum status write_row(struct ingest *to, const char *reason, uint64_t count,
			     uint64_t record, struct slice example, struct error *err)
{
	AUTO_TEXT struct text shown = text_make(8 * EXAMPLE_MAX);
	text_add_printable(&shown, example, EXAMPLE_MAX);
	struct row_stream *q = row_begin(to->rows, QUERY_SKIP_ADD);
	row_i64(q, 1, to->source);
	row_text(q, 2, reason);
	row_i64(q, 3, (int64_t)record);
	row_slice(q, 4, text_slice(&shown));
	row_i64(q, 5, count <= INT64_MAX ? (int64_t)count : INT64_MAX);
	return row_end(q, err);
}

/* The count of a reason; NULL where it has none yet. */
static struct skip_count *find(struct ingest *to, const char *reason)
{
	for (size_t i = 0; i < to->skip_reasons; i++)
		if (!strcmp(to->skipped[i].reason, reason))
			return &to->skipped[i];
	return NULL;
}

enum status ingest_skip_many(struct ingest *to, const char *reason, uint64_t count,
			     uint64_t record, struct slice example, struct error *err)
{
	struct skip_count *c = find(to, reason);
	if (c && count < COUNT_MAX && c->count < COUNT_MAX) {
		c->count += count;
		return OK;
	}
	size_t size = strlen(reason);
	if (!c && to->skip_reasons < SKIP_REASONS_MAX && size < sizeof c->reason) {
		c = &to->skipped[to->skip_reasons++];
		memcpy(c->reason, reason, size + 1);
		c->count = 0;
	}
	return write_row(to, reason, count, record, example, err);
}

enum status ingest_skip(struct ingest *to, const char *reason, uint64_t record,
			struct slice example, struct error *err)
{
	return ingest_skip_many(to, reason, 1, record, example, err);
}

enum status ingest_skip_finish(struct ingest *to, struct error *err)
{
	enum status status = OK;
	for (size_t i = 0; i < to->skip_reasons && !status; i++) {
		struct skip_count *c = &to->skipped[i];
		if (c->count)
			status = write_row(to, c->reason, c->count, 0, slice_of(NULL, 0), err);
		c->count = 0;
	}
	return status;
}
