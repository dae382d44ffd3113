/* SPDX-License-Identifier: Apache-2.0 */
#include "core/ring.h"

#include "core/cursor.h"

enum { LEAST = 4096, MOST = 1 << 30 };

enum status ring_parse(const char *text, uint64_t *ret, struct error *err)
{
	uint64_t bytes = 0;
	if (!slice_u64(slice_of_string(text), MOST, &bytes) || bytes < LEAST || (bytes & (bytes - 1)))
		return fail(err, ERR_USAGE, "--ring takes a power of two from 4096 bytes to 1 GiB (1073741824), not \"%s\"", text);
	*ret = bytes;
	return OK;
}
