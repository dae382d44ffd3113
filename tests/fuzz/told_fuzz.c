/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the process that reads a bundle tells, over any bytes; what is accepted is written again
 * as the same bytes, and is held against its table.
 */
#include "fleet/told.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct told r;
	const char *column;
	AUTO_TEXT struct text again = text_make(2 * (size_t)TOLD_MAX);
	if (told_read(slice_of(data, size), &r))
		return 0;
	told_add(&r, &again);
	if (!slice_equal(slice_part(text_slice(&again), TOLD_HEAD, again.size), slice_of(data, size)))
		abort();
	(void)table_check(&tables[r.table], r.values, r.count, &column);
	return 0;
}
