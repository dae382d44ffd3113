/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ANALYSIS_PROBE_H
#define ANALYSIS_PROBE_H

/*
 * The ways out that `challenge` tries: a row each, in the order in which they are tried.
 * Policies name them (claims), the evidence does (challenge.ndjson), and the result does.
 */

#include "core/address.h"

enum probe_kind {
	PROBE_TCP,
	PROBE_UDP,
	PROBE_ICMP,
	PROBE_DNS_UDP,
	PROBE_DNS_TCP,
	PROBE_TLS,
	PROBE_QUIC,
	PROBE_RAW,
	PROBE_PROXY,
	PROBE_CHILD,
	PROBE_ORPHAN,
};

enum { PROBE_RAW_PROTOCOL = 253 /* RFC 3692: for experiments */ };

struct probe {
	const char *name;  /* "dns_udp" */
	const char *about; /* what is sent, in words */
	enum probe_kind kind;
	enum address_family family; /* ADDRESS_NONE: IPv4 where the policy names it, else IPv6 */
	const char *proto;          /* as in v_flow */
	unsigned port;              /* 0: the one of the policy; none where `proto` has no ports */
	const char *alpn;           /* of a TLS greeting; NULL: none */
};

extern const struct probe probes[];
extern const size_t probe_count;

/* NULL where there is none of that name. */
const struct probe *probe_find(struct slice name);

/* Does its protocol have ports? */
static inline bool probe_has_port(const struct probe *p)
{
	return p->kind != PROBE_ICMP && p->kind != PROBE_RAW;
}

#endif
