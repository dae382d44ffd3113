/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_STREAM_H
#define REPORT_STREAM_H

/*
 * A document that is written as it is made: text gathers, and goes to the file when it is
 * much, so that a million rows take no more memory than one.
 */

#include "core/text.h"

enum { STREAM_MAX = 128 << 20 /* between two flushes: one row */ };

struct stream {
	struct text text; /* add to it; not written yet */
	int fd;           /* not owned */
};

struct stream stream_to(int fd);
void stream_free(struct stream *s); /* what was not flushed is gone */

/* Writes what has gathered, where it is much or `all`. Fails where it cannot be written, and
 * where one row was longer than STREAM_MAX. */
enum status stream_flush(struct stream *s, bool all, struct error *err) MUST_CHECK;

#define AUTO_STREAM __attribute__((cleanup(stream_free)))

#endif
