/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What was published of the models of the tiers: schema/published.tsv, a heading and a tab
 * between the fields.
 */
#include "analysis/model/models.h"

#include "tables.h" /* generated */

enum { FIELD_MAX = 512, FIELDS = 8 };

enum status published(struct store *store, struct error *err)
{
	struct cursor lines = cursor_over(slice_of(embedded_table_published, embedded_table_published_size));
	struct slice line, field;
	enum status status = OK;
	cursor_line(&lines, &line, NULL);
	while (!status && cursor_line(&lines, &line, NULL)) {
		struct cursor c = cursor_over(line);
		sqlite3_stmt *q = store_query(store, QUERY_PUBLISHED_INSERT);
		for (int at = 1; at <= FIELDS; at++) {
			if (!cursor_until(&c, '\t', FIELD_MAX, &field)) {
				field = cursor_rest(&c);
				cursor_skip(&c, field.size);
			}
			store_bind_slice(q, at, field);
		}
		status = store_run(q, err);
	}
	return status;
}
