/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_LINUX_ENFORCE_H
#define COLLECTORS_LINUX_ENFORCE_H

/*
 * What the kernel programs refuse, beside recording it: attempts of the session to reach
 * other machines but for some (`--enforce`), and what no record can be made of
 * (`--fail-closed`).
 */

#include "core/address.h"
#include "core/error.h"

enum { ENFORCE_ALLOW_MAX = 256 };

struct enforce_allow {
	struct address_range range;
	unsigned port;       /* 0: any */
	unsigned char proto; /* IPPROTO_TCP or IPPROTO_UDP; 0: any */
};

struct enforce {
	bool on, fail_closed;
	struct enforce_allow allow[ENFORCE_ALLOW_MAX];
	size_t allow_count;
};

/* "RANGE PORT PROTO": 192.0.2.0/24 443 tcp; 0 and "any" stand for any. */
enum status enforce_allow_parse(struct slice text, struct enforce_allow *ret, struct error *err) MUST_CHECK;

/* Puts what is allowed into the map of the kernel programs. */
enum status enforce_fill(int map, const struct enforce *e, struct error *err) MUST_CHECK;

#endif
