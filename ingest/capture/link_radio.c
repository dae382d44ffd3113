/* SPDX-License-Identifier: Apache-2.0 */
/*
 * IEEE 802.11-2020, section 9.2 and 9.3, numbers little-endian:
 *
 *   control:2 (version:2 kind:2 subtype:4; to DS, from DS, more, …, protected, order)
 *   duration:2 addresses:6,6,6 sequence:2 [address:6] [QoS control:2 [HT control:4]]
 *   [mesh control: flags:1 ttl:1 number:4 addresses:6 × 0–3], then IEEE 802.2
 *
 * and what receivers put in front:
 *   radiotap   0:1 0:1 size:2 present:4 (bit 31: another word) fields, aligned
 *   PPI        0:1 flags:1 size:2 linktype:4, then fields type:2 size:2 …
 *   Prism      message:4 size:4 …   AVS  version:4 = 8021100x size:4 … (big-endian)
 *
 * An aggregate (A-MSDU, 9.3.2.2.2) holds subframes in place of the one packet:
 *   destination:6 source:6 size:2 (big-endian)  IEEE 802.2 …, filled up to a multiple of 4
 *   but for the last one
 *
 * Cisco's controllers swap the two bytes of the control inside CAPWAP: there the version
 * is not 0.
 *
 * Of a frame that carries no packet (beacons, acknowledgments) only that it was
 * there is kept.
 */
#include "ingest/capture/link.h"

enum {
	CONTROL_VERSION = 3, /* of its control; 0 */
	KIND_DATA = 2,
	SUBTYPE_NO_DATA = 4,
	SUBTYPE_QOS = 8,
	TO_DS = 1,
	FROM_DS = 2,
	MORE_PIECES = 4,
	PROTECTED = 0x40,
	ORDER = 0x80,
	QOS_AGGREGATE = 0x80,
	QOS_MESH = 0x100,
	PRESENT_MAX = 32, /* words */
	PRESENT_TIME = 1,
	PRESENT_FLAGS = 2,
	FLAG_CHECK = 0x10,
	FLAG_PADDED = 0x20,
	CHECK_SIZE = 4,
	PPI_FIELDS_MAX = 64,
	PPI_COMMON = 2,
	PRISM_SIZE = 144,
	SUBFRAME_HEADER = 14,
};

/* What was not captured is missing at the end of the subframe it begins in; of those
 * behind that one nobody knows. */
const char *link_read_next(struct cursor *c, struct packet *p)
{
	struct cursor *rest = &p->more;
	p->ethertype = ETHERTYPE_IEEE_802_11;
	p->nested = 0;
	cursor_skip(rest, SUBFRAME_HEADER - 2);
	size_t size = cursor_be16(rest), left = cursor_left(rest);
	size_t padding = (4 - (SUBFRAME_HEADER + size) % 4) % 4;
	bool lost = rest->short_read && p->more_missing > 0;
	bool wrong = rest->short_read || size > left + p->more_missing;
	*c = cursor_child(rest, size < left ? size : left);
	cursor_skip(rest, padding < cursor_left(rest) ? padding : cursor_left(rest));
	p->missing = wrong || size < left ? 0 : size - left;
	p->more_missing -= p->missing;
	if (!wrong)
		return link_read_llc(c, p);
	*rest = cursor_over(slice_of(NULL, 0));
	p->more_missing = 0;
	return lost ? "an aggregate of 802.11 frames that was not captured whole"
		    : "an aggregate of 802.11 frames whose lengths are wrong";
}

/* Less is the filling, or a check sequence that nothing told of. */
bool link_has_next(const struct packet *p)
{
	return cursor_left(&p->more) + p->more_missing >= SUBFRAME_HEADER;
}

static void skip_mesh(struct cursor *c)
{
	unsigned flags = cursor_u8(c);
	cursor_skip(c, 5 + (size_t)(flags & 3) * 6);
}

/* `padded`: the header was filled up to a multiple of 4. */
static const char *read_frame(struct cursor *c, bool padded, struct packet *p)
{
	size_t before = cursor_left(c);
	unsigned first = cursor_u8(c), flags = cursor_u8(c), subtype = first >> 4;
	p->ethertype = ETHERTYPE_IEEE_802_11;
	if (c->short_read)
		return LINK_CUT;
	if ((first & CONTROL_VERSION) && !(flags & CONTROL_VERSION)) {
		unsigned other = first;
		first = flags;
		flags = other;
		subtype = first >> 4;
	}
	if ((first >> 2 & 3) != KIND_DATA || (subtype & SUBTYPE_NO_DATA))
		return NULL;
	cursor_skip(c, 20);
	unsigned sequence = cursor_le16(c), qos = 0;
	bool both = (flags & TO_DS) && (flags & FROM_DS);
	if (both)
		cursor_skip(c, 6);
	if (subtype & SUBTYPE_QOS) {
		qos = cursor_le16(c);
		if (flags & ORDER)
			cursor_skip(c, 4);
	}
	if (padded)
		cursor_skip(c, (4 - (before - cursor_left(c)) % 4) % 4);
	if (flags & PROTECTED)
		return "an encrypted 802.11 frame";
	if ((flags & MORE_PIECES) || (sequence & 15))
		return "an 802.11 frame in pieces";
	bool mesh = both && (qos & QOS_MESH);
	if (qos & QOS_AGGREGATE) {
		if (mesh)
			return "an aggregate of 802.11 mesh frames";
		p->more = *c;
		p->more_missing = p->missing;
		return c->short_read ? LINK_CUT : link_read_next(c, p);
	}
	if (mesh)
		skip_mesh(c);
	return c->short_read ? LINK_CUT : link_read_llc(c, p);
}

const char *link_read_80211(struct cursor *c, struct packet *p)
{
	return read_frame(c, false, p);
}

const char *link_read_radiotap(struct cursor *c, struct packet *p)
{
	struct cursor head = *c;
	cursor_skip(&head, 2);
	size_t size = cursor_le16(&head);
	uint32_t present = cursor_le32(&head), more = present;
	size_t at = 8;
	for (int i = 0; i < PRESENT_MAX && (more >> 31); i++, at += 4)
		more = cursor_le32(&head);
	if (present & PRESENT_TIME) {
		cursor_skip(&head, (8 - at % 8) % 8 + 8);
		at += (8 - at % 8) % 8 + 8;
	}
	unsigned flags = present & PRESENT_FLAGS ? cursor_u8(&head) : 0;
	cursor_skip(c, size);
	if (c->short_read || head.short_read || (more >> 31) || size < at)
		return "a radiotap header that is cut off or wrong";
	if (flags & FLAG_CHECK)
		link_drop_trailer(c, p, CHECK_SIZE);
	return read_frame(c, flags & FLAG_PADDED, p);
}

/* Does the frame end with its check sequence? */
static bool ppi_has_check(struct cursor fields)
{
	for (int i = 0; i < PPI_FIELDS_MAX && cursor_left(&fields) > 0; i++) {
		unsigned type = cursor_le16(&fields);
		struct cursor data = cursor_child(&fields, cursor_le16(&fields));
		if (type != PPI_COMMON)
			continue;
		cursor_skip(&data, 8);
		return cursor_le16(&data) & 1;
	}
	return false;
}

const char *link_read_ppi(struct cursor *c, struct packet *p)
{
	struct cursor head = *c;
	cursor_skip(&head, 2);
	size_t size = cursor_le16(&head);
	unsigned linktype = cursor_le32(&head);
	cursor_skip(c, size);
	if (c->short_read || head.short_read || size < 8)
		return "a PPI header that is cut off or wrong";
	if (linktype == LINK_802_11 && ppi_has_check(cursor_child(&head, size - 8)))
		link_drop_trailer(c, p, CHECK_SIZE);
	return link_read(c, linktype, p);
}

const char *link_read_avs(struct cursor *c, struct packet *p)
{
	struct cursor head = *c;
	cursor_skip(&head, 4);
	size_t size = cursor_be32(&head);
	cursor_skip(c, size);
	if (c->short_read || head.short_read || size < 8)
		return "an AVS header that is cut off or wrong";
	return read_frame(c, false, p);
}

/* Its fields are in the byte order of whoever wrote them; its size never differs. */
const char *link_read_prism(struct cursor *c, struct packet *p)
{
	struct cursor head = *c;
	if (cursor_be32(&head) >> 4 == 0x8021100)
		return link_read_avs(c, p);
	cursor_skip(c, PRISM_SIZE);
	return c->short_read ? LINK_CUT : read_frame(c, false, p);
}
