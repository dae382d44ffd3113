/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_INVENTORY_HOSTNAME_H
#define INGEST_INVENTORY_HOSTNAME_H

/*
 * The host of a URL as it stands in a program: RFC 3986, section 3.2, and what programs
 * put in its place until they run.
 */

#include "core/cursor.h"

enum { HOSTNAME_MAX = 253 /* RFC 1035, 2.3.4, as text */ };

enum hostname_kind {
	HOSTNAME_NONE,    /* nothing that could be one: one label, a path, a version */
	HOSTNAME_NAME,
	HOSTNAME_ADDRESS, /* IPv4 or IPv6, as it is written */
	HOSTNAME_DYNAMIC, /* put together when the program runs */
	HOSTNAME_UNKNOWN, /* ends with a label that is in no table, or is too long */
};

struct hostname {
	char text[HOSTNAME_MAX + 3]; /* lower case, NUL-terminated; "*.…" where its front is put together later */
	size_t size;
	size_t taken;   /* bytes of what was read, up to the end of the name */
	unsigned port;  /* 0: none is named */
	bool guessed;   /* its end is: other text follows without a mark between */
};

/* Reads what stands behind "://", in UTF-8. A host outside ASCII becomes what is looked
 * up: A-labels (core/idn.h). */
enum hostname_kind hostname_read(struct slice text, struct hostname *ret);

/* Labels of letters, digits and '-', 1 to 63 bytes, at least two, and none of them
 * begins or ends with '-'. `ret_last`: the last one; `ret_count`: how many. */
bool hostname_labels(struct slice name, struct slice *ret_last, size_t *ret_count);

#endif
