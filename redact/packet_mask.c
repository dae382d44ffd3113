/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Frames, by the link types of the tcpdump group.
 *
 *   Ethernet  to:6 from:6 type:2          SLL   0:2 0:2 length:2 address:8 type:2
 *   SLL2      type:2 0:2 interface:4 hardware:2 direction:1 length:1 address:8
 *   NULL      family:4                    RAW   (nothing)
 */
#include "redact/packet_parts.h"

#include <string.h>

enum {
	LINK_NULL = 0, LINK_ETHERNET = 1, LINK_RAW_BSD = 12, LINK_RAW = 101, LINK_LOOP = 108, LINK_SLL = 113,
	LINK_IPV4 = 228, LINK_IPV6 = 229, LINK_SLL2 = 276,
	TYPE_IPV4 = 0x0800, TYPE_ARP = 0x0806, TYPE_VLAN = 0x8100, TYPE_VLAN_OUTER = 0x88a8, TYPE_IPV6 = 0x86dd,
	MAC_SIZE = 6,
	TAGS_MAX = 2,
};

static void mask_network(struct packet *k, unsigned type, size_t at)
{
	for (int i = 0; i < TAGS_MAX && (type == TYPE_VLAN || type == TYPE_VLAN_OUTER); i++) {
		packet_keep(k, at, 4);
		type = packet_be16(k, at + 2);
		at += 4;
	}
	if (at > k->in.size)
		return;
	if (type == TYPE_IPV4)
		packet_ipv4(k, at, k->in.size);
	else if (type == TYPE_IPV6)
		packet_ipv6(k, at, k->in.size);
	else if (type == TYPE_ARP)
		packet_arp(k, at);
}

static void mask_raw(struct packet *k, size_t at)
{
	mask_network(k, packet_u8(k, at) >> 4 == 4 ? TYPE_IPV4 : TYPE_IPV6, at);
}

static void mask_ethernet(struct packet *k)
{
	packet_mac(k, 0);
	packet_mac(k, MAC_SIZE);
	packet_keep(k, 12, 2);
	mask_network(k, packet_be16(k, 12), 14);
}

static void mask_cooked(struct packet *k)
{
	packet_keep(k, 0, 6);
	if (packet_be16(k, 4) == MAC_SIZE)
		packet_mac(k, 6);
	packet_keep(k, 14, 2);
	mask_network(k, packet_be16(k, 14), 16);
}

static void mask_cooked2(struct packet *k)
{
	packet_keep(k, 0, 12);
	if (packet_u8(k, 11) == MAC_SIZE)
		packet_mac(k, 12);
	mask_network(k, packet_be16(k, 0), 20);
}

static void mask_family(struct packet *k)
{
	packet_keep(k, 0, 4);
	mask_raw(k, 4);
}

static void mask_bare(struct packet *k)
{
	mask_raw(k, 0);
}

struct packet_masked packet_mask(struct pseudonyms *p, unsigned linktype, struct slice packet, unsigned char ret[])
{
	static const struct {
		unsigned linktype;
		void (*mask)(struct packet *k);
	} links[] = {
		{LINK_NULL, mask_family}, {LINK_LOOP, mask_family},   {LINK_ETHERNET, mask_ethernet}, {LINK_RAW, mask_bare},
		{LINK_IPV4, mask_bare},	  {LINK_RAW_BSD, mask_bare},  {LINK_IPV6, mask_bare},	      {LINK_SLL, mask_cooked},
		{LINK_SLL2, mask_cooked2},
	};
	struct packet k = {.p = p, .in = packet, .out = ret};
	struct packet_masked result = {0};
	memset(ret, 0, packet.size);
	for (size_t i = 0; i < LENGTH(links) && !result.known; i++)
		if (links[i].linktype == linktype) {
			result.known = true;
			links[i].mask(&k);
		}
	for (size_t i = 0; i < packet.size && !result.blanked; i++)
		result.blanked = packet.at[i] && !ret[i];
	return result;
}
