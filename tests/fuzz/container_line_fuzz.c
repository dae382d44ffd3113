/* SPDX-License-Identifier: Apache-2.0 */
/* The room there is:1, and a line. */
#include "ingest/container_line.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	char buffer[256];
	struct cursor c = cursor_over(slice_of(data, size));
	size_t capacity = cursor_u8(&c);
	struct slice line = cursor_rest(&c), inside = slice_of(NULL, 0);
	bool wrapped = container_line(line, buffer, capacity, &inside);
	if (inside.size > line.size || (!wrapped && inside.at))
		abort();
	return 0;
}
