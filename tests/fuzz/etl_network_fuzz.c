/* SPDX-License-Identifier: Apache-2.0 */
/* What tells of sockets: the kernel's events, Kernel-Network, TCPIP and WFP. */
#include "ingest/etl/decode_event.h"
#include "tests/fuzz/etl_event.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct event e = fuzz_event(slice_of(data, size));
	struct connection_event c;
	enum use use = network_event(&e, &c);
	if (use == USE_ROW && (unsigned)c.act > CONNECTION_IS)
		abort();
	use = tcpip_event(&e, &c);
	if (use == USE_ROW && c.origin != ORIGIN_TCPIP)
		abort();
	struct wfp_event w;
	if (wfp_event(&e, &w) == USE_ROW && strlen(w.program) >= sizeof w.program)
		abort();
	return 0;
}
