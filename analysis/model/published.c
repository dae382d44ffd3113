/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What was published of the models of the tiers: schema/published.tsv, a heading and a tab
 * between the fields; or what the site had the run hold against, which its record tells.
 */
#include "analysis/model/models.h"

#include "tables.h" /* generated */

enum { FIELD_MAX = 512, FIELDS = 8 };

static enum status of_this_build(struct store *store, struct error *err)
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

enum status published(struct store *store, struct error *err)
{
	int64_t there = 0;
	enum status status = store_run(store_query(store, QUERY_PUBLISHED_OF_SITE), err);
	if (!status)
		status = store_number(store_query(store, QUERY_PUBLISHED_COUNT), &there, err);
	return status || there ? status : of_this_build(store, err);
}
