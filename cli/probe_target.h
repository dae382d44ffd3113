/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_PROBE_TARGET_H
#define CLI_PROBE_TARGET_H

/*
 * Where a probe of `challenge` sends to: the sink of the policy and nothing else.
 */

#include "analysis/policy_challenge.h"
#include "analysis/probe.h"

enum { TARGET_TOKEN_MAX = 33 /* 32 hexadecimal digits and a NUL */ };

struct probe_target {
	const struct probe *probe;
	struct address to;   /* the sink; ADDRESS_NONE where `skipped` is set */
	unsigned port;       /* 0: the protocol has none */
	struct address via;  /* the proxy; ADDRESS_NONE: none */
	unsigned via_port;
	const char *skipped; /* why it is not tried (a constant); NULL: it is */
};

struct probe_target probe_target(const struct probe *probe, const struct challenge *c);

/* "challenge.invalid" where the policy names none: a name that nobody can own (RFC 2606). */
const char *probe_name(const struct challenge *c);

/* The proxy in a value of the environment: "http://192.0.2.1:3128". Returns NULL, or why
 * it is not asked: it may only be on this machine or the sink itself, by its address. */
const char *probe_proxy(struct slice value, const struct challenge *c, struct address *ret, unsigned *ret_port);

#endif
