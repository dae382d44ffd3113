/* SPDX-License-Identifier: Apache-2.0 */
#include "report/sha256sums.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct arena *arena = arena_new(64 << 20);
	struct sha256sums_entry *entries;
	size_t count, line;
	AUTO_TEXT struct text again = text_make(SHA256SUMS_SIZE_MAX);
	/* what is accepted whole is exactly what would be written */
	if (!sha256sums_read(slice_of(data, size), arena, &entries, &count, &line)) {
		for (size_t i = 0; i < count; i++)
			sha256sums_add(&again, entries[i].path, entries[i].digest);
		if (!slice_equal(text_slice(&again), slice_of(data, size)))
			abort();
	}
	arena_free(arena);
	return 0;
}
