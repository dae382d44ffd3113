/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/start.h"

#include "core/clock.h"

#include <string.h>

static enum status load_ids(struct store *store, struct start *ret, struct error *err)
{
	bool row;
	sqlite3_stmt *q = store_query(store, QUERY_INGEST_NEXT);
	enum status status = store_step(q, &row, err);
	if (!status && row) {
		ret->flow = store_i64(q, 0);
		ret->dns = store_i64(q, 1);
		ret->attempt = store_i64(q, 2);
		ret->process = store_i64(q, 3);
	}
	sqlite3_reset(q);
	return status;
}

enum status start_load(struct store *store, struct start *ret, struct error *err)
{
	char scope[16];
	int64_t told = 0;
	enum status status = load_ids(store, ret, err);
	if (!status)
		status = store_number(store_query(store, QUERY_CAPTURE_HOST_TOLD), &told, err);
	ret->host_told = told > 0;
	if (!status)
		status = store_session_value(store, "scope", scope, sizeof scope, err);
	if (!status)
		ret->host_scope = !strcmp(scope, "host");
	zone_unknown(&ret->zone);
	if (!status)
		status = store_number(store_query(store, QUERY_SESSION_END), &ret->reference_ns, err);
	if (!status && ret->reference_ns == 0)
		ret->reference_ns = clock_now().wall_ns;
	return status ? status : hosts_load(store, &ret->hosts, err);
}
