/* SPDX-License-Identifier: Apache-2.0 */
/* What the resolver of Windows tells. */
#include "ingest/etl/decode_event.h"
#include "tests/fuzz/etl_event.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct event e = fuzz_event(slice_of(data, size));
	static struct dns_event d;
	if (dns_event(&e, &d) == USE_ROW && (!d.name[0] || strlen(d.results) >= sizeof d.results))
		abort();
	return 0;
}
