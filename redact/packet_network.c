/* SPDX-License-Identifier: Apache-2.0 */
/*
 * IPv4 (RFC 791), IPv6 (RFC 8200), TCP (RFC 9293), UDP (RFC 768).
 *
 *   IPv4      version, size:1 1 length:2 id:2 fragment:2 ttl:1 protocol:1 checksum:2 from:4 to:4
 *   IPv6      version:4 length:2 next:1 hops:1 from:16 to:16
 *   TCP       from:2 to:2 8 size:1 flags:1 window:2 checksum:2 urgent:2 options
 *   UDP       from:2 to:2 length:2 checksum:2
 */
#include "redact/packet_parts.h"

#include <string.h>

enum {
	PROTO_ICMP = 1, PROTO_IGMP = 2, PROTO_TCP = 6, PROTO_UDP = 17, PROTO_ICMP6 = 58,
	MAC_SIZE = 6,
	EXTENSIONS_MAX = 8,
	OPTION_NOTHING = 1,
};

static struct cursor cursor_at(const struct packet *k, size_t at)
{
	return cursor_over(slice_part(k->in, at, k->in.size));
}

unsigned packet_u8(const struct packet *k, size_t at)
{
	struct cursor c = cursor_at(k, at);
	return cursor_u8(&c);
}

unsigned packet_be16(const struct packet *k, size_t at)
{
	struct cursor c = cursor_at(k, at);
	return cursor_be16(&c);
}

static bool has(const struct packet *k, size_t at, size_t size)
{
	return at <= k->in.size && size <= k->in.size - at;
}

void packet_keep(struct packet *k, size_t at, size_t size)
{
	struct slice part = slice_part(k->in, at, size);
	if (part.size)
		memcpy(k->out + at, part.at, part.size);
}

static void set(struct packet *k, size_t at, unsigned char byte, size_t size)
{
	struct slice part = slice_part(k->in, at, size);
	if (part.size)
		memset(k->out + at, byte, part.size);
}

void packet_mac(struct packet *k, size_t at)
{
	if (!has(k, at, MAC_SIZE))
		return;
	packet_keep(k, at, MAC_SIZE);
	pseudonym_mac(k->p, k->out + at);
}

void packet_v4(struct packet *k, size_t at)
{
	if (!has(k, at, 4))
		return;
	packet_keep(k, at, 4);
	pseudonym_v4(k->p, k->out + at);
}

void packet_v6(struct packet *k, size_t at)
{
	if (!has(k, at, 16))
		return;
	packet_keep(k, at, 16);
	pseudonym_v6(k->p, k->out + at);
}

void packet_text(struct packet *k, enum mask how, size_t at, size_t size)
{
	struct slice part = slice_part(k->in, at, size);
	packet_keep(k, at, size);
	if (part.size)
		mask_text(k->p, how, k->out + at, part.size);
}

/* The word that begins there; of an odd byte at the end the upper half. */
static uint32_t word_at(const unsigned char *bytes, size_t at, size_t end)
{
	return (uint32_t)bytes[at] << 8 | (at + 1 < end ? bytes[at + 1] : 0u);
}

/* Makes a checksum (RFC 1071) that was copied right again, by what differs (RFC 1624) in
 * `size` bytes from `from`, which is where its words begin. */
static void fix(struct packet *k, size_t checksum, size_t from, size_t size)
{
	if (!has(k, checksum, 2) || !has(k, from, 0))
		return;
	size_t end = from + slice_part(k->in, from, size).size;
	uint64_t sum = (uint16_t)~word_at(k->out, checksum, k->in.size);
	for (size_t at = from; at < end; at += 2)
		if (at != checksum)
			sum += (uint16_t)~word_at(k->in.at, at, end) + word_at(k->out, at, end);
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	k->out[checksum] = (unsigned char)(~sum >> 8);
	k->out[checksum + 1] = (unsigned char)~sum;
}

/* RFC 9293, 3.1 and 3.2: what are numbers of the connection stays. */
static void mask_options(struct packet *k, size_t at, size_t end)
{
	while (at < end) {
		unsigned kind = packet_u8(k, at), size = kind < 2 ? 1 : packet_u8(k, at + 1);
		bool known = kind <= 5 || kind == 8; /* … size, scale, selective acknowledgement, times */
		if (size == 0 || size > end - at || (kind >= 2 && size < 2)) {
			set(k, at, OPTION_NOTHING, end - at);
			return;
		}
		if (known)
			packet_keep(k, at, size);
		else
			set(k, at, OPTION_NOTHING, size);
		at += size;
	}
}

static bool is_name_port(unsigned port)
{
	return port == 53 || port == 5353 || port == 5355;
}

static void mask_tcp(struct packet *k, size_t at, size_t end)
{
	size_t head = (packet_u8(k, at + 12) >> 4) * 4u, payload = at + (head < 20 ? 20 : head);
	packet_keep(k, at, end - at < 20 ? end - at : 20);
	if (payload > end)
		return;
	mask_options(k, at + 20, payload);
	if (is_name_port(packet_be16(k, at)) || is_name_port(packet_be16(k, at + 2))) {
		/* RFC 1035, 4.2.2: its length in front */
		packet_keep(k, payload, end - payload < 2 ? 0 : 2);
		packet_dns(k, payload + 2, end);
	} else if (!packet_tls(k, payload, end)) {
		packet_http(k, payload, end);
	}
}

static void mask_udp(struct packet *k, size_t at, size_t end)
{
	packet_keep(k, at, end - at < 8 ? end - at : 8);
	if (is_name_port(packet_be16(k, at)) || is_name_port(packet_be16(k, at + 2)))
		packet_dns(k, at + 8, end);
}

/* `addresses` are `size` bytes of the header in front. */
static void mask_transport(struct packet *k, unsigned proto, size_t addresses, size_t size, size_t at, size_t end)
{
	size_t checksum = 0;
	switch (proto) {
	case PROTO_TCP:
		mask_tcp(k, at, end);
		checksum = at + 16;
		break;
	case PROTO_UDP:
		mask_udp(k, at, end);
		checksum = packet_be16(k, at + 6) ? at + 6 : 0; /* 0: none was made */
		break;
	case PROTO_ICMP:
		packet_icmp(k, at, end);
		fix(k, at + 2, at, end - at);
		return;
	case PROTO_IGMP:
		packet_igmp(k, at, end);
		fix(k, at + 2, at, end - at);
		return;
	case PROTO_ICMP6:
		packet_icmp6(k, at, end);
		checksum = at + 2;
		break;
	default:
		return;
	}
	if (!checksum || checksum + 2 > end)
		return;
	fix(k, checksum, addresses, size);
	fix(k, checksum, at, end - at);
	if (proto == PROTO_UDP && !k->out[checksum] && !k->out[checksum + 1])
		set(k, checksum, 0xff, 2);
}

/* Where the packet ends: by its own word, unless that is of no use. */
static size_t end_of(size_t at, size_t told, size_t end)
{
	return told && told < end - at ? at + told : end;
}

void packet_ipv4(struct packet *k, size_t at, size_t end)
{
	size_t head = (packet_u8(k, at) & 15) * 4u;
	if (packet_u8(k, at) >> 4 != 4 || head < 20 || at > end || head > end - at || !has(k, at, head))
		return;
	end = end_of(at, packet_be16(k, at + 2), end);
	packet_keep(k, at, 12);
	packet_v4(k, at + 12);
	packet_v4(k, at + 16);
	set(k, at + 20, OPTION_NOTHING, head - 20);
	fix(k, at + 10, at, head);
	/* of a later part nothing is known */
	if (at + head <= end && (packet_be16(k, at + 6) & 0x1fff) == 0)
		mask_transport(k, packet_u8(k, at + 9), at + 12, 8, at + head, end);
}

/* Steps over a header of options, routing or fragments. False: none of them, or no more. */
static bool mask_extension(struct packet *k, unsigned *proto, size_t *at, size_t end, bool *later)
{
	bool options = *proto == 0 || *proto == 43 || *proto == 60, fragment = *proto == 44;
	size_t size = fragment ? 8 : 8 + 8 * (size_t)packet_u8(k, *at + 1);
	if ((!options && !fragment) || size > end - *at || !has(k, *at, size))
		return false;
	*later = *later || (fragment && packet_be16(k, *at + 2) >> 3);
	*proto = packet_u8(k, *at);
	packet_keep(k, *at, fragment ? 8 : 2); /* options become padding of one byte each */
	*at += size;
	return true;
}

void packet_ipv6(struct packet *k, size_t at, size_t end)
{
	size_t addresses = at + 8;
	unsigned proto = packet_u8(k, at + 6);
	bool later = false;
	if (packet_u8(k, at) >> 4 != 6 || at > end || end - at < 40 || !has(k, at, 40))
		return;
	size_t told = packet_be16(k, at + 4);
	end = end_of(at, told ? told + 40 : 0, end);
	packet_keep(k, at, 8);
	packet_v6(k, addresses);
	packet_v6(k, addresses + 16);
	at += 40;
	for (int i = 0; i < EXTENSIONS_MAX && mask_extension(k, &proto, &at, end, &later); i++)
		;
	if (!later)
		mask_transport(k, proto, addresses, 32, at, end);
}
