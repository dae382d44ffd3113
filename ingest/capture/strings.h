/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_CAPTURE_STRINGS_H
#define INGEST_CAPTURE_STRINGS_H

/*
 * Names of processes and interfaces, each kept once and fit to be shown, as long as
 * the reading lasts.
 */

#include "core/cursor.h"

enum {
	STRINGS_MAX = 4096, /* different ones; further ones are not kept */
	STRINGS_BYTES_MAX = 256,
};

struct strings; /* opaque */

struct strings *strings_new(void);
void strings_free(struct strings *s); /* NULL-safe */

/* NULL for an empty one, and where there are too many. */
const char *strings_keep(struct strings *s, struct slice text);

#endif
