/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ICMP (RFC 792), ICMPv6 (RFC 4443, 4861, 3810), IGMP (RFC 9776): type:8 code:8
 * checksum:16, and for an echo its identifier:16 and sequence:16.
 *
 * Echoes make a flow with answers. Anything else says something to one side only:
 * each kind and each way is a flow of its own, and its state tells the kind.
 */
#include "ingest/capture/packet.h"

#include "core/error.h"

enum { ICMP_HEADER = 8 };

static const struct {
	unsigned proto;
	uint8_t type;
	const char *what;
} kinds[] = {
	{PROTO_ICMP, 3, "destination unreachable"},
	{PROTO_ICMP, 4, "source quench"},
	{PROTO_ICMP, 5, "redirect"},
	{PROTO_ICMP, 9, "router advertisement"},
	{PROTO_ICMP, 10, "router solicitation"},
	{PROTO_ICMP, 11, "time exceeded"},
	{PROTO_ICMP, 12, "parameter problem"},
	{PROTO_ICMP, 13, "timestamp request"},
	{PROTO_ICMP, 14, "timestamp reply"},
	{PROTO_ICMP6, 1, "destination unreachable"},
	{PROTO_ICMP6, 2, "packet too big"},
	{PROTO_ICMP6, 3, "time exceeded"},
	{PROTO_ICMP6, 4, "parameter problem"},
	{PROTO_ICMP6, 130, "mld query"},
	{PROTO_ICMP6, 131, "mld report"},
	{PROTO_ICMP6, 132, "mld done"},
	{PROTO_ICMP6, 133, "router solicitation"},
	{PROTO_ICMP6, 134, "router advertisement"},
	{PROTO_ICMP6, 135, "neighbour solicitation"},
	{PROTO_ICMP6, 136, "neighbour advertisement"},
	{PROTO_ICMP6, 137, "redirect"},
	{PROTO_ICMP6, 143, "mld report"},
	{PROTO_IGMP, 0x11, "membership query"},
	{PROTO_IGMP, 0x12, "membership report"},
	{PROTO_IGMP, 0x16, "membership report"},
	{PROTO_IGMP, 0x17, "leave group"},
	{PROTO_IGMP, 0x22, "membership report"},
};

static bool is_echo(unsigned proto, uint8_t type, bool *ret_reply)
{
	if (proto == PROTO_ICMP && (type == 8 || type == 0))
		*ret_reply = type == 0;
	else if (proto == PROTO_ICMP6 && (type == 128 || type == 129))
		*ret_reply = type == 129;
	else
		return false;
	return true;
}

const char *icmp_read(struct cursor *c, struct packet *p)
{
	uint8_t type = cursor_u8(c);
	if (c->short_read)
		return "an ICMP or IGMP header that is cut off";
	p->payload_size = p->size > ICMP_HEADER ? p->size - ICMP_HEADER : 0;
	if (is_echo(p->proto, type, &p->is_reply)) {
		cursor_skip(c, 3);
		p->kind = cursor_be16(c);
		return c->short_read ? "an ICMP header that is cut off" : NULL;
	}
	p->directed = true;
	p->kind = type;
	p->what = "other type";
	for (size_t i = 0; i < LENGTH(kinds); i++)
		if (kinds[i].proto == p->proto && kinds[i].type == type)
			p->what = kinds[i].what;
	return NULL;
}
