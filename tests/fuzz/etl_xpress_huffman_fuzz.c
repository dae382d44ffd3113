/* SPDX-License-Identifier: Apache-2.0 */
/* Room:2, and what is packed. */
#include "ingest/etl/xpress.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct cursor c = cursor_over(slice_of(data, size));
	size_t room = cursor_le16(&c);
	unsigned char *to = malloc(room + 1);
	bool good;
	if (!to || xpress_huffman_unpack(cursor_rest(&c), to, room, &good) > room)
		abort();
	free(to);
	return 0;
}
