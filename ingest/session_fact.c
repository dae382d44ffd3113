/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/session_fact.h"

enum status session_fact(struct row_stream *rows, const char *name, struct slice value,
			 struct error *err)
{
	struct row_stream *q = row_begin(rows, QUERY_SESSION_SET);
	row_text(q, 1, name);
	row_slice(q, 2, value);
	return row_end(q, err);
}
