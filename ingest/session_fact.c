/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/session_fact.h"

enum status session_fact(struct store *store, const char *name, struct slice value,
			 struct error *err)
{
	sqlite3_stmt *q = store_query(store, QUERY_SESSION_SET);
	store_bind_text(q, 1, name);
	store_bind_slice(q, 2, value);
	return store_run(q, err);
}
