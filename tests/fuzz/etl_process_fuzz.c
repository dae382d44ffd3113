/* SPDX-License-Identifier: Apache-2.0 */
/* What tells of processes and images. */
#include "ingest/etl/decode_event.h"
#include "tests/fuzz/etl_event.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct event e = fuzz_event(slice_of(data, size));
	struct process_event p;
	if (process_event(&e, &p) == USE_ROW && (p.told.name != p.name || strlen(p.name) >= sizeof p.name))
		abort();
	return 0;
}
