/* SPDX-License-Identifier: Apache-2.0 */
/* A file with whatever it holds: archives within archives. */
#include "ingest/inventory/examine.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static void on_found(void *to, struct slice member, const struct hits_entry *entry)
{
	(void)to;
	if (member.size > EXAMINE_PATH_MAX || entry->count == 0 || entry->hit.host.size == 0)
		abort();
}

static void on_noted(void *to, struct slice member, enum examine_note note, uint64_t count)
{
	(void)to;
	if (member.size > EXAMINE_PATH_MAX || note >= EXAMINE_NOTES || count == 0)
		abort();
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	const struct scan_known none = {NULL, 0};
	const struct examine_sink sink = {on_found, on_noted, NULL};
	struct slice bytes = slice_of(data, size);
	struct range file = range_over(&bytes);
	struct examine *e = examine_new(&none, &sink);
	(void)examine_file(e, &file);
	examine_free(e);
	return 0;
}
