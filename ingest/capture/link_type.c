/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What stands between a frame and its network layer, by EtherType:
 *
 *   8100 88a8 9100 9200 9300  IEEE 802.1Q, 802.1ad: tag:2 type:2
 *   88e7  IEEE 802.1ah: tag:4, then an Ethernet frame
 *   8926  VN-Tag: tag:4 type:2      893f  IEEE 802.1BR: tag:6 type:2
 *   892f f1c1  IEC 62439-3 (HSR), IEEE 802.1CB: tag:4 type:2
 *   8909  Cisco MetaData: version:1 length:1 option:2 group:2 type:2
 *   8903  FabricPath: tag:2, then an Ethernet frame
 *   22f3  TRILL (RFC 6325, section 3.1): 0:5 options:5 (in 4 bytes) hops:6 names:2,2
 *         options, then an Ethernet frame
 *   6558  an Ethernet frame         6559  a frame of frame relay
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

#include "core/error.h"

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

/* Tags behind which the next type stands. */
static const struct {
	uint16_t type;
	uint8_t size;
} tags[] = {
	{0x8100, 2}, {0x88a8, 2}, {0x9100, 2}, {0x9200, 2}, {0x9300, 2}, {0x8926, 4},
	{0x892f, 4}, {0xf1c1, 4}, {0x893f, 6}, {0x8909, 6},
};

static size_t tag_size(uint32_t type)
{
	for (size_t i = 0; i < LENGTH(tags); i++)
		if (tags[i].type == type)
			return tags[i].size;
	return 0;
}

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

/* Does an Ethernet frame begin here? Some pseudowires have no control word, and an
 * address may begin like one: its type tells. */
static bool is_ethernet(struct cursor c)
{
	cursor_skip(&c, 12);
	unsigned type = cursor_be16(&c);
	return !c.short_read && (tag_size(type) > 0 || type == ETHERTYPE_IPV4 ||
				 type == ETHERTYPE_IPV6 || type == ETHERTYPE_ARP);
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
	if (first == 0 && !is_ethernet(*c))
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

static const char *read_trill(struct cursor *c, struct packet *p)
{
	cursor_skip(c, 4 + (size_t)(cursor_be16(c) >> 6 & 0x1f) * 4);
	return c->short_read ? LINK_CUT : link_read(c, LINK_ETHERNET, p);
}

/* Takes off what `type` announces. `type` becomes the next one; TYPE_DONE where
 * another layer read the rest. False: nothing is to be taken off. */
static bool step(struct cursor *c, uint32_t *type, struct packet *p, const char **ret_problem)
{
	struct cursor head = *c;
	size_t tag = tag_size(*type);
	if (tag > 0) {
		cursor_skip(c, tag);
		*type = cursor_be16(c);
		return true;
	}
	switch (*type) {
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
	case 0x22f3:
		*ret_problem = read_trill(c, p);
		break;
	case 0x6558:
		*ret_problem = link_read(c, LINK_ETHERNET, p);
		break;
	case 0x6559:
		*ret_problem = link_read(c, LINK_FRAME_RELAY, p);
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
