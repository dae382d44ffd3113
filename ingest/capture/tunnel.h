/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_CAPTURE_TUNNEL_H
#define INGEST_CAPTURE_TUNNEL_H

/*
 * Packets in packets. What is inside makes flows of its own, tied to the outer one.
 */

#include "ingest/capture/packet.h"

enum { TUNNELS_MAX = 6 /* in each other */ };

enum tunnel_kind {
	TUNNEL_NONE,
	TUNNEL_IP,
	TUNNEL_GRE,
	TUNNEL_ETHERNET,
	TUNNEL_MPLS,
	TUNNEL_ERSPAN,
	TUNNEL_TEREDO,
	TUNNEL_VXLAN,
	TUNNEL_GENEVE,
	TUNNEL_GTP,
	TUNNEL_AYIYA,
	TUNNEL_L2TP,
	TUNNEL_LISP,
	TUNNEL_CAPWAP,
	TUNNEL_TZSP,
};

struct tunnel {
	enum tunnel_kind kind;
	uint16_t type;       /* EtherType of what is inside; 0: `link` tells it */
	uint16_t link;       /* its link type */
	uint32_t identifier; /* of a virtual network, 24 bits; the same both ways, or 0 */
};

/* Does the packet carry another one? Then `ret_bytes` is that one. Where it should but
 * that cannot be read, `ret_problem` says why (a constant), else it is NULL. */
bool tunnel_find(const struct packet *p, struct cursor *ret_bytes, struct tunnel *ret,
		 const char **ret_problem);

/* The same for what a UDP datagram carries: by its port, and its header must fit. */
bool tunnel_find_udp(const struct packet *p, struct cursor *c, struct tunnel *ret);

/* GRE, also inside UDP (RFC 8086). NULL, or why it cannot be read; TUNNEL_NONE where
 * there is nothing inside. */
const char *tunnel_read_gre(struct cursor *c, struct tunnel *ret);

/* EtherType by the version of an IP header; 0 for neither. */
uint16_t tunnel_ip_type(struct cursor c);

#endif
