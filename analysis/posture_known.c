/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is known of products, out of three tables, each with a heading and a tab between
 * fields, into one of rows that statements can ask.
 */
#include "analysis/posture.h"

#include "tables.h" /* generated */

enum { FIELD_MAX = 512, FIELDS = 6 };

/* `kind`: of all rows of the table; NULL: it is their first field. */
static enum status load(struct store *store, struct slice table, const char *kind, struct error *err)
{
	struct cursor lines = cursor_over(table);
	struct slice line;
	enum status status = OK;
	bool heading = true;
	while (!status && cursor_line(&lines, &line, NULL)) {
		struct cursor c = cursor_over(line);
		sqlite3_stmt *q = store_query(store, QUERY_POSTURE_KNOWN_INSERT);
		int at = 1;
		if (kind)
			store_bind_text(q, at++, kind);
		for (; at <= FIELDS; at++) {
			struct slice field;
			if (!cursor_until(&c, '\t', FIELD_MAX, &field)) {
				field = cursor_rest(&c);
				cursor_skip(&c, field.size);
			}
			store_bind_slice(q, at, field.size ? field : SLICE(""));
		}
		if (!heading && line.size > 0)
			status = store_run(q, err);
		heading = false;
	}
	return status;
}

enum status posture_known(struct store *store, struct error *err)
{
	const struct {
		struct slice table;
		const char *kind;
	} tables[] = {
		{slice_of(embedded_table_posture, embedded_table_posture_size), NULL},
		{slice_of(embedded_table_extensions, embedded_table_extensions_size), "extension"},
		{slice_of(embedded_table_tiers, embedded_table_tiers_size), "tier"},
	};
	enum status status = OK;
	for (size_t i = 0; i < LENGTH(tables) && !status; i++)
		status = load(store, tables[i].table, tables[i].kind, err);
	return status;
}
