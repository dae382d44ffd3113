/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What stands between a frame and its network layer, by EtherType:
 *
 *   8100 88a8 9100 9200 9300  IEEE 802.1Q, 802.1ad: tag:2 type:2
 *   88e7  IEEE 802.1ah: tag:4, then an Ethernet frame
 *   8926  VN-Tag: tag:4 type:2
 *   8903  FabricPath: tag:2, then an Ethernet frame
 *   6558  an Ethernet frame
 *   88e5  IEEE 802.1AE: control:1 size:1 number:4 [identifier:8] type:2 … check:16
 *   8847 8848  MPLS (RFC 3032, section 2.1): label:20 class:3 bottom:1 ttl:8 …
 *         then what its first nibble tells: 4 and 6 IP, 0 a control word and an
 *         Ethernet frame (RFC 4385, section 3), 1 an associated channel
 *   8864  PPPoE session (RFC 2516, section 4): 0x11:1 code:1 session:2 length:2  PPP
 *   880b  PPP
 *   894f  NSH (RFC 8300, section 2.2): 0:10 size:6 (in 4 bytes) kind:8 next:8 …
 *   883e  WCCP: IPv4, mostly behind a redirect header:4
 *
 * Below 0x600 the type is the length of an IEEE 802.2 frame: service points:1,1
 * control:1, which is aa aa 03 for SNAP: organisation:3 type:2.
 */
#include "ingest/capture/link.h"

enum {
	TAGS_MAX = 16, /* tags, labels, sessions of all kinds in one frame */
	LABELS_MAX = 16,
	LABEL_BOTTOM = 0x100,
	SNAP = 0xaaaa03,
	OUI_ETHERTYPE = 0,
	OUI_BRIDGE = 0xf8, /* RFC 1042: EtherTypes that a bridge had to translate */
	LLC_IP = 0x06,
	SECTAG_SCI = 0x20,
	SECTAG_ENCRYPTED = 0x08,
	SECTAG_CHECK = 16,
};

enum { TYPE_DONE = 0x10000 }; /* no type: the rest was read by another layer */

const char *link_read_llc(struct cursor *c, struct packet *p)
{
	struct cursor head = *c;
	p->ethertype = ETHERTYPE_IEEE_802_2;
	uint32_t control = cursor_be24(&head);
	if (head.short_read)
		return LINK_CUT;
	if (++p->nested > LINK_NESTED_MAX)
		return LINK_TOO_DEEP;
	if (control >> 16 == LLC_IP && (control >> 8 & 0xff) == LLC_IP && (control & 0xff) == 3) {
		*c = head;
		return link_read_type(c, ETHERTYPE_IPV4, p);
	}
	uint32_t organisation = cursor_be24(&head);
	uint16_t type = cursor_be16(&head);
	if (control != SNAP || head.short_read || type < ETHERTYPE_LEAST ||
	    (organisation != OUI_ETHERTYPE && organisation != OUI_BRIDGE))
		return NULL;
	*c = head;
	return link_read_type(c, type, p);
}

static const char *read_labels(struct cursor *c, uint32_t *type, struct packet *p)
{
	uint32_t label = 0;
	for (int i = 0; i < LABELS_MAX && !(label & LABEL_BOTTOM) && !c->short_read; i++)
		label = cursor_be32(c);
	struct cursor head = *c;
	unsigned first = cursor_u8(&head) >> 4;
	if (head.short_read)
		return LINK_CUT;
	if (!(label & LABEL_BOTTOM))
		return "more MPLS labels than any frame has";
	if (first == 1)
		return "an MPLS channel of its own: what is in it is not read";
	*type = first == 4 ? ETHERTYPE_IPV4 : first == 6 ? ETHERTYPE_IPV6 : TYPE_DONE;
	if (*type != TYPE_DONE)
		return NULL;
	if (first == 0)
		cursor_skip(c, 4);
	return link_read(c, LINK_ETHERNET, p);
}

static const char *read_nsh(struct cursor *c, uint32_t *type, struct packet *p)
{
	static const uint16_t types[] = {0, ETHERTYPE_IPV4, ETHERTYPE_IPV6, 0x6558, 0x894f, 0x8847};
	struct cursor head = *c;
	size_t size = (cursor_be16(&head) & 0x3f) * (size_t)4;
	cursor_skip(&head, 1);
	unsigned next = cursor_u8(&head);
	cursor_skip(c, size);
	if (c->short_read || size < 8)
		return "a service header whose length is wrong";
	*type = next < sizeof types / sizeof types[0] ? types[next] : 0;
	p->ethertype = 0x894f;
	return *type ? NULL : "a service header before what is not read";
}

static const char *read_secured(struct cursor *c, uint32_t *type, struct packet *p)
{
	unsigned control = cursor_u8(c);
	cursor_skip(c, 5);
	if (control & SECTAG_SCI)
		cursor_skip(c, 8);
	p->ethertype = 0x88e5;
	if (control & SECTAG_ENCRYPTED)
		return "a frame that MACsec encrypted";
	*type = cursor_be16(c);
	if (!c->short_read)
		link_drop_trailer(c, p, SECTAG_CHECK);
	return c->short_read ? LINK_CUT : NULL;
}

/* Takes off what `type` announces. `type` becomes the next one; TYPE_DONE where
 * another layer read the rest. False: nothing is to be taken off. */
static bool step(struct cursor *c, uint32_t *type, struct packet *p, const char **ret_problem)
{
	struct cursor head = *c;
	switch (*type) {
	case 0x8100:
	case 0x88a8:
	case 0x9100:
	case 0x9200:
	case 0x9300:
		cursor_skip(c, 2);
		*type = cursor_be16(c);
		return true;
	case 0x8926:
		cursor_skip(c, 4);
		*type = cursor_be16(c);
		return true;
	case 0x88e5:
		*ret_problem = read_secured(c, type, p);
		return true;
	case 0x8847:
	case 0x8848:
		*ret_problem = read_labels(c, type, p);
		return true;
	case 0x894f:
		*ret_problem = read_nsh(c, type, p);
		return true;
	case 0x883e:
		cursor_skip(c, cursor_u8(&head) >> 4 == 4 ? 0 : 4);
		*type = ETHERTYPE_IPV4;
		return true;
	case 0x8864:
		cursor_skip(c, 6);
		*ret_problem = link_read(c, LINK_PPP, p);
		break;
	case 0x880b:
		*ret_problem = link_read(c, LINK_PPP, p);
		break;
	case 0x88e7:
		cursor_skip(c, 4);
		*ret_problem = link_read(c, LINK_ETHERNET, p);
		break;
	case 0x8903:
		cursor_skip(c, 2);
		*ret_problem = link_read(c, LINK_ETHERNET, p);
		break;
	case 0x6558:
		*ret_problem = link_read(c, LINK_ETHERNET, p);
		break;
	default:
		return false;
	}
	*type = TYPE_DONE;
	return true;
}

const char *link_read_type(struct cursor *c, uint16_t first, struct packet *p)
{
	const char *problem = NULL;
	uint32_t type = first;
	for (int i = 0; step(c, &type, p, &problem); i++) {
		if (problem || type == TYPE_DONE)
			return problem;
		if (i == TAGS_MAX)
			return "more tags than any frame has";
	}
	if (c->short_read)
		return LINK_CUT;
	if (type < ETHERTYPE_LEAST)
		return link_read_llc(c, p);
	p->ethertype = (uint16_t)type;
	return NULL;
}
