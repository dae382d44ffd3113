/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_CAPTURE_PACKET_H
#define INGEST_CAPTURE_PACKET_H

/*
 * One packet on its way through the layers: each fills in its part and moves the
 * cursor to what it carries. Nothing here is owned; the slices point into the
 * packet.
 */

#include "core/address.h"

enum way {
	WAY_UNKNOWN,
	WAY_IN,
	WAY_OUT,
	WAY_PASSING, /* to somebody else: seen only because everything was listened to */
};

/* What the file says of a packet. */
struct frame {
	uint64_t number; /* in the file, from 1 */
	int64_t time_ns;
	unsigned linktype;
	uint32_t interface; /* counted over the whole file */
	const char *iface;  /* its name, or NULL; valid until the end of the reading */
	enum way way;       /* where the file itself tells */
	uint32_t pid;       /* 0: not told; the comment of a packet may */
	struct slice process;
	struct slice bytes; /* as captured */
	size_t original;    /* bytes on the wire, never less than `bytes.size` */
};

/* Takes a frame check sequence of that size off, as far as it was captured. */
static inline void frame_drop_check(struct frame *frame, size_t size)
{
	if (frame->original < size)
		return;
	frame->original -= size;
	frame->bytes = slice_part(frame->bytes, 0, frame->original);
}

enum tcp_flag { TCP_FIN = 1, TCP_SYN = 2, TCP_RST = 4, TCP_ACK = 16 };

struct packet {
	const struct frame *frame;

	/* link */
	enum way way;
	bool loopback;      /* of a loopback interface, not by the addresses */
	uint32_t ifindex;   /* 0: not told */
	uint16_t ethertype; /* or, below 0x600, a protocol number of Linux */
	size_t size;        /* bytes on the wire from the cursor on */
	size_t missing;     /* link layer: bytes on the wire behind the end of the cursor */
	unsigned nested;    /* link headers in link headers */
	struct cursor more; /* what further packets the frame holds: see link_read_next() */
	size_t more_missing; /* bytes on the wire behind the end of that */
	uint32_t pid;       /* 0: not told */
	struct slice process, iface; /* empty: not told */

	/* network */
	bool has_addresses;
	struct address src, dst;
	unsigned proto;      /* an IP protocol number, where the ethertype is IP */
	uint32_t network;    /* of a tunnel: flows in different ones are different; 0: none */
	int64_t outer;       /* flow id of the tunnel; 0: none */
	bool more_fragments;
	size_t fragment_offset;
	uint32_t fragment_id;
	/* of what fragment.c put together, or gave up */
	bool first_fragment; /* only the beginning is there */
	bool later_fragment; /* the beginning is not there: no transport header */
	uint32_t more_packets; /* that this one stands for */
	int64_t since_ns;    /* time of the first of them; 0: there is one only */

	/* transport */
	bool has_ports;
	uint16_t sport, dport;
	uint8_t tcp_flags;
	uint32_t tcp_seq, tcp_ack;
	bool directed;    /* never answered in kind: a flow of its own each way */
	bool is_reply;    /* sent by the side that was asked */
	uint16_t kind;    /* what tells such flows apart: an ICMP type or echo identifier */
	const char *what; /* state of the flow in words; NULL: told by its packets */

	/* above the transport header, or above IP where there is no reader for it */
	struct slice payload; /* as far as captured */
	size_t payload_size;  /* on the wire */
};

enum {
	ETHERTYPE_IEEE_802_2 = 4,  /* as Linux counts; the frame told a length */
	ETHERTYPE_IEEE_802_11 = 25, /* as Linux counts: a frame that carries no packet */
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
 * the layers before found stays. A link layer that put several packets into one frame
 * leaves the rest in p->more; link_read_next() reads the next of them from there. */
const char *link_read(struct cursor *c, unsigned linktype, struct packet *p);
const char *link_read_next(struct cursor *c, struct packet *p);
bool link_has_next(const struct packet *p);
const char *arp_read(struct cursor *c, struct packet *p);
const char *ip_read(struct cursor *c, struct packet *p);
const char *ip_read_extensions(struct cursor *c, struct packet *p);
const char *transport_read(struct cursor *c, struct packet *p);
const char *icmp_read(struct cursor *c, struct packet *p);
const char *sctp_read(struct cursor *c, struct packet *p);

/* A piece of a datagram, which transport_read() must not be given. */
static inline bool packet_is_fragment(const struct packet *p)
{
	return p->more_fragments || p->fragment_offset != 0;
}

enum { LINK_TYPE_RAW = 101 };

/* False: a link layer that link_read() does not know. */
bool link_known(unsigned linktype);

/* All that it knows, by number. */
size_t link_count(void);
unsigned link_number(size_t at);

/* "tcp", "udp", …; NULL where the number has no name here. */
const char *transport_name(unsigned proto);

#endif
