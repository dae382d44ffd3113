/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_FUZZ_FUZZ_UNPACK_H
#define TESTS_FUZZ_FUZZ_UNPACK_H

/*
 * Room:2, and what is packed: into exactly that much room.
 */

#include "core/cursor.h"

#include <stdlib.h>

static inline void fuzz_unpack(size_t (*unpack)(struct slice, unsigned char *, size_t, bool *),
			       struct slice input)
{
	struct cursor c = cursor_over(input);
	size_t room = cursor_le16(&c);
	unsigned char *to = malloc(room ? room : 1);
	bool good;
	if (!to || unpack(cursor_rest(&c), to, room, &good) > room)
		abort();
	free(to);
}

#endif
