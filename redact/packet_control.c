/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ARP (RFC 826), ICMP (RFC 792), IGMP (RFC 3376), ICMPv6 (RFC 4443) with neighbour discovery
 * (RFC 4861) and multicast listeners (RFC 2710, 3810): messages that hold addresses.
 */
#include "redact/packet_parts.h"

enum {
	ERROR_DEPTH_MAX = 1,
	ICMP_REDIRECT = 5,
	IGMP_REPORT_3 = 0x22,
	LISTENERS_FIRST = 130, LISTENERS_LAST = 132, LISTENERS_REPORT_2 = 143,
	ROUTER_SOLICITATION = 133, ROUTER_ADVERTISEMENT, NEIGHBOUR_SOLICITATION, NEIGHBOUR_ADVERTISEMENT, REDIRECT,
	OPTION_SOURCE = 1, OPTION_TARGET, OPTION_PREFIX, OPTION_MTU = 5,
};

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

void packet_arp(struct packet *k, size_t at)
{
	bool ethernet = packet_be16(k, at) == 1 && packet_be16(k, at + 2) == 0x0800 && packet_be16(k, at + 4) == 0x0604;
	if (!ethernet)
		return;
	packet_keep(k, at, 8);
	packet_mac(k, at + 8);
	packet_v4(k, at + 14);
	packet_mac(k, at + 18);
	packet_v4(k, at + 24);
}

/* The packet that it is about. */
static void mask_inner(struct packet *k, size_t at, size_t end, void (*inner)(struct packet *, size_t, size_t))
{
	if (k->depth >= ERROR_DEPTH_MAX || at > end)
		return;
	k->depth++;
	inner(k, at, end);
	k->depth--;
}

void packet_icmp(struct packet *k, size_t at, size_t end)
{
	unsigned type = packet_u8(k, at);
	packet_keep(k, at, least(8, end - at));
	if (type == ICMP_REDIRECT && end - at >= 8)
		packet_v4(k, at + 4);
	if (type == 3 || type == 4 || type == ICMP_REDIRECT || type == 11 || type == 12)
		mask_inner(k, at + 8, end, packet_ipv4);
}

void packet_igmp(struct packet *k, size_t at, size_t end)
{
	packet_keep(k, at, least(8, end - at));
	if (packet_u8(k, at) != IGMP_REPORT_3) {
		if (end - at >= 8)
			packet_v4(k, at + 4);
		return;
	}
	unsigned records = packet_be16(k, at + 6);
	at += 8;
	for (unsigned i = 0; i < records && at < end && end - at >= 8; i++) {
		unsigned sources = packet_be16(k, at + 2);
		packet_keep(k, at, 4);
		packet_v4(k, at + 4);
		at += 8;
		for (unsigned s = 0; s < sources && at < end && end - at >= 4; s++, at += 4)
			packet_v4(k, at);
	}
}

static void mask_nd_options(struct packet *k, size_t at, size_t end)
{
	while (at < end && end - at >= 8) {
		unsigned type = packet_u8(k, at);
		size_t size = 8 * (size_t)packet_u8(k, at + 1);
		if (size == 0 || size > end - at)
			return;
		packet_keep(k, at, type == OPTION_MTU ? 8 : type == OPTION_PREFIX ? least(size, 16) : 2);
		if (type == OPTION_SOURCE || type == OPTION_TARGET)
			packet_mac(k, at + 2);
		else if (type == OPTION_PREFIX && size >= 32)
			packet_v6(k, at + 16);
		at += size;
	}
}

static void mask_listeners(struct packet *k, size_t at, size_t end)
{
	unsigned records = packet_be16(k, at + 6);
	at += 8;
	for (unsigned i = 0; i < records && at < end && end - at >= 20; i++) {
		unsigned sources = packet_be16(k, at + 2);
		packet_keep(k, at, 4);
		packet_v6(k, at + 4);
		at += 20;
		for (unsigned s = 0; s < sources && at < end && end - at >= 16; s++, at += 16)
			packet_v6(k, at);
	}
}

void packet_icmp6(struct packet *k, size_t at, size_t end)
{
	/* addresses behind the first eight bytes, and where options begin */
	static const struct {
		unsigned type, addresses, options;
	} forms[] = {
		{ROUTER_SOLICITATION, 0, 8},	 {ROUTER_ADVERTISEMENT, 0, 16}, {NEIGHBOUR_SOLICITATION, 1, 24},
		{NEIGHBOUR_ADVERTISEMENT, 1, 24}, {REDIRECT, 2, 40},
	};
	unsigned type = packet_u8(k, at);
	packet_keep(k, at, least(type == ROUTER_ADVERTISEMENT ? 16 : 8, end - at));
	if (type >= 1 && type <= 4)
		mask_inner(k, at + 8, end, packet_ipv6);
	else if (type >= LISTENERS_FIRST && type <= LISTENERS_LAST && end - at >= 24)
		packet_v6(k, at + 8);
	else if (type == LISTENERS_REPORT_2)
		mask_listeners(k, at, end);
	for (size_t i = 0; i < LENGTH(forms); i++) {
		if (forms[i].type != type || end - at < forms[i].options)
			continue;
		for (unsigned a = 0; a < forms[i].addresses; a++)
			packet_v6(k, at + 8 + 16 * (size_t)a);
		mask_nd_options(k, at + forms[i].options, end);
	}
}
