/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a kernel puts in front of a packet that it hands to a packet filter or log, as
 * the list of link types describes it (LINKTYPE_PKTAP, _PFLOG, _NFLOG, _ENC, _IPNET);
 * there is no other specification:
 *
 *   PKTAP  little-endian: size:4 kind:4 linktype:4 interface:24 flags:4 (1 in, 2 out)
 *          family:4 header:4 trailer:4 pid:4 command:20 service:4 kind:2 unit:2
 *          pid:4 command:20 (of whom it was done for)
 *   PFLOG  size:1 (without filling to a multiple of 4) family:1 action:1 reason:1
 *          interface:16 … direction:1 (1 in, 2 out) at 60
 *   NFLOG  family:1 version:1 0:2, then size:2 type:2 value, filled to 4: type 1 is
 *          EtherType:2 hook:1, 9 the packet; sizes in the byte order of the machine
 *   ENC    (OpenBSD) family:4 index:4 flags:4
 *   IPNET  (Solaris) version:1 family:1 hook:2 size:4 interface:4 group:4 zones:4,4
 */
#include "ingest/capture/link.h"

enum {
	PKTAP_SIZE = 108,
	PKTAP_IN = 1,
	PKTAP_OUT = 2,
	PFLOG_LEAST = 48,
	PFLOG_DIRECTION = 60,
	PFLOG_IN = 1,
	PFLOG_OUT = 2,
	NFLOG_VALUES_MAX = 64,
	NFLOG_PACKET = 9,
	NFLOG_IN = 1, /* hooks */
	NFLOG_LOCAL_OUT = 3,
	NFLOG_POSTROUTING = 4,
	NFLOG_UNKNOWN = 255,
	FAMILY_BRIDGE = 7,
};

/* A name in a field of fixed size, filled up with NUL. */
static struct slice name_in(struct cursor *c, size_t size)
{
	struct slice field = cursor_take(c, size);
	return slice_part(field, 0, slice_find(field, 0));
}

const char *link_read_pktap(struct cursor *c, struct packet *p)
{
	struct cursor head = *c;
	size_t size = cursor_le32(&head);
	cursor_skip(&head, 4);
	unsigned linktype = cursor_le32(&head);
	struct slice iface = name_in(&head, 24);
	uint32_t flags = cursor_le32(&head);
	cursor_skip(&head, 12);
	uint32_t pid = cursor_le32(&head);
	struct slice process = name_in(&head, 20);
	cursor_skip(c, size);
	if (head.short_read || c->short_read || size < PKTAP_SIZE)
		return "a PKTAP header that is cut off or wrong";
	p->iface = iface;
	p->process = process;
	p->pid = pid <= INT32_MAX ? pid : 0;
	if (flags & (PKTAP_IN | PKTAP_OUT))
		p->way = flags & PKTAP_OUT ? WAY_OUT : WAY_IN;
	return link_read(c, linktype, p);
}

const char *link_read_pflog(struct cursor *c, struct packet *p)
{
	struct cursor head = *c;
	size_t size = cursor_u8(&head);
	p->ethertype = link_type_of_family(cursor_u8(&head));
	cursor_skip(&head, 2);
	p->iface = name_in(&head, 16);
	cursor_skip(&head, PFLOG_DIRECTION - 20);
	unsigned direction = size > PFLOG_DIRECTION ? cursor_u8(&head) : 0;
	cursor_skip(c, (size + 3) / 4 * 4);
	if (c->short_read || size < PFLOG_LEAST)
		return "a PFLOG header that is cut off or wrong";
	if (direction == PFLOG_IN || direction == PFLOG_OUT)
		p->way = direction == PFLOG_OUT ? WAY_OUT : WAY_IN;
	return p->ethertype ? NULL : "a PFLOG packet of another address family";
}

static uint16_t read_u16(struct cursor *c, bool big)
{
	return big ? cursor_be16(c) : cursor_le16(c);
}

const char *link_read_nflog(struct cursor *c, struct packet *p)
{
	unsigned family = cursor_u8(c);
	cursor_skip(c, 3);
	struct cursor first = *c;
	uint16_t size = cursor_le16(&first);
	bool big = size < 4 || size > cursor_left(c);
	unsigned hook = NFLOG_UNKNOWN;
	for (int i = 0; i < NFLOG_VALUES_MAX && cursor_left(c) > 0; i++) {
		size = read_u16(c, big);
		unsigned type = read_u16(c, big) & 0x3fff;
		if (c->short_read || size < 4)
			break;
		if (type == NFLOG_PACKET) {
			p->way = hook == NFLOG_LOCAL_OUT || hook == NFLOG_POSTROUTING ? WAY_OUT
				 : hook <= NFLOG_IN ? WAY_IN
										      : p->way;
			return family == FAMILY_BRIDGE ? link_read(c, LINK_ETHERNET, p)
						       : link_read_raw(c, p);
		}
		struct cursor value = cursor_child(c, size - 4u);
		if (type == 1) {
			cursor_skip(&value, 2);
			hook = cursor_u8(&value);
		}
		cursor_skip(c, (4 - size % 4u) % 4u);
	}
	return "an NFLOG message without a packet";
}

const char *link_read_enc(struct cursor *c, struct packet *p)
{
	struct cursor swapped = *c;
	uint32_t family = cursor_le32(c), other = cursor_be32(&swapped);
	p->ethertype = link_type_of_family(family > 0xffff ? other : family);
	cursor_skip(c, 8);
	if (c->short_read)
		return LINK_CUT;
	return p->ethertype ? NULL : "a decrypted packet of another address family";
}

const char *link_read_ipnet(struct cursor *c, struct packet *p)
{
	cursor_skip(c, 1);
	p->ethertype = link_type_of_family(cursor_u8(c));
	cursor_skip(c, 22);
	if (c->short_read)
		return LINK_CUT;
	return p->ethertype ? NULL : "an IPNET packet of another address family";
}
