/* SPDX-License-Identifier: Apache-2.0 */
/*
 * LINKTYPE_LINUX_SLL2: protocol:2 0:2 interface:4 hardware:2 direction:1
 * address length:1 address:8. LINKTYPE_PKTAP, little-endian: size:4 kind:4 linktype:4
 * interface:24 flags:4 … up to its size, then a frame of that link type. Behind them
 * IPv4 (RFC 791), IPv6 (RFC 8200), TCP (RFC 9293), UDP (RFC 768). This decides only how
 * much to keep; reading what was kept is the business of ingest/.
 */
#include "collectors/packet_keep.h"

#include <string.h>

enum {
	ETHERTYPE_IPV4 = 0x0800,
	ETHERTYPE_VLAN = 0x8100,
	ETHERTYPE_IPV6 = 0x86dd,
	DIRECTION_OUT = 4,
	PKTAP_LEAST = 108,
	PKTAP_OUT = 2,        /* of its flags */
	LINK_NULL = 0,        /* of BSD's loopback: the address family in 4 bytes */
	LINK_ETHERNET = 1,
	LINK_RAW = 12,        /* IP and nothing in front of it; of BSD, and in files: */
	LINK_RAW_FILE = 101,
	PROTO_TCP = 6,
	PROTO_UDP = 17,
	EXTENSIONS_MAX = 8,
	HELLO_MAX = 1 << 16,  /* of a ClientHello in all */
	REQUEST_MAX = 8192,   /* of an HTTP request line */
	OTHER_MAX = 64,       /* of what is no IP: ARP and its like */
	FRAGMENT_MAX = 8,     /* of a later fragment: no more than a header would take */
};

struct packet {
	bool outgoing;
	unsigned proto;
	uint16_t sport, dport;
	uint64_t key; /* tells flows apart; a clash keeps a little too much */
};

static uint64_t mix(uint64_t key, struct slice bytes)
{
	for (size_t i = 0; i < bytes.size; i++)
		key = (key ^ bytes.at[i]) * UINT64_C(0x100000001b3);
	return key;
}

static bool is_name_port(uint16_t port)
{
	return port == 53 || port == 5353 || port == 5355 || port == 137;
}

/* RFC 1035, 4.1.1: the first bit of the third byte says answer. */
static void count_query(struct keep *k, const struct packet *p, struct cursor c)
{
	if (p->proto == PROTO_TCP)
		cursor_skip(&c, 2);
	cursor_skip(&c, 2);
	uint8_t flags = cursor_u8(&c);
	if (p->outgoing && !c.short_read && !(flags & 0x80))
		k->queries++;
}

/* RFC 8446, 5.1 and 4: a handshake record (22, 3.x) whose first message is a
 * ClientHello (1); returns its whole size with the record's head, else 0. */
static size_t hello_size(struct cursor c)
{
	if (cursor_u8(&c) != 22 || cursor_u8(&c) != 3)
		return 0;
	cursor_skip(&c, 3);
	if (cursor_u8(&c) != 1)
		return 0;
	uint32_t size = cursor_be24(&c);
	/* records of at most 16 KiB, five bytes before each */
	size_t all = 9 + (size_t)size + 5 * (size / 16384);
	return c.short_read || all > HELLO_MAX ? 0 : all;
}

/* RFC 9000, 17.2.2; RFC 9369, 3.2: a long header of the type Initial. */
static bool is_quic_initial(struct cursor c)
{
	uint8_t first = cursor_u8(&c);
	uint32_t version = cursor_be32(&c);
	if (c.short_read || !(first & 0x80) || version == 0)
		return false;
	unsigned type = first >> 4 & 3;
	return version == 0x6b3343cf ? type == 1 : type == 0;
}

/* Headers that say nothing of anybody: they may stand between the request line
 * and Host. Behind any other one the rest is cut off, Host or not. */
static bool is_harmless(struct slice line)
{
	static const char *const names[] = {"user-agent:",     "accept:",     "accept-encoding:",
					    "accept-language:", "connection:", "content-length:",
					    "content-type:",   "upgrade:",    "cache-control:"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (slice_is_nocase(slice_part(line, 0, strlen(names[i])), names[i]))
			return true;
	return false;
}

/* RFC 9112, section 3: the request line, and the Host header if it comes soon. */
static size_t request_size(struct slice payload)
{
	static const char *const methods[] = {"GET ",     "POST ",    "HEAD ",  "PUT ", "DELETE ",
					      "CONNECT ", "OPTIONS ", "PATCH ", "PRI "};
	size_t i = 0;
	while (i < sizeof methods / sizeof *methods && !slice_starts(payload, methods[i]))
		i++;
	if (i == sizeof methods / sizeof *methods)
		return 0;
	struct cursor c = cursor_over(payload);
	struct slice line;
	if (!cursor_until(&c, '\n', REQUEST_MAX, &line))
		return payload.size < REQUEST_MAX ? payload.size : REQUEST_MAX;
	size_t kept = payload.size - cursor_left(&c);
	while (cursor_until(&c, '\n', REQUEST_MAX, &line)) {
		if (slice_is_nocase(slice_part(line, 0, 5), "host:"))
			return payload.size - cursor_left(&c);
		if (!is_harmless(line))
			break;
	}
	return kept;
}

/* A ClientHello that began in an earlier segment of this flow. */
static size_t continue_hello(struct keep *k, const struct packet *p, struct slice payload)
{
	struct keep_flow *flow = &k->flows[p->key % KEEP_FLOWS];
	if (flow->key != p->key || flow->left == 0)
		return 0;
	size_t part = payload.size < flow->left ? payload.size : flow->left;
	flow->left -= (uint32_t)part;
	return part;
}

static size_t keep_tcp(struct keep *k, const struct packet *p, struct slice payload)
{
	size_t hello = hello_size(cursor_over(payload));
	if (hello > payload.size)
		k->flows[p->key % KEEP_FLOWS] =
			(struct keep_flow){p->key, (uint32_t)(hello - payload.size)};
	if (hello)
		return hello < payload.size ? hello : payload.size;
	size_t part = continue_hello(k, p, payload);
	return part ? part : request_size(payload);
}

static size_t keep_payload(struct keep *k, const struct packet *p, struct slice payload)
{
	if (is_name_port(p->sport) || is_name_port(p->dport)) {
		if (is_name_port(p->dport))
			count_query(k, p, cursor_over(payload));
		return payload.size;
	}
	if (p->proto == PROTO_TCP)
		return keep_tcp(k, p, payload);
	return is_quic_initial(cursor_over(payload)) ? payload.size : 0;
}

/* Steps over an IPv4 header; false: no transport header follows. */
static bool skip_ipv4(struct cursor *c, struct packet *p)
{
	struct cursor head = *c;
	size_t size = (cursor_u8(&head) & 15) * 4u;
	cursor_skip(&head, 5);
	uint16_t fragment = cursor_be16(&head);
	cursor_skip(&head, 1);
	p->proto = cursor_u8(&head);
	cursor_skip(&head, 2);
	p->key = mix(p->proto, cursor_take(&head, 8));
	cursor_skip(c, size < 20 ? 20 : size);
	return (fragment & 0x1fff) == 0;
}

/* The same for IPv6 with its extension headers (RFC 8200, section 4). */
static bool skip_ipv6(struct cursor *c, struct packet *p)
{
	cursor_skip(c, 6);
	p->proto = cursor_u8(c);
	cursor_skip(c, 1);
	p->key = mix(0, cursor_take(c, 32));
	for (int i = 0; i < EXTENSIONS_MAX; i++) {
		bool options = p->proto == 0 || p->proto == 43 || p->proto == 60;
		bool fragment = p->proto == 44;
		if (!options && !fragment)
			break;
		p->proto = cursor_u8(c);
		size_t more = cursor_u8(c) * 8u;
		uint16_t offset = cursor_be16(c);
		cursor_skip(c, fragment ? 4 : 4 + more);
		if (fragment && offset >> 3)
			return false;
	}
	return true;
}

static void skip_transport(struct cursor *c, struct packet *p)
{
	struct cursor ports = *c;
	p->key = mix(p->key, slice_part(cursor_rest(c), 0, 4));
	p->sport = cursor_be16(&ports);
	p->dport = cursor_be16(&ports);
	if (p->proto == PROTO_UDP) {
		cursor_skip(c, 8);
		return;
	}
	cursor_skip(&ports, 8);
	size_t size = (size_t)(cursor_u8(&ports) >> 4) * 4;
	cursor_skip(c, size < 20 ? 20 : size);
}

/* `c` stands behind the link header of `frame`. */
static size_t keep_network(struct keep *k, struct slice frame, struct cursor c, uint16_t type,
			   bool outgoing)
{
	struct packet p = {.outgoing = outgoing};
	if (type == ETHERTYPE_VLAN) {
		cursor_skip(&c, 2);
		type = cursor_be16(&c);
	}
	size_t before = frame.size - cursor_left(&c);
	bool transport;
	if (type == ETHERTYPE_IPV4)
		transport = skip_ipv4(&c, &p);
	else if (type == ETHERTYPE_IPV6)
		transport = skip_ipv6(&c, &p);
	else
		return before + OTHER_MAX < frame.size ? before + OTHER_MAX : frame.size;
	size_t kept = 0;
	if (transport && (p.proto == PROTO_TCP || p.proto == PROTO_UDP)) {
		skip_transport(&c, &p);
		kept = keep_payload(k, &p, cursor_rest(&c));
	} else {
		kept = FRAGMENT_MAX;
	}
	size_t all = frame.size - cursor_left(&c) + kept;
	return all < frame.size ? all : frame.size;
}

size_t keep_bytes(struct keep *k, struct slice frame)
{
	struct cursor c = cursor_over(frame);
	uint16_t type = cursor_be16(&c);
	cursor_skip(&c, 8);
	bool outgoing = cursor_u8(&c) == DIRECTION_OUT;
	cursor_skip(&c, 9);
	return keep_network(k, frame, c, type, outgoing);
}

/* By its version, for the family in front of it has another number on every BSD. */
static uint16_t type_of_ip(struct cursor c)
{
	unsigned version = cursor_u8(&c) >> 4;
	return version == 4 ? ETHERTYPE_IPV4 : version == 6 ? ETHERTYPE_IPV6 : 0;
}

size_t keep_pktap(struct keep *k, struct slice frame)
{
	struct cursor head = cursor_over(frame), c = head;
	size_t size = cursor_le32(&head);
	cursor_skip(&head, 4);
	uint32_t link = cursor_le32(&head);
	cursor_skip(&head, 24);
	bool outgoing = cursor_le32(&head) & PKTAP_OUT;
	cursor_skip(&c, size);
	if (size < PKTAP_LEAST || c.short_read)
		return slice_part(frame, 0, PKTAP_LEAST).size;
	uint16_t type = 0;
	if (link == LINK_ETHERNET) {
		cursor_skip(&c, 12);
		type = cursor_be16(&c);
	} else if (link == LINK_NULL || link == LINK_RAW || link == LINK_RAW_FILE) {
		cursor_skip(&c, link == LINK_NULL ? 4 : 0);
		type = type_of_ip(c);
	}
	return keep_network(k, frame, c, type, outgoing);
}
