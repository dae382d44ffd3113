/* SPDX-License-Identifier: Apache-2.0 */
/* A whole capture file, through every layer and into a store. */
#include "core/store.h"
#include "ingest/registry.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	static struct store *store; /* made once: the schema takes longer than a file */
	struct error err = {0};
	uint64_t records = 0;
	struct input in;
	if (!store && (store_open(":memory:", STORE_NEW, &store, &err) || store_begin(store, &err)))
		abort();
	struct ingest to = {.store = store, .source = 1, .path = "fuzz"};
	input_over(slice_of(data, size), "fuzz", &in);
	if (reader_pcap.read(&to, &in, &records, &err))
		abort();
	input_close(&in);
	sqlite3 *db = sqlite3_db_handle(store_query(store, QUERY_FLOW_NEXT));
	sqlite3_exec(db, "DELETE FROM flow; DELETE FROM dns; DELETE FROM name; DELETE FROM skipped",
		     NULL, NULL, NULL);
	return 0;
}
