/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An IPv4 address stands in the last four of the sixteen bytes (struct in4in6_addr). A
 * socket that takes both has both flags, and its addresses are those of IPv6.
 */
#include "collectors/macos/socket_row.h"

#include "core/error.h"

#include <endian.h>

enum {
	FLAG_IPV4 = 1,
	FLAG_IPV6 = 2,
	V4_AT = 12,
	PROTO_UDP = 17,
};

static struct address address_of(const struct socket_facts *f, const unsigned char *bytes)
{
	if (!(f->vflag & FLAG_IPV6))
		return address_v4(bytes + V4_AT);
	struct address a = address_v6(bytes);
	address_clear_scope(&a);
	return a;
}

/* TSI_S_… in sys/proc_info.h, in its order. */
static const char *state_of_tcp(int state)
{
	static const char *const names[] = {"UNCONN",     "LISTEN",     "SYN-SENT", "SYN-RECV",
					    "ESTAB",      "CLOSE-WAIT", "FIN-WAIT-1", "CLOSING",
					    "LAST-ACK",   "FIN-WAIT-2", "TIME-WAIT"};
	return state >= 0 && (size_t)state < LENGTH(names) ? names[state] : "";
}

bool socket_row_make(const struct socket_facts *f, struct socket_row *ret)
{
	if (!(f->vflag & (FLAG_IPV4 | FLAG_IPV6)))
		return false;
	ret->proto = f->tcp ? "tcp" : f->protocol == PROTO_UDP ? "udp" : "raw";
	ret->local = address_of(f, f->local);
	ret->remote = address_of(f, f->foreign);
	ret->lport = be16toh((uint16_t)f->lport);
	ret->rport = be16toh((uint16_t)f->fport);
	ret->state = f->tcp ? state_of_tcp(f->state) : ret->rport ? "ESTAB" : "UNCONN";
	return true;
}

static uint64_t mix(uint64_t mark, const void *bytes, size_t size)
{
	const unsigned char *from = bytes;
	for (size_t i = 0; i < size; i++)
		mark = (mark ^ from[i]) * UINT64_C(0x100000001b3);
	return mark;
}

uint64_t socket_row_mark(const struct socket_row *r, uint64_t handle, uint32_t pid)
{
	uint64_t mark = mix(UINT64_C(0xcbf29ce484222325), &handle, sizeof handle);
	mark = mix(mark, &pid, sizeof pid);
	mark = mix(mark, r->local.bytes, sizeof r->local.bytes);
	mark = mix(mark, r->remote.bytes, sizeof r->remote.bytes);
	const unsigned ports[] = {r->lport, r->rport};
	mark = mix(mark, ports, sizeof ports);
	return mix(mark, r->state, slice_of_string(r->state).size) | 1; /* 0: an empty place */
}
