/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/capture/hosts.h"

enum status hosts_load(struct store *store, struct hosts *ret, struct error *err)
{
	sqlite3_stmt *q = store_query(store, QUERY_FLOW_HOSTS);
	bool row = true;
	ret->count = 0;
	while (row && ret->count < HOSTS_MAX) {
		enum status status = store_step(q, &row, err);
		if (status)
			return status;
		struct host *h = &ret->all[ret->count];
		if (!row)
			break;
		h->ifindex = (uint32_t)store_i64(q, 1);
		h->from_ns = store_i64(q, 3);
		if (address_parse(store_slice(q, 0), &h->address) &&
		    slice_to_string(store_slice(q, 2), h->iface, sizeof h->iface))
			ret->count++;
	}
	sqlite3_reset(q);
	return OK;
}

bool hosts_own(const struct hosts *h, const struct address *a)
{
	for (size_t i = 0; i < h->count; i++)
		if (address_equal(&h->all[i].address, a))
			return true;
	return false;
}

/* The rows are in the order of time; the first one counts for what was before. */
const char *hosts_iface(const struct hosts *h, uint32_t ifindex, int64_t time_ns)
{
	const char *found = NULL;
	for (size_t i = 0; i < h->count; i++)
		if (h->all[i].ifindex == ifindex && (!found || h->all[i].from_ns <= time_ns))
			found = h->all[i].iface;
	return found;
}
