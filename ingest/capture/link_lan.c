/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rings, buses, cells, and Ethernet as the wire has it:
 *
 *   Token Ring (IEEE 802.5)   access:1 control:1 destination:6 source:6 [routing, where the
 *              first bit of the source is set: 3 bits, size:5, 0:8 …]  802.2
 *   FDDI (ISO 9314-2)         control:1 destination:6 source:6  802.2
 *   IP_OVER_FC (RFC 4338, 4)  destination:8 source:8  802.2
 *   IEEE1394 (as macOS has it) destination:8 source:8 type:2
 *   ATM (RFC 2684, section 5) 802.2; behind the organisation 0080c2 a number:2 (1, or 7
 *              without a check sequence) 0:2 and an Ethernet frame; behind fe fe 03 cf PPP
 *   SUNATM     direction and kind:1 path:1 channel:2, then LAN emulation:2 and an Ethernet
 *              frame (kind 1), or ATM (kind 2)
 *   NETANALYZER  flags:4, then Ethernet with its check sequence; …_TRANSPARENT with
 *              preamble and start delimiter, too
 *   MPACKET (IEEE 802.3-2018, 99.3)  preamble: 55 … delimiter:1, Ethernet, check:4
 *   DSA_TAG_DSA, …_EDSA       Ethernet with a tag of 4 or 8 bytes before the type
 *   VSOCK      messages between a machine and a virtual one
 */
#include "ingest/capture/link.h"

enum {
	RING_LLC = 1, /* the two highest bits of its control */
	ROUTED = 0x80,
	ROUTING_SIZE = 0x1f,
	FDDI_KIND = 0x70, /* without whether it is synchronous */
	FDDI_LLC = 0x50,
	FDDI_IMPLEMENTER = 0x60,
	ATM_BRIDGED = 0x0080c2,
	ATM_BRIDGED_CHECK = 1,
	ATM_BRIDGED_PLAIN = 7,
	ATM_SENT = 0x80,
	ATM_KIND = 0x0f,
	ATM_LANE = 1,
	ATM_LLC = 2,
	LANE_CONTROL = 0xff00,
	PREAMBLE = 0x55,
	PREAMBLE_MAX = 16, /* bytes; 7 are usual */
	CHECK_SIZE = 4,
};
#define ATM_SNAP UINT32_C(0xaaaa03)
#define ATM_PPP UINT32_C(0xfefe03cf)

const char *link_read_token_ring(struct cursor *c, struct packet *p)
{
	cursor_skip(c, 1);
	unsigned control = cursor_u8(c);
	cursor_skip(c, 6);
	unsigned source = cursor_u8(c);
	cursor_skip(c, 5);
	if (source & ROUTED) {
		size_t size = cursor_u8(c) & ROUTING_SIZE;
		if (size < 2 || size % 2)
			return "a Token Ring route of an impossible length";
		cursor_skip(c, size - 1);
	}
	if (c->short_read)
		return LINK_CUT;
	p->ethertype = ETHERTYPE_IEEE_802_2; /* the ring speaks of itself */
	return control >> 6 == RING_LLC ? link_read_llc(c, p) : NULL;
}

const char *link_read_fddi(struct cursor *c, struct packet *p)
{
	unsigned kind = cursor_u8(c) & FDDI_KIND;
	cursor_skip(c, 12);
	if (c->short_read)
		return LINK_CUT;
	p->ethertype = ETHERTYPE_IEEE_802_2;
	if (kind == FDDI_IMPLEMENTER)
		return "an FDDI frame of a kind that is not read";
	return kind == FDDI_LLC ? link_read_llc(c, p) : NULL;
}

const char *link_read_fibre_channel(struct cursor *c, struct packet *p)
{
	cursor_skip(c, 16);
	return link_read_llc(c, p);
}

const char *link_read_firewire(struct cursor *c, struct packet *p)
{
	cursor_skip(c, 16);
	return link_read_type(c, cursor_be16(c), p);
}

const char *link_read_atm(struct cursor *c, struct packet *p)
{
	struct cursor head = *c, ppp = *c;
	if (cursor_be32(&ppp) == ATM_PPP) {
		*c = ppp;
		return link_read(c, LINK_PPP, p);
	}
	uint32_t snap = cursor_be24(&head), organisation = cursor_be24(&head);
	unsigned kind = cursor_be16(&head);
	if (snap != ATM_SNAP || organisation != ATM_BRIDGED ||
	    (kind != ATM_BRIDGED_CHECK && kind != ATM_BRIDGED_PLAIN))
		return link_read_llc(c, p);
	cursor_skip(&head, 2);
	*c = head;
	if (kind == ATM_BRIDGED_CHECK && !c->short_read)
		link_drop_trailer(c, p, CHECK_SIZE);
	return link_read(c, LINK_ETHERNET, p);
}

/* Classical IP with or without a header in front. */
const char *link_read_atm_clip(struct cursor *c, struct packet *p)
{
	struct cursor head = *c;
	return cursor_be24(&head) == ATM_SNAP ? link_read_llc(c, p) : link_read_raw(c, p);
}

const char *link_read_sun_atm(struct cursor *c, struct packet *p)
{
	unsigned first = cursor_u8(c);
	cursor_skip(c, 3);
	if (c->short_read)
		return LINK_CUT;
	p->way = first & ATM_SENT ? WAY_OUT : WAY_IN;
	p->ethertype = ETHERTYPE_IEEE_802_2;
	if ((first & ATM_KIND) == ATM_LLC)
		return link_read_atm(c, p);
	if ((first & ATM_KIND) != ATM_LANE)
		return NULL; /* signalling */
	return cursor_be16(c) == LANE_CONTROL ? NULL : link_read_ethernet(c, p);
}

static unsigned skip_preamble(struct cursor *c)
{
	unsigned byte = PREAMBLE;
	for (int i = 0; i < PREAMBLE_MAX && byte == PREAMBLE && !c->short_read; i++)
		byte = cursor_u8(c);
	return byte;
}

static const char *read_checked(struct cursor *c, struct packet *p)
{
	if (!c->short_read)
		link_drop_trailer(c, p, CHECK_SIZE);
	return link_read_ethernet(c, p);
}

const char *link_read_netanalyzer(struct cursor *c, struct packet *p)
{
	cursor_skip(c, 4);
	return read_checked(c, p);
}

static const char *read_delimited(struct cursor *c, unsigned delimiter, struct packet *p)
{
	switch (delimiter) {
	case 0xd5: /* express, and whatever cannot be interrupted */
	case 0xe6: /* the beginning of one that can be, mostly all of it */
	case 0x4c:
	case 0x7f:
	case 0xb3:
		return read_checked(c, p);
	case 0x61:
	case 0x52:
	case 0x9e:
	case 0x2a:
		return "the rest of an Ethernet frame in pieces";
	case 0x07: /* asking whether the other side can do this, and its answer */
	case 0x19:
		p->ethertype = ETHERTYPE_IEEE_802_2;
		return c->short_read ? LINK_CUT : NULL;
	default:
		return "an Ethernet frame without a start";
	}
}

const char *link_read_transparent(struct cursor *c, struct packet *p)
{
	cursor_skip(c, 4);
	return read_delimited(c, skip_preamble(c), p);
}

const char *link_read_mpacket(struct cursor *c, struct packet *p)
{
	return read_delimited(c, skip_preamble(c), p);
}

static const char *read_tagged(struct cursor *c, size_t tag, struct packet *p)
{
	cursor_skip(c, 12 + tag);
	return link_read_type(c, cursor_be16(c), p);
}

const char *link_read_tag4(struct cursor *c, struct packet *p)
{
	return read_tagged(c, 4, p);
}

const char *link_read_tag8(struct cursor *c, struct packet *p)
{
	return read_tagged(c, 8, p);
}

const char *link_read_vsock(struct cursor *c, struct packet *p)
{
	(void)c, (void)p;
	return "a vsock message: between this machine and a virtual one";
}
