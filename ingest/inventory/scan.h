/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_INVENTORY_SCAN_H
#define INGEST_INVENTORY_SCAN_H

/*
 * Finds host names in bytes of any kind, in one pass and in memory that does not grow:
 * in ASCII, UTF-8 and UTF-16, in either order of bytes, and where a URL is escaped
 * (scan_text.h).
 *
 * Three things count: the host of a URL of a scheme that goes over a network; a name
 * that stands alone between quotes or NULs, where its last label is one that does not
 * double as a word of programs (top_level.h), or between blanks, where that leaves no
 * doubt; and a name that is known to the caller, wherever it stands.
 */

#include "core/cursor.h"

enum {
	SCAN_EXAMPLE_MAX = 160, /* bytes of a URL that are shown */
	SCAN_KNOWN_MAX = 4096,
};

enum scan_how { SCAN_URL, SCAN_NAME, SCAN_ADDRESS };

struct scan_hit {
	struct slice host;    /* lower case; A-labels where it is written in others */
	struct slice example; /* the URL without escapes, in UTF-8, or the name */
	uint64_t offset;      /* of the name or of the "://" before it, however that is written */
	unsigned port;        /* 0: none is named */
	enum scan_how how;
	bool guessed;         /* where it ends, or begins */
};

/* Names that count wherever they stand: suffixes in lower case, each with a dot. Not
 * owned. */
struct scan_known {
	const struct slice *at;
	size_t count;
};

typedef void scan_sink(void *to, const struct scan_hit *hit);

struct scan; /* opaque */

struct scan *scan_new(const struct scan_known *known, scan_sink *sink, void *to);
void scan_free(struct scan *s); /* NULL-safe */

/* Where the next bytes go, and how many there is room for (never 0); then how many were
 * put there. What was found is told from within scan_add() and scan_end(). */
unsigned char *scan_room(struct scan *s, size_t *ret_size);
void scan_add(struct scan *s, size_t size);

/* The end of these bytes: offsets begin at 0 again. */
void scan_end(struct scan *s);

/* Since the last call: URLs whose host is put together when the program runs, and those
 * with a last label that is in no table. */
struct scan_counts {
	uint64_t dynamic, unknown;
};

struct scan_counts scan_take_counts(struct scan *s);

#endif
