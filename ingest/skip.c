/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/reader.h"

#include "core/text.h"

enum { EXAMPLE_MAX = 160 };

enum status ingest_skip_many(struct ingest *to, const char *reason, uint64_t count,
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

enum status ingest_skip(struct ingest *to, const char *reason, uint64_t record,
			struct slice example, struct error *err)
{
	return ingest_skip_many(to, reason, 1, record, example, err);
}
