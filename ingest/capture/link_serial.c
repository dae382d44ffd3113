/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Serial lines:
 *
 *   PPP (RFC 1661, 1662): [address:1 = ff control:1 = 03] protocol:1 or 2 (the first
 *        whose lowest bit is set ends it, RFC 1661, section 6.5)
 *   PPP_PPPD: a direction:1 (0: came in) in the place of the address
 *   …_WITH_DIR (PPP, Cisco HDLC, frame relay): direction:1 (0: came in) in front
 *   SLIP: direction:1 (0: came in, 1: sent) header:15, as it was compressed (RFC 1144), then
 *        the packet with its header whole
 *   Cisco HDLC: address:1 = 0f, 8f  control:1  type:2
 *   Frame relay (RFC 2427): address:2–4 (the lowest bit ends it)
 *        control:1 = 03 [0:1] network protocol:1 (cc IPv4, 8e IPv6, 80 SNAP, cf PPP),
 *        or, as Cisco has it, type:2. SNAP of the organisation 0080c2 (section 4.2) is a
 *        bridge's: 1, or 7 without a check sequence, and an Ethernet frame
 */
#include "ingest/capture/link.h"

#include "core/error.h"

enum {
	ETHERTYPE_PPP = 0x880b,
	PPP_CONTROL = 0x8000, /* from here on a protocol speaks of the line itself */
	ADDRESS_MAX = 4,
	NLPID_SNAP = 0x80,
	NLPID_IPV6 = 0x8e,
	NLPID_IPV4 = 0xcc,
	NLPID_PPP = 0xcf,
	CONTROL_UI = 3,
	SLIP_SENT = 1,
	SLIP_HEADER = 15,
	BRIDGED = 0x0080c2,
	BRIDGED_CHECK = 1,
	BRIDGED_PLAIN = 7,
	CHECK_SIZE = 4,
};

static const char NOT_READ[] = "a packet over frame relay that is not read";

static const struct {
	uint16_t protocol, type;
} ppp_types[] = {
	{0x0021, ETHERTYPE_IPV4}, {0x0057, ETHERTYPE_IPV6}, {0x0281, 0x8847},
	{0x0283, 0x8848},         {0x0031, 0x6558},
};

static const char *read_protocol(struct cursor *c, struct packet *p)
{
	uint16_t protocol = cursor_u8(c);
	if (!(protocol & 1))
		protocol = (uint16_t)(protocol << 8 | cursor_u8(c));
	if (c->short_read)
		return LINK_CUT;
	for (size_t i = 0; i < LENGTH(ppp_types); i++)
		if (ppp_types[i].protocol == protocol)
			return link_read_type(c, ppp_types[i].type, p);
	p->ethertype = ETHERTYPE_PPP;
	return protocol >= PPP_CONTROL ? NULL
				       : "a PPP protocol that is not read (compressed, encrypted, "
					 "in pieces or unknown)";
}

const char *link_read_ppp(struct cursor *c, struct packet *p)
{
	struct cursor head = *c;
	unsigned address = cursor_u8(&head), control = cursor_u8(&head);
	if (address == 0x0f || address == 0x8f)
		return link_read_chdlc(c, p);
	if (address == 0xff && control == CONTROL_UI)
		*c = head;
	return read_protocol(c, p);
}

const char *link_read_ppp_direction(struct cursor *c, struct packet *p)
{
	p->way = cursor_u8(c) ? WAY_OUT : WAY_IN;
	struct cursor head = *c;
	if (cursor_u8(&head) == CONTROL_UI)
		*c = head;
	return link_read_ppp(c, p);
}

const char *link_read_chdlc(struct cursor *c, struct packet *p)
{
	cursor_skip(c, 2);
	uint16_t type = cursor_be16(c);
	if (c->short_read)
		return LINK_CUT;
	if (type >= ETHERTYPE_LEAST)
		return link_read_type(c, type, p);
	p->ethertype = ETHERTYPE_IEEE_802_2;
	return "a packet over Cisco HDLC that is not read";
}

static const char *read_snap(struct cursor *c, struct packet *p)
{
	uint32_t organisation = cursor_be24(c);
	unsigned type = cursor_be16(c);
	if (c->short_read)
		return LINK_CUT;
	if (organisation == 0)
		return link_read_type(c, (uint16_t)type, p);
	if (organisation != BRIDGED || (type != BRIDGED_CHECK && type != BRIDGED_PLAIN))
		return NOT_READ;
	if (type == BRIDGED_CHECK)
		link_drop_trailer(c, p, CHECK_SIZE);
	return link_read(c, LINK_ETHERNET, p);
}

static const char *read_nlpid(struct cursor *c, struct packet *p)
{
	unsigned nlpid = cursor_u8(c);
	if (nlpid == 0)
		nlpid = cursor_u8(c);
	p->ethertype = ETHERTYPE_IEEE_802_2;
	switch (nlpid) {
	case NLPID_IPV4:
		return link_read_type(c, ETHERTYPE_IPV4, p);
	case NLPID_IPV6:
		return link_read_type(c, ETHERTYPE_IPV6, p);
	case NLPID_PPP:
		return link_read(c, LINK_PPP, p);
	case NLPID_SNAP:
		return read_snap(c, p);
	default:
		break;
	}
	return c->short_read ? LINK_CUT : NOT_READ;
}

const char *link_read_frame_relay(struct cursor *c, struct packet *p)
{
	unsigned byte = 0;
	for (int i = 0; i < ADDRESS_MAX && !(byte & 1); i++)
		byte = cursor_u8(c);
	struct cursor head = *c;
	if (c->short_read)
		return LINK_CUT;
	if (cursor_u8(&head) == CONTROL_UI) {
		*c = head;
		return read_nlpid(c, p);
	}
	uint16_t type = cursor_be16(c);
	if (c->short_read)
		return LINK_CUT;
	if (type >= ETHERTYPE_LEAST)
		return link_read_type(c, type, p);
	p->ethertype = ETHERTYPE_IEEE_802_2;
	return NOT_READ;
}

static void read_way(struct cursor *c, struct packet *p)
{
	p->way = cursor_u8(c) ? WAY_OUT : WAY_IN;
}

const char *link_read_ppp_way(struct cursor *c, struct packet *p)
{
	read_way(c, p);
	return link_read_ppp(c, p);
}

const char *link_read_chdlc_way(struct cursor *c, struct packet *p)
{
	read_way(c, p);
	return link_read_chdlc(c, p);
}

const char *link_read_frame_relay_way(struct cursor *c, struct packet *p)
{
	read_way(c, p);
	return link_read_frame_relay(c, p);
}

const char *link_read_slip(struct cursor *c, struct packet *p)
{
	unsigned direction = cursor_u8(c);
	cursor_skip(c, SLIP_HEADER);
	if (c->short_read)
		return LINK_CUT;
	if (direction <= SLIP_SENT)
		p->way = direction == SLIP_SENT ? WAY_OUT : WAY_IN;
	return link_read_raw(c, p);
}
