/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Packets in events, little-endian (the manifests of both providers):
 *
 *   NDIS-PacketCapture 1001   interface:4 lower:4 size:4 bytes
 *                      1003   the same with, behind lower, port:4 name name kind
 *                             count:4 and 8 bytes for each (of a virtual switch)
 *   PktMon 160, 170 (dropped) group:8 number:2 appearance:2 way:2 kind:2 component:2
 *                             edge:2 filter:2 reason:4 place:4 original:2 size:2 bytes
 *
 * Of NDIS the keyword tells what the bytes are: 0x40000000 the first fragment of a
 * packet, 0x80000000 the last, 0x100000000 sent, 0x200000000 received, 0x10000 of
 * 802.11, 0x200 of a mobile network, which is bare IP. PktMon shows a packet at every
 * component it passes: the first appearance counts.
 */
#include "ingest/etl/decode_event.h"

#include "ingest/etl/utf16.h"

enum {
	NDIS_FRAGMENT = 1001,
	NDIS_SWITCH_FRAGMENT = 1003,
	NDIS_FRAGMENT_MAX = 1 << 16,
	SWITCH_DESTINATIONS_MAX = 1024,
	PKTMON_PAYLOAD = 160,
	PKTMON_DROPPED = 170,
};

#define NDIS_MOBILE UINT64_C(0x200)
#define NDIS_WIRELESS UINT64_C(0x10000)
#define NDIS_FIRST UINT64_C(0x40000000)
#define NDIS_LAST UINT64_C(0x80000000)
#define NDIS_SENT UINT64_C(0x100000000)
#define NDIS_RECEIVED UINT64_C(0x200000000)

/* What a virtual switch tells of where it comes from and goes to. */
static void skip_switch(struct cursor *c)
{
	cursor_skip(c, 4);
	for (int i = 0; i < 3; i++)
		if (!utf16_skip(c))
			c->short_read = true;
	size_t count = cursor_le32(c);
	cursor_skip(c, count <= SWITCH_DESTINATIONS_MAX ? 8 * count : SIZE_MAX);
}

enum use ndis_event(const struct event *e, struct packet_event *ret)
{
	struct cursor c = cursor_over(e->payload);
	if (e->id != NDIS_FRAGMENT && e->id != NDIS_SWITCH_FRAGMENT)
		return USE_OTHER;
	*ret = (struct packet_event){
		.first = e->keyword & NDIS_FIRST,
		.last = e->keyword & NDIS_LAST,
		.out = e->keyword & NDIS_SENT,
		.in = e->keyword & NDIS_RECEIVED,
		.link = e->keyword & NDIS_WIRELESS ? PACKET_WIRELESS : e->keyword & NDIS_MOBILE ? PACKET_IP : PACKET_ETHERNET,
	};
	uint32_t upper = cursor_le32(&c), lower = cursor_le32(&c);
	ret->interface = upper << 16 ^ lower;
	if (e->id == NDIS_SWITCH_FRAGMENT)
		skip_switch(&c);
	size_t size = cursor_le32(&c);
	ret->bytes = cursor_take(&c, size);
	return c.short_read || size > NDIS_FRAGMENT_MAX ? USE_MALFORMED : USE_ROW;
}

enum use pktmon_event(const struct event *e, struct packet_event *ret)
{
	enum { ETHERNET = 1, WIRELESS = 2, IP = 3, RECEIVED = 3, SENT = 4 };
	struct cursor c = cursor_over(e->payload);
	if (e->id != PKTMON_PAYLOAD && e->id != PKTMON_DROPPED)
		return USE_OTHER;
	cursor_skip(&c, 10);
	unsigned appearance = cursor_le16(&c), way = cursor_le16(&c), kind = cursor_le16(&c);
	*ret = (struct packet_event){.first = true, .last = true, .in = way == RECEIVED, .out = way == SENT,
				     .interface = cursor_le16(&c)};
	cursor_skip(&c, 4 + 8);
	ret->original = cursor_le16(&c);
	size_t size = cursor_le16(&c);
	ret->bytes = cursor_take(&c, size);
	if (c.short_read)
		return USE_MALFORMED;
	if (kind < ETHERNET || kind > IP)
		return USE_OTHER;
	ret->link = kind == ETHERNET ? PACKET_ETHERNET : kind == WIRELESS ? PACKET_WIRELESS : PACKET_IP;
	return appearance > 1 ? USE_NONE : USE_ROW;
}
