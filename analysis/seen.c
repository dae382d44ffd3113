/* SPDX-License-Identifier: Apache-2.0 */
#include "analysis/seen.h"

enum status seen_each(struct store *store, void (*each)(void *to, const struct seen *s), void *to,
		      struct error *err)
{
	sqlite3_stmt *q = store_query(store, QUERY_SEEN_NAMES);
	bool row = true;
	enum status status = OK;
	while (!status && row) {
		status = store_step(q, &row, err);
		if (status || !row)
			break;
		const struct seen s = {
			.name = store_slice(q, 0),
			.lookups = (uint64_t)store_i64(q, 1),
			.connections = (uint64_t)store_i64(q, 2),
			.first_ns = store_i64(q, 3),
			.last_ns = store_i64(q, 4),
		};
		each(to, &s);
	}
	sqlite3_reset(q);
	return status;
}
