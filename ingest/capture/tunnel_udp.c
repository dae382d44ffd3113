/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tunnels inside UDP, by port; a header that does not fit makes it plain UDP:
 *
 *   4789, 8472 VXLAN (RFC 7348, section 5): flags:8 (8, 80) … network:24 0:8
 *   4790       VXLAN-GPE: flags:8 (8, and 4 where next tells, else an Ethernet frame) 0:16
 *              next:8 network:24 0:8
 *   6081       GENEVE (RFC 8926, section 3.4): 0:2 options:6 (in 4 bytes) … type:16
 *              network:24 0:8
 *   2152       GTP-U (3GPP TS 29.281, section 5): version:3 = 1 kind:1 0:1 E:1 S:1 P:1
 *              type:8 = 255 length:16 tunnel:32 [sequence:16 number:8 next:8]
 *              next ≠ 0: size:8 (in 4 bytes) … next:8
 *   3544       Teredo (RFC 4380, section 5.1): [1:16 size:8 size:8 … nonce:64 0:8]
 *              [0:16 port:16 address:32], IPv6. Peers talk from any port to any
 *              other: there an address in 2001::/32 and the exact length tell.
 *   5072       AYIYA: identity size:4 kind:4 signature size:4 (in 4 bytes) method:4
 *              authentication:4 operation:4 = 1 next:8 time:32 identity signature
 *   1701       L2TP (RFC 2661, section 3.1): T:1 L:1 0:2 S:1 0:1 O:1 P:1 0:4 version:4
 *              [length:16] tunnel:16 session:16 [sequence:16,16] [offset:16 …], PPP
 *   4341       LISP (RFC 9300, section 5): flags:8 nonce:24 locators:32, IP
 *   4754       GRE (RFC 8086)     6635 MPLS (RFC 7510)
 *   5247       CAPWAP data (RFC 5415, section 4.3): 0:8 size:5 (in 4 bytes) 0:5 radio:5
 *              native:1 piece:1 last:1 0:2 alive:1 0:3 …, then an Ethernet frame, or,
 *              where native, one of the radio: 802.11 for 1
 *   6080       GUE: version:2 = 0 control:1 size:5 (in 4 bytes) next:8 flags:16 …; version
 *              1 is an IP header at once
 *   37008      TZSP: version:8 = 1 kind:8 (0 received, 1 to send) carried:16 (1 Ethernet,
 *              0x12 802.11, 0x7f radiotap), then tags:8 with size:8 …; 0 fills, 1 ends them
 */
#include "ingest/capture/tunnel.h"

#include "core/error.h"
#include "ingest/capture/link.h"

enum {
	TYPE_ETHERNET = 0x6558,
	TYPE_MPLS = 0x8847,
	TYPE_NSH = 0x894f,
	TYPE_PPP = 0x880b,
	IPV6_HEADER = 40,
	EXTENSIONS_MAX = 16,
	TEREDO_PREFIX = 0x20010000,
	GTP_PACKET = 255,
	AYIYA_FORWARD = 1,
	AYIYA_IPV6 = 41,
	AYIYA_IPV4 = 4,
	GUE_IPV4 = 4,
	GUE_IPV6 = 41,
	CAPWAP_RADIO_80211 = 1,
	TZSP_TAGS_MAX = 64,
};

static bool found(struct tunnel *ret, enum tunnel_kind kind, uint16_t type, uint32_t identifier)
{
	*ret = (struct tunnel){kind, type, 0, identifier};
	return type != 0;
}

static bool read_vxlan(struct cursor *c, struct tunnel *ret)
{
	unsigned flags = cursor_u8(c);
	cursor_skip(c, 3);
	uint32_t network = cursor_be24(c);
	cursor_skip(c, 1);
	return (flags & 0x7f) == 8 && !c->short_read &&
	       found(ret, TUNNEL_VXLAN, TYPE_ETHERNET, network);
}

static bool read_vxlan_gpe(struct cursor *c, struct tunnel *ret)
{
	static const uint16_t types[] = {0, ETHERTYPE_IPV4, ETHERTYPE_IPV6, TYPE_ETHERNET,
					 TYPE_NSH, TYPE_MPLS};
	unsigned flags = cursor_u8(c);
	cursor_skip(c, 2);
	unsigned next = cursor_u8(c);
	uint32_t network = cursor_be24(c);
	cursor_skip(c, 1);
	if (c->short_read || (flags & 0xc8) != 8)
		return false;
	if (!(flags & 4))
		return found(ret, TUNNEL_VXLAN, TYPE_ETHERNET, network);
	return next < LENGTH(types) && found(ret, TUNNEL_VXLAN, types[next], network);
}

static bool read_geneve(struct cursor *c, struct tunnel *ret)
{
	unsigned first = cursor_u8(c);
	cursor_skip(c, 1);
	uint16_t type = cursor_be16(c);
	uint32_t network = cursor_be24(c);
	cursor_skip(c, 1 + (first & 0x3f) * (size_t)4);
	return first >> 6 == 0 && type >= ETHERTYPE_LEAST && !c->short_read &&
	       found(ret, TUNNEL_GENEVE, type, network);
}

static bool read_gtp(struct cursor *c, struct tunnel *ret)
{
	unsigned flags = cursor_u8(c), type = cursor_u8(c), next = 0;
	cursor_skip(c, 6);
	if (flags >> 4 != 3 || type != GTP_PACKET || c->short_read)
		return false;
	if (flags & 7) {
		cursor_skip(c, 3);
		next = cursor_u8(c);
	}
	for (int i = 0; (flags & 4) && next != 0; i++) {
		size_t length = cursor_u8(c) * (size_t)4;
		if (i == EXTENSIONS_MAX || length == 0)
			return false;
		cursor_skip(c, length - 2);
		next = cursor_u8(c);
	}
	return !c->short_read && found(ret, TUNNEL_GTP, tunnel_ip_type(*c), 0);
}

/* An IPv6 packet and nothing else; `ret_teredo`: of one of Teredo's addresses. */
static bool is_ipv6(struct cursor c, size_t size, bool *ret_teredo)
{
	unsigned version = cursor_u8(&c) >> 4;
	cursor_skip(&c, 3);
	size_t payload = cursor_be16(&c);
	cursor_skip(&c, 2);
	uint32_t src = cursor_be32(&c);
	cursor_skip(&c, 12);
	uint32_t dst = cursor_be32(&c);
	cursor_skip(&c, 12);
	*ret_teredo = src == TEREDO_PREFIX || dst == TEREDO_PREFIX;
	return version == 6 && !c.short_read && payload + IPV6_HEADER == size;
}

static bool read_teredo(const struct packet *p, struct cursor *c, bool any_port,
			struct tunnel *ret)
{
	size_t before = cursor_left(c);
	struct cursor head = *c;
	bool teredo = false;
	if (cursor_be16(&head) == 1) {
		size_t client = cursor_u8(&head), value = cursor_u8(&head);
		cursor_skip(&head, client + value + 9);
		*c = head;
	}
	head = *c;
	if (cursor_be16(&head) == 0)
		cursor_skip(c, 8);
	return !head.short_read && !c->short_read &&
	       is_ipv6(*c, p->payload_size - (before - cursor_left(c)), &teredo) &&
	       (teredo || !any_port) && found(ret, TUNNEL_TEREDO, ETHERTYPE_IPV6, 0);
}

static bool read_ayiya(struct cursor *c, struct tunnel *ret)
{
	unsigned identity = cursor_u8(c), signature = cursor_u8(c), operation = cursor_u8(c);
	unsigned next = cursor_u8(c);
	cursor_skip(c, 4 + ((size_t)1 << (identity >> 4)) + (signature >> 4) * (size_t)4);
	uint16_t type = tunnel_ip_type(*c);
	return !c->short_read && (operation & 15) == AYIYA_FORWARD &&
	       ((next == AYIYA_IPV6 && type == ETHERTYPE_IPV6) ||
		(next == AYIYA_IPV4 && type == ETHERTYPE_IPV4)) &&
	       found(ret, TUNNEL_AYIYA, type, 0);
}

static bool read_l2tp(struct cursor *c, struct tunnel *ret)
{
	unsigned flags = cursor_be16(c);
	if ((flags & 0xb40f) != 2) /* control messages, and what must be 0 */
		return false;
	cursor_skip(c, flags & 0x4000 ? 6 : 4);
	if (flags & 0x0800)
		cursor_skip(c, 4);
	if (flags & 0x0200)
		cursor_skip(c, cursor_be16(c));
	return !c->short_read && cursor_left(c) > 0 && found(ret, TUNNEL_L2TP, TYPE_PPP, 0);
}

static bool read_lisp(struct cursor *c, struct tunnel *ret)
{
	cursor_skip(c, 8);
	return !c->short_read && found(ret, TUNNEL_LISP, tunnel_ip_type(*c), 0);
}

static bool read_gre(struct cursor *c, struct tunnel *ret)
{
	return !tunnel_read_gre(c, ret) && ret->kind != TUNNEL_NONE;
}

static bool read_mpls(struct cursor *c, struct tunnel *ret)
{
	return cursor_left(c) > 4 && found(ret, TUNNEL_MPLS, TYPE_MPLS, 0);
}

static bool found_link(struct tunnel *ret, enum tunnel_kind kind, uint16_t link)
{
	*ret = (struct tunnel){.kind = kind, .link = link};
	return true;
}

/* Pieces of a frame are not put together. */
static bool read_capwap(struct cursor *c, struct tunnel *ret)
{
	struct cursor head = *c;
	unsigned preamble = cursor_u8(&head);
	uint32_t bits = cursor_be24(&head);
	unsigned radio = bits >> 9 & 0x1f;
	bool native = bits & 0x100, piece = bits & 0x80, alive = bits & 8;
	size_t size = (bits >> 19) * (size_t)4;
	cursor_skip(c, size);
	if (c->short_read || preamble != 0 || size < 8 || piece || alive || cursor_left(c) == 0)
		return false;
	if (!native)
		return found(ret, TUNNEL_CAPWAP, TYPE_ETHERNET, 0);
	return radio == CAPWAP_RADIO_80211 && found_link(ret, TUNNEL_CAPWAP, LINK_802_11);
}

static bool read_gue(struct cursor *c, struct tunnel *ret)
{
	uint16_t type = tunnel_ip_type(*c);
	if (type)
		return found(ret, TUNNEL_IP, type, 0);
	unsigned first = cursor_u8(c), next = cursor_u8(c);
	cursor_skip(c, 2 + (first & 0x1f) * (size_t)4);
	type = tunnel_ip_type(*c);
	return first < 0x20 && !c->short_read &&
	       ((next == GUE_IPV4 && type == ETHERTYPE_IPV4) ||
		(next == GUE_IPV6 && type == ETHERTYPE_IPV6)) &&
	       found(ret, TUNNEL_IP, type, 0);
}

static bool read_tzsp(struct cursor *c, struct tunnel *ret)
{
	unsigned version = cursor_u8(c), kind = cursor_u8(c), carried = cursor_be16(c), tag = 0;
	for (int i = 0; i < TZSP_TAGS_MAX && tag != 1 && !c->short_read; i++) {
		tag = cursor_u8(c);
		if (tag > 1)
			cursor_skip(c, cursor_u8(c));
	}
	if (version != 1 || kind > 1 || tag != 1 || c->short_read)
		return false;
	if (carried == 1)
		return found(ret, TUNNEL_TZSP, TYPE_ETHERNET, 0);
	return (carried == 0x12 && found_link(ret, TUNNEL_TZSP, LINK_802_11)) ||
	       (carried == LINK_RADIOTAP && found_link(ret, TUNNEL_TZSP, LINK_RADIOTAP));
}

static const struct {
	uint16_t port;
	bool (*read)(struct cursor *c, struct tunnel *ret);
} ports[] = {
	{1701, read_l2tp},      {2152, read_gtp},    {4341, read_lisp},
	{4754, read_gre},       {4789, read_vxlan},  {8472, read_vxlan},
	{4790, read_vxlan_gpe}, {5072, read_ayiya},  {6081, read_geneve},
	{6635, read_mpls},      {5247, read_capwap}, {6080, read_gue},
	{37008, read_tzsp},
};

bool tunnel_find_udp(const struct packet *p, struct cursor *c, struct tunnel *ret)
{
	struct cursor begin = *c;
	for (size_t i = 0; i < LENGTH(ports); i++)
		if (ports[i].port == p->dport || ports[i].port == p->sport) {
			if (ports[i].read(c, ret))
				return true;
			*c = begin;
		}
	bool port = p->sport == 3544 || p->dport == 3544;
	return p->payload.size >= IPV6_HEADER && read_teredo(p, c, !port, ret);
}
