/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_INVENTORY_INSPECTOR_H
#define INGEST_INVENTORY_INSPECTOR_H

/*
 * The side that has files examined: starts the process without rights (inspect.h), reads
 * for it, and keeps what it tells.
 */

#include "ingest/inventory/found.h"

struct inspector; /* opaque */

/* `tell` is called now and then with the bytes that were read so far; false ends it.
 * What `known` and `found` point to must outlive it. */
struct inspector_options {
	const struct scan_known *known;
	struct found *found;
	bool (*tell)(void *to, uint64_t bytes);
	void *to;
};

enum status inspector_new(const struct inspector_options *how, struct inspector **ret,
			  struct error *err) MUST_CHECK;
void inspector_free(struct inspector *i); /* NULL-safe */

/* Examines one regular file, which `fd` was opened on. A process that ends early, or
 * takes too long, is noted with the file, and another one started for the next. */
enum status inspector_file(struct inspector *i, int fd, const char *path, struct error *err) MUST_CHECK;

#endif
