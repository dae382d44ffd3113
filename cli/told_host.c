/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/told_host.h"

#include <string.h>

static void say_host(struct text *said, const char *address, const char *how, long long flows, long long of_flows)
{
	const char *word = text_plural((uint64_t)of_flows, "flow", "flows");
	text_addf(said, "  taken as the watched host: %s ", address);
	if (!strcmp(how, "guess"))
		text_addf(said, "(a guess: an end of %lld of %lld %s); --host tells it for certain\n", flows, of_flows, word);
	else if (!strcmp(how, "direction"))
		text_addf(said, "(so the packets are marked in %lld of %lld %s)\n", flows, of_flows, word);
	else
		text_addf(said, "(the file gives its interface this address)\n");
}

enum status told_host_show(struct store *store, int64_t source, struct text *said, struct json *json,
			   struct error *err)
{
	bool row = true;
	sqlite3_stmt *q = store_query(store, QUERY_CAPTURE_HOST_OF_SOURCE);
	store_bind_i64(q, 1, source);
	enum status status = store_step(q, &row, err);
	json_begin_array(json, "hosts");
	for (; !status && row; status = store_step(q, &row, err)) {
		json_begin_object(json, NULL);
		json_add_slice(json, "address", store_slice(q, 0));
		json_add_slice(json, "how", store_slice(q, 1));
		json_add_u64(json, "flows", (uint64_t)store_i64(q, 2));
		json_add_u64(json, "of_flows", (uint64_t)store_i64(q, 3));
		json_end_object(json);
		if (said)
			say_host(said, store_text(q, 0), store_text(q, 1), store_i64(q, 2), store_i64(q, 3));
	}
	json_end_array(json);
	sqlite3_reset(q);
	return status;
}
