/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tunnels right above IP, by protocol:
 *
 *   4, 94  IPv4 (RFC 2003)   41  IPv6 (RFC 4213)   137  MPLS (RFC 4023)
 *   97   EtherIP (RFC 3378): version:4 0:12, then an Ethernet frame
 *   143  an Ethernet frame (RFC 8986, section 4.9)
 *   47   GRE (RFC 2784, 2890, 1701): C:1 R:1 K:1 S:1 s:1 … version:3 type:16
 *          [checksum:16 offset:16 where C or R] [key:32 where K] [sequence:32 where S]
 *          [routes where R: family:16 offset:8 size:8 …, a family of 0 ends them]
 *        version 1 (RFC 2637, section 4.1): flags:16 (A 0x80) 880b:16 length:16 call:16
 *          [sequence:32 where S] [acknowledgment:32 where A], PPP
 *        88be  ERSPAN: an Ethernet frame at once, or, where S, behind a header:64
 *        22eb  ERSPAN III: header:96, its last bit: 64 more
 *        8200, 8210 … 8370  Aruba's access points: an 802.11 frame
 */
#include "ingest/capture/tunnel.h"

#include "ingest/capture/link.h"

enum {
	PROTO_IPV4 = 4,
	PROTO_IPV6 = 41,
	PROTO_GRE = 47,
	PROTO_IPIP = 94,
	PROTO_ETHERIP = 97,
	PROTO_L2TP = 115,
	PROTO_MPLS = 137,
	PROTO_ETHERNET = 143,
	TYPE_PPP = 0x880b,
	TYPE_ERSPAN = 0x88be,
	TYPE_ERSPAN_3 = 0x22eb,
	TYPE_ETHERNET = 0x6558,
	TYPE_MPLS = 0x8847,
	TYPE_ARUBA = 0x8200,
	TYPE_ARUBA_LAST = 0x8370,
	GRE_CHECKSUM = 0x8000,
	GRE_ROUTES = 0x4000,
	GRE_KEY = 0x2000,
	GRE_SEQUENCE = 0x1000,
	GRE_ACKNOWLEDGMENT = 0x80,
	ROUTES_MAX = 64,
};

uint16_t tunnel_ip_type(struct cursor c)
{
	unsigned version = cursor_u8(&c) >> 4;
	return version == 4 ? ETHERTYPE_IPV4 : version == 6 ? ETHERTYPE_IPV6 : 0;
}

static const char *read_gre_optional(struct cursor *c, unsigned flags)
{
	if (flags & (GRE_CHECKSUM | GRE_ROUTES))
		cursor_skip(c, 4);
	if (flags & GRE_KEY)
		cursor_skip(c, 4);
	if (flags & GRE_SEQUENCE)
		cursor_skip(c, 4);
	for (int i = 0; flags & GRE_ROUTES; i++) {
		unsigned family = cursor_be16(c);
		cursor_skip(c, 1);
		cursor_skip(c, cursor_u8(c));
		if (family == 0 || c->short_read)
			break;
		if (i == ROUTES_MAX)
			return "more routes than a GRE header has";
	}
	return c->short_read ? "a GRE header that is cut off" : NULL;
}

/* Of its header only how long it is. */
static const char *read_erspan(struct cursor *c, unsigned flags, struct tunnel *ret)
{
	struct cursor head = *c;
	ret->kind = TUNNEL_ERSPAN;
	if (ret->type == TYPE_ERSPAN_3) {
		cursor_skip(&head, 8);
		cursor_skip(c, cursor_be32(&head) & 1 ? 20 : 12);
	} else if (flags & GRE_SEQUENCE) {
		cursor_skip(c, 8);
	}
	ret->type = TYPE_ETHERNET;
	return c->short_read ? "an ERSPAN header that is cut off" : NULL;
}

static const char *read_pptp(struct cursor *c, unsigned flags, struct tunnel *ret)
{
	size_t size = cursor_be16(c);
	cursor_skip(c, 2);
	if (flags & GRE_SEQUENCE)
		cursor_skip(c, 4);
	if (flags & GRE_ACKNOWLEDGMENT)
		cursor_skip(c, 4);
	if (c->short_read)
		return "a GRE header that is cut off";
	ret->kind = size ? TUNNEL_GRE : TUNNEL_NONE; /* an acknowledgment alone */
	ret->type = TYPE_PPP;
	return NULL;
}

const char *tunnel_read_gre(struct cursor *c, struct tunnel *ret)
{
	unsigned flags = cursor_be16(c);
	*ret = (struct tunnel){TUNNEL_GRE, cursor_be16(c), 0, 0};
	if (c->short_read)
		return "a GRE header that is cut off";
	if ((flags & 7) == 1 && ret->type == TYPE_PPP)
		return read_pptp(c, flags, ret);
	if ((flags & 7) != 0)
		return "GRE of an unknown version";
	const char *problem = read_gre_optional(c, flags);
	if (problem)
		return problem;
	if (ret->type == TYPE_ERSPAN || ret->type == TYPE_ERSPAN_3)
		return read_erspan(c, flags, ret);
	if (ret->type == 0) /* a keep-alive */
		ret->kind = TUNNEL_NONE;
	if (ret->type >= TYPE_ARUBA && ret->type <= TYPE_ARUBA_LAST && ret->type % 16 == 0)
		*ret = (struct tunnel){.kind = TUNNEL_GRE, .link = LINK_802_11};
	return NULL;
}

bool tunnel_find(const struct packet *p, struct cursor *ret_bytes, struct tunnel *ret,
		 const char **ret_problem)
{
	*ret = (struct tunnel){.kind = TUNNEL_NONE};
	*ret_problem = NULL;
	*ret_bytes = cursor_over(p->payload);
	if (!p->has_addresses || p->later_fragment || p->ethertype == ETHERTYPE_ARP)
		return false;
	switch (p->proto) {
	case PROTO_UDP:
		return p->has_ports && tunnel_find_udp(p, ret_bytes, ret);
	case PROTO_IPV4:
	case PROTO_IPIP:
		*ret = (struct tunnel){TUNNEL_IP, ETHERTYPE_IPV4, 0, 0};
		break;
	case PROTO_IPV6:
		*ret = (struct tunnel){TUNNEL_IP, ETHERTYPE_IPV6, 0, 0};
		break;
	case PROTO_MPLS:
		*ret = (struct tunnel){TUNNEL_MPLS, TYPE_MPLS, 0, 0};
		break;
	case PROTO_ETHERIP:
		*ret = (struct tunnel){TUNNEL_ETHERNET, TYPE_ETHERNET, 0, 0};
		cursor_skip(ret_bytes, 2);
		break;
	case PROTO_ETHERNET:
		*ret = (struct tunnel){TUNNEL_ETHERNET, TYPE_ETHERNET, 0, 0};
		break;
	case PROTO_GRE:
		*ret_problem = tunnel_read_gre(ret_bytes, ret);
		break;
	case PROTO_L2TP:
		*ret_problem = "an L2TPv3 session: what is inside it is not read";
		break;
	default:
		break;
	}
	if (ret_bytes->short_read && !*ret_problem)
		*ret_problem = "a tunnel header that is cut off";
	return ret->kind != TUNNEL_NONE && !*ret_problem;
}
