/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Link layers, by their LINKTYPE_ number:
 *
 *   EN10MB      destination:6 source:6 type:2   (IEEE 802.3; 802.1Q tags between)
 *   802.1Q tag  type:2 = 8100, 88a8, 9100, then tag:2
 *   NULL, LOOP  address family:4, in the byte order of the machine or of the net
 *   RAW         an IP header at once
 *   LINUX_SLL   direction:2 hardware:2 length:2 address:8 protocol:2
 *   LINUX_SLL2  protocol:2 0:2 interface:4 hardware:2 direction:1 length:1 address:8
 */
#include "ingest/capture/packet.h"

#include "core/error.h"

enum {
	TAGS_MAX = 8,
	HARDWARE_LOOPBACK = 772,
	HARDWARE_NETLINK = 824,
	DIRECTION_OUT = 4,
	SNAP = 0xaaaa03,
};

static const char CUT[] = "a link header that is cut off";

/* The type, behind any tags; what IEEE 802.2 wraps in SNAP is taken out of it. */
static const char *read_type(struct cursor *c, uint16_t type, struct packet *p)
{
	for (int i = 0; type == 0x8100 || type == 0x88a8 || type == 0x9100; i++) {
		if (i == TAGS_MAX)
			return "more VLAN tags than any frame has";
		cursor_skip(c, 2);
		type = cursor_be16(c);
	}
	struct cursor head = *c;
	if (type < ETHERTYPE_LEAST && cursor_be24(&head) == SNAP && cursor_be24(&head) == 0 &&
	    cursor_left(&head) >= 2) {
		type = cursor_be16(&head);
		*c = head;
	}
	p->ethertype = type;
	return c->short_read ? CUT : NULL;
}

static const char *read_ethernet(struct cursor *c, struct packet *p)
{
	cursor_skip(c, 12);
	const char *problem = read_type(c, cursor_be16(c), p);
	if (p->ethertype < ETHERTYPE_LEAST) /* it was the length of the frame */
		p->ethertype = ETHERTYPE_IEEE_802_2;
	return problem;
}

static const char *read_raw(struct cursor *c, struct packet *p)
{
	struct cursor head = *c;
	unsigned version = cursor_u8(&head) >> 4;
	if (head.short_read)
		return CUT;
	if (version != 4 && version != 6)
		return "a raw packet that is neither IPv4 nor IPv6";
	p->ethertype = version == 4 ? ETHERTYPE_IPV4 : ETHERTYPE_IPV6;
	return NULL;
}

/* AF_INET is 2 everywhere; AF_INET6 is 10, 23, 24, 28 or 30. Tunnel devices use this
 * type too, so that it says nothing of loopback. */
static const char *read_null(struct cursor *c, struct packet *p)
{
	struct cursor swapped = *c;
	uint32_t family = cursor_le32(c), other = cursor_be32(&swapped);
	if (c->short_read)
		return CUT;
	if (family > 0xffff)
		family = other;
	if (family == 2)
		p->ethertype = ETHERTYPE_IPV4;
	else if (family == 10 || family == 23 || family == 24 || family == 28 || family == 30)
		p->ethertype = ETHERTYPE_IPV6;
	else
		return "a loopback packet of another address family";
	return NULL;
}

static const char *read_cooked(struct cursor *c, unsigned hardware, unsigned direction,
			       uint16_t type, struct packet *p)
{
	if (c->short_read)
		return CUT;
	if (hardware == HARDWARE_NETLINK)
		return "a netlink message: it stays on this machine";
	p->loopback = hardware == HARDWARE_LOOPBACK;
	p->way = direction == DIRECTION_OUT ? WAY_OUT : WAY_IN;
	return read_type(c, type, p);
}

static const char *read_sll(struct cursor *c, struct packet *p)
{
	unsigned direction = cursor_be16(c), hardware = cursor_be16(c);
	cursor_skip(c, 10);
	uint16_t type = cursor_be16(c);
	return read_cooked(c, hardware, direction, type, p);
}

static const char *read_sll2(struct cursor *c, struct packet *p)
{
	uint16_t type = cursor_be16(c);
	cursor_skip(c, 2);
	p->ifindex = cursor_be32(c);
	unsigned hardware = cursor_be16(c), direction = cursor_u8(c);
	cursor_skip(c, 9);
	return read_cooked(c, hardware, direction, type, p);
}

static const struct {
	unsigned linktype;
	const char *(*read)(struct cursor *c, struct packet *p);
} links[] = {
	{0, read_null},   {1, read_ethernet}, {12, read_raw},  {14, read_raw},  {101, read_raw},
	{108, read_null}, {113, read_sll},    {228, read_raw}, {229, read_raw}, {276, read_sll2},
};

bool link_known(unsigned linktype)
{
	for (size_t i = 0; i < LENGTH(links); i++)
		if (links[i].linktype == linktype)
			return true;
	return false;
}

const char *link_read(struct cursor *c, struct packet *p)
{
	size_t before = cursor_left(c);
	for (size_t i = 0; i < LENGTH(links); i++)
		if (links[i].linktype == p->frame->linktype) {
			const char *problem = links[i].read(c, p);
			p->size = p->frame->original - (before - cursor_left(c));
			return problem;
		}
	return "a link layer that is not read";
}

/* RFC 826: hardware:2 protocol:2 sizes:1,1 operation:2, then hardware and protocol
 * address of the sender and of the target. */
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
