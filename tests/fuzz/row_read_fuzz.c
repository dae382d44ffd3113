/* SPDX-License-Identifier: Apache-2.0 */
/* A batch of rows that a decoder gone wrong may have written, read for a watch. */
#include "ingest/row_read.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct cursor c = cursor_over(slice_of(data, size));
	struct row_values row;
	const char *wrong;
	size_t sum = 0;
	while (row_read(&c, &row, &wrong)) {
		if ((unsigned)row.query >= QUERY_COUNT)
			abort();
		for (unsigned at = 1; at <= ROW_READ_VALUES; at++) {
			struct slice text = row_string(&row, at);
			sum += (size_t)row_number(&row, at, 1) + (text.size ? text.at[text.size - 1] : 0);
		}
	}
	/* so that nothing of it is left out */
	return sum == SIZE_MAX && !wrong && cursor_left(&c) > size ? 1 : 0;
}
