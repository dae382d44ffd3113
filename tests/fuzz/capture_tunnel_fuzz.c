/* SPDX-License-Identifier: Apache-2.0 */
/* A protocol:1, ports:2,2, bytes that were not captured:1, and what they carry. */
#include "ingest/capture/tunnel.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct cursor c = cursor_over(slice_of(data, size)), inside;
	struct packet p = {.ethertype = ETHERTYPE_IPV4, .has_addresses = true, .has_ports = true};
	struct tunnel t;
	const char *problem;
	p.proto = cursor_u8(&c);
	p.sport = cursor_be16(&c);
	p.dport = cursor_be16(&c);
	size_t missing = cursor_u8(&c);
	p.payload = cursor_rest(&c);
	p.payload_size = p.payload.size + missing;
	bool found = tunnel_find(&p, &inside, &t, &problem);
	if (found && (problem || t.kind == TUNNEL_NONE || (t.type == 0) == (t.link == 0) || t.identifier >> 24))
		abort();
	if (found && (inside.short_read || cursor_left(&inside) > p.payload.size))
		abort();
	return 0;
}
