/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REDACT_SINK_H
#define REDACT_SINK_H

/*
 * Where a redacted file goes. In the first round, in which names are only noted, nowhere.
 */

#include "core/hash.h"
#include "core/text.h"

enum { SINK_MAX = 128 << 20 /* between two flushes: one record */ };

struct sink {
	int fd;           /* not owned; -1: nowhere */
	bool framed;      /* each piece as an item of copy_apart.c */
	struct text text; /* add to it */
	uint64_t size;    /* of all that was flushed */
	struct hash *hash; /* owned: of the same */
};

enum { SINK_ITEM = 'o' };

struct sink sink_to(int fd);
void sink_free(struct sink *s);

/* Writes what has gathered, where it is much or `all`. */
enum status sink_flush(struct sink *s, bool all, struct error *err) MUST_CHECK;

#define AUTO_SINK __attribute__((cleanup(sink_free)))

#endif
