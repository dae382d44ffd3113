/* SPDX-License-Identifier: Apache-2.0 */
/*
 * IPv4 (RFC 791, section 3.1):
 *
 *   version:4 header words:4  service:8  total length:16
 *   identification:16  flags:3 fragment offset:13
 *   time to live:8  protocol:8  checksum:16
 *   source:32  destination:32  options
 *
 * IPv6 (RFC 8200, section 3 and 4):
 *
 *   version:4 class:8 label:20  payload length:16  next header:8  hop limit:8
 *   source:128  destination:128
 *   extension headers: next header:8 length:8 (in 8 bytes, the first not counted)
 *   fragment header:   next header:8 0:8 offset:13 0:2 more:1 identification:32
 *
 * The authentication header (RFC 4302) is read over in both.
 *
 * A length of 0 stands where the network card was to cut a large packet into
 * pieces: then all of the frame is meant.
 */
#include "ingest/capture/packet.h"

enum {
	IPV4_HEADER_MIN = 20,
	IPV6_HEADER = 40,
	PADDED = 46, /* what Ethernet fills short packets up to */
	EXTENSIONS_MAX = 16,
	MORE_FRAGMENTS = 0x2000,
	OFFSET_MASK = 0x1fff,
	EXTENSION_HOP = 0,
	EXTENSION_ROUTING = 43,
	EXTENSION_FRAGMENT = 44,
	EXTENSION_AUTHENTICATION = 51,
	EXTENSION_DESTINATION = 60,
	EXTENSION_MOBILITY = 135,
	EXTENSION_HIP = 139,
	EXTENSION_SHIM6 = 140,
};

/* Limits the cursor, and the size on the wire, to what the header says: Ethernet
 * pads short frames. `said` counts from the cursor on; 0: everything. */
static void limit(struct cursor *c, struct packet *p, size_t said)
{
	if (said == 0 || said > p->size)
		return;
	p->size = said;
	if (said < cursor_left(c))
		*c = cursor_child(c, said);
}

/* Takes a header of that size. */
static void pass(struct cursor *c, struct packet *p, size_t size)
{
	cursor_skip(c, size);
	p->size -= size < p->size ? size : p->size;
}

static const char *read_ipv4(struct cursor *c, struct packet *p)
{
	struct cursor head = *c;
	size_t header = (cursor_u8(&head) & 15) * (size_t)4;
	cursor_skip(&head, 1);
	size_t total = cursor_be16(&head);
	uint16_t id = cursor_be16(&head), fragment = cursor_be16(&head);
	cursor_skip(&head, 1);
	unsigned proto = cursor_u8(&head);
	cursor_skip(&head, 2);
	struct slice src = cursor_take(&head, 4), dst = cursor_take(&head, 4);
	if (head.short_read)
		return "an IPv4 header that is cut off";
	if (header < IPV4_HEADER_MIN || (total != 0 && total < header))
		return "an IPv4 header whose lengths are wrong";
	p->src = address_v4(src.at);
	p->dst = address_v4(dst.at);
	p->has_addresses = true;
	p->proto = proto;
	p->fragment_id = id;
	p->fragment_offset = (size_t)(fragment & OFFSET_MASK) * 8;
	p->more_fragments = fragment & MORE_FRAGMENTS;
	limit(c, p, total);
	pass(c, p, header);
	return c->short_read ? "IPv4 options that are cut off" : ip_read_extensions(c, p);
}

/* Steps over one extension header; false where `proto` is none. */
static bool read_extension(struct cursor *c, struct packet *p)
{
	struct cursor head = *c;
	if (p->ethertype == ETHERTYPE_IPV4 && p->proto != EXTENSION_AUTHENTICATION)
		return false;
	unsigned next = cursor_u8(&head);
	size_t length = cursor_u8(&head);
	switch (p->proto) {
	case EXTENSION_HOP:
	case EXTENSION_ROUTING:
	case EXTENSION_DESTINATION:
	case EXTENSION_MOBILITY:
	case EXTENSION_HIP:
	case EXTENSION_SHIM6:
		length = 8 * (length + 1);
		break;
	case EXTENSION_AUTHENTICATION: /* RFC 4302, 2.2: in 4 bytes, the first two not counted */
		length = 4 * (length + 2);
		break;
	case EXTENSION_FRAGMENT: {
		uint16_t offset = cursor_be16(&head);
		p->fragment_id = cursor_be32(&head);
		p->fragment_offset = offset & ~(size_t)7;
		p->more_fragments = offset & 1;
		length = 8;
		break;
	}
	default:
		return false;
	}
	pass(c, p, length);
	if (!c->short_read)
		p->proto = next;
	return true;
}

static const char *read_ipv6(struct cursor *c, struct packet *p)
{
	struct cursor head = *c;
	cursor_skip(&head, 4);
	size_t payload = cursor_be16(&head);
	unsigned next = cursor_u8(&head);
	cursor_skip(&head, 1);
	struct slice src = cursor_take(&head, 16), dst = cursor_take(&head, 16);
	if (head.short_read)
		return "an IPv6 header that is cut off";
	p->src = address_v6(src.at);
	p->dst = address_v6(dst.at);
	p->has_addresses = true;
	p->proto = next;
	limit(c, p, payload || p->size <= PADDED ? payload + IPV6_HEADER : 0);
	pass(c, p, IPV6_HEADER);
	return ip_read_extensions(c, p);
}

/* Behind a fragment header stands a piece of what follows, until it is whole. */
const char *ip_read_extensions(struct cursor *c, struct packet *p)
{
	for (int i = 0; !packet_is_fragment(p) && read_extension(c, p); i++) {
		if (c->short_read)
			return "an extension header of IP that is cut off";
		if (i == EXTENSIONS_MAX)
			return "more extension headers of IP than any packet has";
	}
	return NULL;
}

/* The header tells its version; what the frame calls it is believed where it is cut. */
const char *ip_read(struct cursor *c, struct packet *p)
{
	struct cursor head = *c;
	unsigned version = cursor_u8(&head) >> 4;
	if (!head.short_read && version != 4 && version != 6)
		return "an IP packet of a version that there is not";
	if (!head.short_read)
		p->ethertype = version == 4 ? ETHERTYPE_IPV4 : ETHERTYPE_IPV6;
	return p->ethertype == ETHERTYPE_IPV4 ? read_ipv4(c, p) : read_ipv6(c, p);
}
