/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Link layers, by their LINKTYPE_ number:
 *
 *   EN10MB      destination:6 source:6 type:2   (IEEE 802.3)
 *   NULL, LOOP  address family:4, in the byte order of the machine or of the net
 *   RAW         an IP header at once
 *   LINUX_SLL   direction:2 hardware:2 length:2 address:8 protocol:2
 *   LINUX_SLL2  protocol:2 0:2 interface:4 hardware:2 direction:1 length:1 address:8
 *   IPOIB       addresses:40 type:2 0:2          (RFC 4391, section 6)
 *   DSA_TAG_BRCM_PREPEND  tag:4, then Ethernet
 */
#include "ingest/capture/link.h"

#include "core/error.h"

enum {
	HARDWARE_FRAME_RELAY = 770,
	HARDWARE_LOOPBACK = 772,
	HARDWARE_802_11 = 801,
	HARDWARE_RADIOTAP = 803,
	HARDWARE_NETLINK = 824,
	DIRECTION_GROUP_LAST = 2, /* 0 to this machine, 1 to all, 2 to a group */
	DIRECTION_PASSING = 3,
	DIRECTION_OUT = 4,
};

const char LINK_CUT[] = "a link header that is cut off";
const char LINK_TOO_DEEP[] = "more link headers in each other than any frame has";

const char *link_read_ethernet(struct cursor *c, struct packet *p)
{
	cursor_skip(c, 12);
	return link_read_type(c, cursor_be16(c), p);
}

const char *link_read_raw(struct cursor *c, struct packet *p)
{
	struct cursor head = *c;
	unsigned version = cursor_u8(&head) >> 4;
	if (head.short_read)
		return LINK_CUT;
	if (version != 4 && version != 6)
		return "a raw packet that is neither IPv4 nor IPv6";
	p->ethertype = version == 4 ? ETHERTYPE_IPV4 : ETHERTYPE_IPV6;
	return NULL;
}

uint16_t link_type_of_family(uint32_t family)
{
	switch (family) {
	case 2:
		return ETHERTYPE_IPV4;
	case 10:
	case 23:
	case 24:
	case 26:
	case 28:
	case 30:
		return ETHERTYPE_IPV6;
	default:
		return 0;
	}
}

/* Tunnel devices use this type too, so that it says nothing of loopback. Some put
 * an EtherType in the place of the family, or the header of a serial line. */
static const char *read_null(struct cursor *c, struct packet *p)
{
	struct cursor swapped = *c, serial = *c;
	uint32_t first = cursor_be16(&serial);
	if (first == 0xff03 || first == 0x0f00 || first == 0x8f00)
		return link_read_ppp(c, p);
	uint32_t family = cursor_le32(c), other = cursor_be32(&swapped);
	if (family > 0xffff)
		family = other;
	if (c->short_read)
		return LINK_CUT;
	if (family >= ETHERTYPE_LEAST && family <= 0xffff)
		return link_read_type(c, (uint16_t)family, p);
	p->ethertype = link_type_of_family(family);
	return p->ethertype ? NULL : "a loopback packet of another address family";
}

/* PACKET_HOST … PACKET_OUTGOING of Linux; what is none of them tells nothing. */
static enum way way_of(unsigned direction)
{
	if (direction <= DIRECTION_GROUP_LAST)
		return WAY_IN;
	return direction == DIRECTION_OUT       ? WAY_OUT
	       : direction == DIRECTION_PASSING ? WAY_PASSING
						: WAY_UNKNOWN;
}

static const char *read_cooked(struct cursor *c, unsigned hardware, unsigned direction,
			       uint16_t type, struct packet *p)
{
	if (c->short_read)
		return LINK_CUT;
	p->loopback = hardware == HARDWARE_LOOPBACK;
	p->way = way_of(direction);
	switch (hardware) {
	case HARDWARE_NETLINK:
		return "a netlink message: it stays on this machine";
	case HARDWARE_FRAME_RELAY:
		return link_read(c, LINK_FRAME_RELAY, p);
	case HARDWARE_802_11:
		return link_read(c, LINK_802_11, p);
	case HARDWARE_RADIOTAP:
		return link_read(c, LINK_RADIOTAP, p);
	default:
		return link_read_type(c, type, p);
	}
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

static const char *read_ipoib(struct cursor *c, struct packet *p)
{
	cursor_skip(c, 40);
	uint16_t type = cursor_be16(c);
	cursor_skip(c, 2);
	return link_read_type(c, type, p);
}

static const char *read_tag_first(struct cursor *c, struct packet *p)
{
	cursor_skip(c, 4);
	return link_read_ethernet(c, p);
}

static const char *read_pppoe(struct cursor *c, struct packet *p)
{
	return link_read_type(c, 0x8864, p);
}

static const struct {
	unsigned linktype;
	const char *(*read)(struct cursor *c, struct packet *p);
} links[] = {
	{0, read_null},
	{LINK_ETHERNET, link_read_ethernet},
	{6, link_read_token_ring},
	{8, link_read_slip},
	{LINK_PPP, link_read_ppp},
	{10, link_read_fddi},
	{12, link_read_raw},
	{14, link_read_raw},
	{50, link_read_ppp},
	{51, read_pppoe},
	{100, link_read_atm},
	{LINK_RAW, link_read_raw},
	{104, link_read_chdlc},
	{LINK_802_11, link_read_80211},
	{106, link_read_atm_clip},
	{LINK_FRAME_RELAY, link_read_frame_relay},
	{108, read_null},
	{109, link_read_enc},
	{113, read_sll},
	{117, link_read_pflog},
	{119, link_read_prism},
	{122, link_read_fibre_channel},
	{123, link_read_sun_atm},
	{LINK_RADIOTAP, link_read_radiotap},
	{138, link_read_firewire},
	{149, link_read_pktap},
	{163, link_read_avs},
	{166, link_read_ppp_direction},
	{192, link_read_ppi},
	{204, link_read_ppp_way},
	{205, link_read_chdlc_way},
	{206, link_read_frame_relay_way},
	{226, link_read_ipnet},
	{228, link_read_raw},
	{229, link_read_raw},
	{239, link_read_nflog},
	{240, link_read_netanalyzer},
	{241, link_read_transparent},
	{242, read_ipoib},
	{258, link_read_pktap},
	{271, link_read_vsock},
	{274, link_read_mpacket},
	{276, read_sll2},
	{281, link_read_tag4},
	{282, read_tag_first},
	{284, link_read_tag4},
	{285, link_read_tag8},
};

size_t link_count(void)
{
	return LENGTH(links);
}

unsigned link_number(size_t at)
{
	return links[at].linktype;
}

bool link_known(unsigned linktype)
{
	for (size_t i = 0; i < LENGTH(links); i++)
		if (links[i].linktype == linktype)
			return true;
	return false;
}

void link_drop_trailer(struct cursor *c, struct packet *p, size_t size)
{
	size_t left = cursor_left(c);
	size_t gone = size < p->missing ? size : p->missing; /* it was not captured anyway */
	p->missing -= gone;
	*c = cursor_child(c, size - gone < left ? left - (size - gone) : 0);
}

const char *link_read(struct cursor *c, unsigned linktype, struct packet *p)
{
	if (++p->nested > LINK_NESTED_MAX)
		return LINK_TOO_DEEP;
	for (size_t i = 0; i < LENGTH(links); i++)
		if (links[i].linktype == linktype)
			return links[i].read(c, p);
	return "an unknown link type inside another one";
}
