/* SPDX-License-Identifier: Apache-2.0 */
/*
 * TCP (RFC 9293, section 3.1):
 *   ports:16,16  sequence:32  acknowledgment:32  header words:4 0:4 flags:8
 *   window:16  checksum:16  urgent:16  options
 * UDP (RFC 768), UDP-Lite (RFC 3828): ports:16,16  length:16  checksum:16
 * DCCP (RFC 4340, section 5.1): ports:16,16  header words:8  …
 */
#include "ingest/capture/packet.h"

#include "core/error.h"

enum { TCP_HEADER_MIN = 20, UDP_HEADER = 8, DCCP_HEADER_MIN = 12 };

static const struct {
	unsigned proto;
	const char *name;
} names[] = {
	{PROTO_ICMP, "icmp"},
	{PROTO_IGMP, "igmp"},
	{4, "ipip"},
	{PROTO_TCP, "tcp"},
	{PROTO_UDP, "udp"},
	{PROTO_DCCP, "dccp"},
	{41, "ipv6"},
	{47, "gre"},
	{50, "esp"},
	{51, "ah"},
	{PROTO_ICMP6, "icmp6"},
	{89, "ospf"},
	{103, "pim"},
	{112, "vrrp"},
	{115, "l2tp"},
	{PROTO_SCTP, "sctp"},
	{PROTO_UDPLITE, "udplite"},
};

const char *transport_name(unsigned proto)
{
	for (size_t i = 0; i < LENGTH(names); i++)
		if (names[i].proto == proto)
			return names[i].name;
	return NULL;
}

/* What is left is payload; `header` bytes of what was left before are not. */
static void set_payload(struct cursor *c, struct packet *p, size_t header)
{
	p->payload_size = p->size > header ? p->size - header : 0;
	p->payload = cursor_rest(c);
}

static void read_ports(struct cursor *c, struct packet *p)
{
	p->sport = cursor_be16(c);
	p->dport = cursor_be16(c);
	p->has_ports = !c->short_read;
}

static const char *read_tcp(struct cursor *c, struct packet *p)
{
	struct cursor head = *c;
	read_ports(&head, p);
	p->tcp_seq = cursor_be32(&head);
	p->tcp_ack = cursor_be32(&head);
	size_t header = (size_t)(cursor_u8(&head) >> 4) * 4;
	p->tcp_flags = cursor_u8(&head);
	p->is_reply = (p->tcp_flags & TCP_SYN) && (p->tcp_flags & TCP_ACK);
	if (head.short_read)
		return "a TCP header that is cut off";
	if (header < TCP_HEADER_MIN || header > p->size)
		return "a TCP header whose length is wrong";
	/* options that were not captured are no matter: nothing is read from them */
	cursor_skip(c, header < cursor_left(c) ? header : cursor_left(c));
	set_payload(c, p, header);
	return NULL;
}

/* The length field counts where it fits; a fragment or an offloaded datagram is
 * measured by what IP says. */
static const char *read_udp(struct cursor *c, struct packet *p)
{
	read_ports(c, p);
	size_t length = cursor_be16(c);
	cursor_skip(c, 2);
	if (c->short_read)
		return "a UDP header that is cut off";
	set_payload(c, p, UDP_HEADER);
	if (p->proto == PROTO_UDP && !p->first_fragment && length >= UDP_HEADER &&
	    length - UDP_HEADER < p->payload_size)
		p->payload_size = length - UDP_HEADER;
	p->payload = slice_part(p->payload, 0, p->payload_size);
	return NULL;
}

static const char *read_dccp(struct cursor *c, struct packet *p)
{
	struct cursor head = *c;
	read_ports(&head, p);
	size_t header = (size_t)cursor_u8(&head) * 4;
	if (head.short_read || header < DCCP_HEADER_MIN)
		return "a DCCP header that is cut off or wrong";
	cursor_skip(c, header);
	set_payload(c, p, header);
	return NULL;
}

const char *transport_read(struct cursor *c, struct packet *p)
{
	set_payload(c, p, 0);
	if (p->later_fragment)
		return NULL;
	switch (p->proto) {
	case PROTO_TCP:
		return read_tcp(c, p);
	case PROTO_UDP:
	case PROTO_UDPLITE:
		return read_udp(c, p);
	case PROTO_SCTP:
		return sctp_read(c, p);
	case PROTO_DCCP:
		return read_dccp(c, p);
	case PROTO_ICMP:
	case PROTO_ICMP6:
	case PROTO_IGMP:
		return icmp_read(c, p);
	default:
		return NULL;
	}
}
