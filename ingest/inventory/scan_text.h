/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_INVENTORY_SCAN_TEXT_H
#define INGEST_INVENTORY_SCAN_TEXT_H

/*
 * What stands around a colon or a dot: scan.h asks, once it may be a name.
 */

#include "ingest/inventory/hostname.h"
#include "ingest/inventory/scan.h"

/* Characters left and right of one of them: UTF-8, or units of 16 bits. */
struct scan_text {
	struct slice bytes;
	size_t at;   /* of that character; of a unit, its lower half */
	size_t step; /* 1 or 2 */
	bool big;    /* the higher half comes first; only for step 2 */
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

enum { SCAN_END = -1 /* nothing, or no character */ };

/* The code point at byte `at`, as it stands, and how many bytes it takes. */
int32_t scan_char(const struct scan_text *t, size_t at, size_t *ret_size);

/* The code point that ends before byte `at`. */
int32_t scan_char_before(const struct scan_text *t, size_t at, size_t *ret_size);

/* The same as scan_char() where a program may have it escaped: in JSON and scripts
 * ("\/", "\x2f", "\u002f", "\u{2f}", also with the backslash doubled), in HTML ("&#47;",
 * "&#x2f;", "&sol;"), and, where asked for, in a URL within a URL ("%2F", "%252F"). What
 * is no escape is told as it stands. */
int32_t scan_escaped(const struct scan_text *t, size_t at, bool percent, size_t *ret_size);

/* A URL whose ':' is at hand, however that is written. `ret` holds what `hit` points to,
 * so it must stay where it is; for other than a name or an address only `end` is filled
 * in. */
enum hostname_kind scan_url_read(struct scan_text *text, struct scan_url *ret);

/* A name whose last dot is at hand; `ret` as above. */
bool scan_name_read(const struct scan_text *text, const struct scan_known *known,
		    struct scan_name *ret);

/* Behind the last dot. */
struct slice scan_last_label(struct slice name);

#endif
