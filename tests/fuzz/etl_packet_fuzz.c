/* SPDX-License-Identifier: Apache-2.0 */
/* Packets in events. */
#include "ingest/etl/decode_event.h"
#include "tests/fuzz/etl_event.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct event e = fuzz_event(slice_of(data, size));
	struct packet_event p;
	if (ndis_event(&e, &p) == USE_ROW && p.bytes.size > size)
		abort();
	if (pktmon_event(&e, &p) == USE_ROW && p.bytes.size > size)
		abort();
	return 0;
}
