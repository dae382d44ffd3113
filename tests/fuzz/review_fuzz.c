/* SPDX-License-Identifier: Apache-2.0 */
#include "report/review.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct review found;
	struct arena *arena = arena_new(1 << 20);
	unsigned number;
	enum review_file file;
	(void)!review_read(slice_of(data, size), arena, &found);
	(void)review_file_of(slice_of(data, size), &number, &file);
	arena_free(arena);
	return 0;
}
