/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_INVENTORY_SCAN_TEXT_H
#define INGEST_INVENTORY_SCAN_TEXT_H

/*
 * What stands around a colon or a dot: scan.h asks, once it may be a name.
 */

#include "ingest/inventory/hostname.h"
#include "ingest/inventory/scan.h"

/* Characters left and right of one of them: every byte, or every second one with NULs
 * between. */
struct scan_text {
	struct slice bytes;
	size_t at;   /* of that character */
	size_t step; /* 1 or 2 */
};

struct scan_url {
	struct scan_hit hit;
	struct hostname host;
	char example[SCAN_EXAMPLE_MAX + 1];
	size_t end; /* behind the URL */
};

struct scan_name {
	struct scan_hit hit;
	char text[HOSTNAME_MAX + 1];
	size_t from; /* where the name begins */
};

/* A URL whose ':' is at hand. `ret` holds what `hit` points to, so it must stay where it
 * is; for other than a name or an address only `end` is filled in. */
enum hostname_kind scan_url_read(struct scan_text *text, struct scan_url *ret);

/* A name whose last dot is at hand; `ret` as above. */
bool scan_name_read(const struct scan_text *text, const struct scan_known *known,
		    struct scan_name *ret);

/* Behind the last dot. */
struct slice scan_last_label(struct slice name);

#endif
