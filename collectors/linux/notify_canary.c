/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/linux/notify_canary.h"

#include "core/clock.h"

#include <string.h>
#include <sys/socket.h>

enum { PATIENCE_MS = 2000 };

void notify_canary_round(struct notify_canary *c, const struct canaries *canaries)
{
	for (size_t i = 0; i < CANARY_PAIRS; i++) {
		const struct canary_pair *p = &canaries->pairs[i];
		struct notify_order order = {
			.v6 = strcmp(p->address, "::1") == 0,
			.tcp = strcmp(p->proto, "tcp") == 0,
			.port = (unsigned short)p->dport,
		};
		if (!p->problem && send(c->orders, &order, sizeof order, MSG_NOSIGNAL) == sizeof order)
			c->pending++;
	}
	c->until_ns = clock_mono() + PATIENCE_MS * CLOCK_MILLISECOND;
}

void notify_canary_drain(struct notify_canary *c)
{
	char done[CANARY_PAIRS];
	ssize_t got = c->pending ? recv(c->orders, done, sizeof done, MSG_DONTWAIT) : 0;
	if (got > 0)
		c->pending -= (unsigned)got < c->pending ? (unsigned)got : c->pending;
}

bool notify_canary_busy(const struct notify_canary *c)
{
	return c->pending && clock_mono() < c->until_ns;
}
