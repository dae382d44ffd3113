/* SPDX-License-Identifier: Apache-2.0 */
/* The front of an asar archive. */
#include "ingest/inventory/asar.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static void on_file(void *to, const struct asar_file *file)
{
	uint64_t *files = to;
	if (file->path.size > ASAR_PATH_MAX || file->offset > INT64_MAX || file->size > INT64_MAX)
		abort();
	++*files;
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct slice all = slice_of(data, size);
	uint64_t list, files, count = 0;
	if (!asar_sniff(slice_part(all, 0, ASAR_FIRST), &list, &files))
		return 0;
	if (list > UINT32_MAX || files > (uint64_t)UINT32_MAX + 8)
		abort();
	(void)asar_read(slice_part(all, ASAR_FIRST, (size_t)list), on_file, &count);
	if (count > size)
		abort(); /* each takes more than a byte */
	return 0;
}
