/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_CANARY_H
#define COLLECTORS_CANARY_H

/*
 * Canaries: connections and datagrams of our own on the loopback, with ports that
 * nobody can know beforehand. A witness that does not report them was blind. They
 * never leave the machine.
 */

#include "collectors/evidence.h"

enum { CANARY_PAIRS = 4 }; /* TCP and UDP over IPv4 and IPv6 */

struct canary_pair {
	const char *proto, *address;
	int listener, server, client; /* -1: not open */
	unsigned sport, dport;
	const char *problem; /* why there is none */
};

struct canaries {
	unsigned round;
	int64_t wall_ns; /* when they were opened */
	struct canary_pair pairs[CANARY_PAIRS];
};

/* Opens a set and sends a byte over each; stays open until canary_close(). */
void canary_open(struct canaries *c, unsigned round);

/* Closes them and writes one `canary` record for each that was there. */
void canary_close(struct canaries *c, struct evidence *e);

/* How many are open: none means that nothing here could show itself as seeing. */
unsigned canary_count(const struct canaries *c);

#endif
