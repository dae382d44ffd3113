/* SPDX-License-Identifier: Apache-2.0 */
/*
 * RFC 826: hardware:2 protocol:2 sizes:1,1 operation:2, then hardware and protocol
 * address of the sender and of the target.
 */
#include "ingest/capture/packet.h"

const char *arp_read(struct cursor *c, struct packet *p)
{
	static const char *const operations[] = {"request", "reply"};
	cursor_skip(c, 2);
	uint16_t protocol = cursor_be16(c);
	size_t hardware_size = cursor_u8(c), address_size = cursor_u8(c);
	uint16_t operation = cursor_be16(c);
	p->directed = true;
	p->kind = operation;
	p->what = operation == 1 || operation == 2 ? operations[operation - 1] : "other operation";
	cursor_skip(c, hardware_size);
	struct slice sender = cursor_take(c, address_size);
	cursor_skip(c, hardware_size);
	struct slice target = cursor_take(c, address_size);
	if (c->short_read)
		return "an ARP packet that is cut off";
	if (protocol != ETHERTYPE_IPV4 || address_size != 4)
		return "an ARP packet for another protocol than IPv4";
	p->src = address_v4(sender.at);
	p->dst = address_v4(target.at);
	p->has_addresses = true;
	return NULL;
}
