/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_INVENTORY_INVENTORY_H
#define INGEST_INVENTORY_INVENTORY_H

/*
 * The host names that stand in an installation: what it could call.
 */

#include "ingest/inventory/found.h"

struct inventory_options {
	struct scan_known known; /* names that count wherever they stand */
	/* Called often with the file at hand and the bytes read so far; false ends it. */
	bool (*tell)(void *to, const char *path, uint64_t bytes);
	void *to;
};

/* Files and folders, all of them; `ret` is found_finish()ed and found_free()d by the
 * caller, also where it fails. */
enum status inventory_read(const char *const paths[], size_t count, const struct inventory_options *how,
			   struct found **ret, struct error *err) MUST_CHECK;

#endif
