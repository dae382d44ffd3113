/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_CAPTURE_PACKET_H
#define INGEST_CAPTURE_PACKET_H

/*
 * One packet on its way through the layers: each fills in its part and moves the
 * cursor to what it carries. Nothing here is owned; the slices point into the
 * packet.
 */

#include "core/address.h"

enum way { WAY_UNKNOWN, WAY_IN, WAY_OUT };

/* What the file says of a packet. */
struct frame {
	uint64_t number; /* in the file, from 1 */
	int64_t time_ns;
	unsigned linktype;
	uint32_t interface; /* counted over the whole file */
	const char *iface;  /* its name, or NULL; valid until the end of the reading */
	enum way way;       /* where the file itself tells */
	struct slice bytes; /* as captured */
	size_t original;    /* bytes on the wire, never less than `bytes.size` */
};

enum tcp_flag { TCP_FIN = 1, TCP_SYN = 2, TCP_RST = 4, TCP_ACK = 16 };

struct packet {
	const struct frame *frame;

	/* link */
	enum way way;
	bool loopback;      /* of a loopback interface, not by the addresses */
	uint32_t ifindex;   /* 0: not told */
	uint16_t ethertype; /* or, below 0x600, a protocol number of Linux */
	size_t size;        /* bytes on the wire from the cursor on */

	/* network */
	bool has_addresses;
	struct address src, dst;
	unsigned proto;      /* an IP protocol number, where the ethertype is IP */
	bool first_fragment; /* more follow */
	bool later_fragment; /* no transport header in it */
	uint32_t fragment_id;

	/* transport */
	bool has_ports;
	uint16_t sport, dport;
	uint8_t tcp_flags;
	uint32_t tcp_seq;
	bool directed;    /* never answered in kind: a flow of its own each way */
	bool is_reply;    /* sent by the side that was asked */
	uint16_t kind;    /* what tells such flows apart: an ICMP type or echo identifier */
	const char *what; /* state of the flow in words; NULL: told by its packets */

	/* above the transport header, or above IP where there is no reader for it */
	struct slice payload; /* as far as captured */
	size_t payload_size;  /* on the wire */
};

enum {
	ETHERTYPE_IEEE_802_2 = 4, /* as Linux counts; the frame told a length */
	ETHERTYPE_LEAST = 0x0600,
	ETHERTYPE_IPV4 = 0x0800,
	ETHERTYPE_ARP = 0x0806,
	ETHERTYPE_IPV6 = 0x86dd,
};

enum {
	PROTO_ICMP = 1,
	PROTO_IGMP = 2,
	PROTO_TCP = 6,
	PROTO_UDP = 17,
	PROTO_DCCP = 33,
	PROTO_ICMP6 = 58,
	PROTO_NONE = 59,
	PROTO_SCTP = 132,
	PROTO_UDPLITE = 136,
};

/* Each returns NULL, or why the packet cannot be read further (a constant). What
 * the layers before found stays. */
const char *link_read(struct cursor *c, struct packet *p);
const char *arp_read(struct cursor *c, struct packet *p);
const char *ip_read(struct cursor *c, struct packet *p);
const char *transport_read(struct cursor *c, struct packet *p);
const char *icmp_read(struct cursor *c, struct packet *p);

/* False: a link layer that link_read() does not know. */
bool link_known(unsigned linktype);

/* "tcp", "udp", …; NULL where the number has no name here. */
const char *transport_name(unsigned proto);

#endif
