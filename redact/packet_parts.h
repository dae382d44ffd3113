/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REDACT_PACKET_PARTS_H
#define REDACT_PACKET_PARTS_H

/*
 * Inside of packet_mask(): what each protocol writes of itself. Places are offsets in the
 * packet; what lies behind its end is neither read nor written.
 */

#include "redact/packet_mask.h"

struct packet {
	struct pseudonyms *p;
	struct slice in;
	unsigned char *out; /* of the same size; zeros at first */
	unsigned depth;     /* of headers in messages about errors */
};

/* Numbers of the original; 0 behind its end. */
unsigned packet_u8(const struct packet *k, size_t at);
unsigned packet_be16(const struct packet *k, size_t at);

/* Takes bytes as they are, */
void packet_keep(struct packet *k, size_t at, size_t size);

/* or addresses and texts under other names. */
void packet_mac(struct packet *k, size_t at);
void packet_v4(struct packet *k, size_t at);
void packet_v6(struct packet *k, size_t at);
void packet_text(struct packet *k, enum mask how, size_t at, size_t size);

/* One header and all behind it, from `at` to `end`; what is not understood stays zeros. */
void packet_ipv4(struct packet *k, size_t at, size_t end);
void packet_ipv6(struct packet *k, size_t at, size_t end);
void packet_arp(struct packet *k, size_t at);
void packet_icmp(struct packet *k, size_t at, size_t end);
void packet_icmp6(struct packet *k, size_t at, size_t end);
void packet_igmp(struct packet *k, size_t at, size_t end);
void packet_dns(struct packet *k, size_t at, size_t end);
bool packet_tls(struct packet *k, size_t at, size_t end); /* false: it is none */
bool packet_http(struct packet *k, size_t at, size_t end);

#endif
