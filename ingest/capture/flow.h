/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_CAPTURE_FLOW_H
#define INGEST_CAPTURE_FLOW_H

/*
 * Flows: packets between the same two ends, over the same interface, in a table of
 * fixed size. A flow's two ends are its sides 0 and 1, in an order that does not
 * depend on who spoke first.
 */

#include "ingest/capture/packet.h"

enum {
	FLOWS_MAX = 65536,   /* at a time; the one idle longest makes room */
	FLOWS_SETTLED = 4096, /* of which nothing more is expected, kept for stragglers */
};

enum flow_state {
	FLOW_PLAIN, /* no TCP */
	FLOW_SYN_SENT,
	FLOW_ESTABLISHED,
	FLOW_CLOSED,
	FLOW_RESET,
	FLOW_REFUSED,
	FLOW_MIDSTREAM, /* its beginning was not captured */
};

enum { KEY_IP = 1, KEY_PORTS = 2, KEY_DIRECTED = 4 };

/* Compared and hashed as bytes: no padding. */
struct flow_key {
	struct address ends[2];
	uint32_t ifindex, interface;
	uint32_t network, unused;
	uint16_t ports[2]; /* or the kind of a flow without ports */
	uint16_t number;   /* of the IP protocol, or the EtherType */
	uint16_t flags;    /* KEY_ */
};

struct flow_side {
	uint64_t packets, bytes;
	uint32_t isn, next; /* TCP: initial and next sequence number */
	uint32_t acked;     /* TCP: what the other side has, as far as it said */
	bool has_isn, has_next, has_acked, fin;
	uint16_t stream; /* see stream.h */
	uint32_t claimed_to; /* TCP: a gap too large to be believed unless acknowledged */
	uint64_t claimed;
	/* of names_tcp.c and names_udp.c */
	bool has_base;
	bool waiting; /* something was put into a stream; it may have been given up since */
	uint8_t phase;
	uint32_t base; /* sequence number of the first byte that was not read yet */
	uint32_t seen; /* bytes read without finding what they are */
	uint64_t pass; /* bytes to pass over: the body of a request */
};

struct flow {
	struct flow_key key;
	int64_t id; /* of its row */
	int64_t outer; /* of the tunnel that carried it; 0: none */
	int64_t first_ns, last_ns;
	uint64_t first_packet;
	const char *iface, *what, *process; /* not owned */
	const char *app; /* what runs over it; NULL: not recognised; not owned */
	uint32_t pid;  /* 0: not told */
	struct flow_side sides[2];
	uint32_t last_name; /* a hash, so that one name a flow makes one row */
	enum flow_state state;
	enum way way;    /* of what the opener sends */
	unsigned opener; /* side */
	bool loopback, quic, resolver;
	bool over;    /* nothing more is expected of it */
	bool settled; /* and the table knows */
	uint32_t index, chain, older, newer; /* of the table */
	uint64_t placed; /* when, in lookups, it came to its place in the order of use */
};

struct flow_table; /* opaque */

struct flow_table *flow_table_new(void);
void flow_table_free(struct flow_table *t); /* NULL-safe */

/* The key of a packet's flow, and the side that sent it. */
void flow_key_of(const struct packet *p, struct flow_key *ret, unsigned *ret_side);

/* NULL where there is none. A flow that is found counts as used. */
struct flow *flow_find(struct flow_table *t, const struct flow_key *key);

/* A flow that is over waits for stragglers, but only so long as few others do. */
void flow_settle(struct flow_table *t, struct flow *f);

/* The one of those that waits longest, once there are too many; else NULL. */
struct flow *flow_one_too_many(struct flow_table *t);

/* The flow unused longest; NULL in an empty table. */
struct flow *flow_oldest(struct flow_table *t);
bool flow_table_full(const struct flow_table *t);

/* An empty flow with that key; the table must not be full. */
struct flow *flow_add(struct flow_table *t, const struct flow_key *key);
void flow_remove(struct flow_table *t, struct flow *f);

/* Bytes of a TCP payload that were not there before. */
struct fresh {
	struct slice bytes; /* as far as captured */
	bool gap;           /* bytes before them are missing */
};

/* A SYN that begins another connection between the same ports. */
bool flow_tcp_restarts(const struct flow *f, unsigned side, const struct packet *p);

/* Sequence numbers, bytes and state of a TCP flow. */
void flow_tcp(struct flow *f, unsigned side, const struct packet *p, struct fresh *ret);

/* 'established', 'answered', 'neighbour solicitation', … */
const char *flow_state_text(const struct flow *f);

#endif
