/* SPDX-License-Identifier: Apache-2.0 */
/* What the collector tells of sockets. */
#include "cli/snapshot_rows.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct snapshot_rows r;
	struct error err = {0};
	enum status status = snapshot_rows_read(slice_of(data, size), &r, &err);
	if (status && status != ERR_LIMIT)
		abort();
	if (r.counts[0] + r.counts[1] + r.counts[2] != r.count)
		abort();
	for (size_t i = 0; i < r.count; i++)
		if (r.at[i].lport > 65535 || r.at[i].rport > 65535 || !r.at[i].comm || !r.at[i].exe)
			abort();
	snapshot_rows_free(&r);
	return 0;
}
