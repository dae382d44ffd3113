/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_LINES_H
#define INGEST_LINES_H

/*
 * Lines of text that people and tools made: with or without a byte order mark, in
 * UTF-8 or any code page that keeps ASCII, or in UTF-16 (RFC 2781) as Windows
 * redirects it, which is turned into UTF-8. Whether a line ends in LF or CRLF does
 * not matter.
 */

#include "ingest/input.h"

enum {
	LINES_MAX = 64 << 10, /* bytes of one line as UTF-8; a longer one is passed over */
	LINES_FIRST = 2 * INPUT_SNIFF,
};

enum lines_coding { LINES_BYTES, LINES_UTF16_LE, LINES_UTF16_BE };

struct lines {
	struct input *in; /* not owned */
	enum lines_coding coding;
	uint64_t number;     /* of the line that was handed out last, from 1 */
	unsigned char *text; /* owned; a line out of UTF-16 */
};

/* What text is written in, by its first bytes, and how many of them only tell that. */
enum lines_coding lines_coding(struct slice first, size_t *ret_mark);

void lines_open(struct lines *l, struct input *in);
void lines_close(struct lines *l); /* idempotent */

/* The next line, valid until the next call. False at the end. One that is too long
 * is empty, and `ret_too_long` says so. */
bool lines_next(struct lines *l, struct slice *ret, bool *ret_too_long);

/* The first bytes of a file as lines_next() would show them. */
struct slice lines_first(struct slice first, unsigned char buffer[static LINES_FIRST]);

#define AUTO_LINES __attribute__((cleanup(lines_close)))

#endif
