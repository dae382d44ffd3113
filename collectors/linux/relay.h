/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_LINUX_RELAY_H
#define COLLECTORS_LINUX_RELAY_H

/*
 * Carries connections from a network namespace to servers on this machine's loopback: a
 * process of its own, for the collector sleeps between two looks. It listens on sockets
 * that were made inside, connects outside, hands bytes on as they come, and understands
 * none of them.
 */

#include "core/address.h"
#include "core/error.h"

#include <sys/types.h>

enum {
	RELAY_PORTS_MAX = 16,
	RELAY_CONNECTIONS_MAX = 256, /* at once; more wait until one ends */
	RELAY_BUFFER = 64 << 10,     /* bytes on their way, each way */
};

enum relay_state {
	RELAY_ENDED = 1, /* both sides are done, or one reset it */
	RELAY_FAILED,    /* the server could not be reached: `error` */
	RELAY_CUT,       /* it still stood when the relay was told to stop */
	RELAY_STOPPED,   /* the last record: `id` is the number of all */
};

/* One connection, told when it is over. */
struct relay_record {
	uint64_t id;         /* from 1, in the order in which they came */
	int64_t opened_ns, closed_ns; /* wall time */
	uint64_t sent, received; /* by the side inside */
	uint64_t lost;       /* records that found no room, until now */
	uint16_t port, sport; /* the server's; and that of the side inside */
	uint16_t place;      /* which of the servers */
	uint16_t state;      /* enum relay_state */
	int32_t error;       /* an errno value; 0: none */
};

struct relay_server {
	int listener; /* made inside; waiting */
	struct address address;
	unsigned port;
};

/* Forks it; `ret_channel` is for relay_take() and relay_stop(). The caller keeps its own
 * copies of the listeners. */
enum status relay_start(const struct relay_server servers[], size_t count, pid_t *ret_pid, int *ret_channel,
			struct error *err) MUST_CHECK;

/* The next record; false where none has come yet, or it ended: then `ret_ended` is set. */
bool relay_take(int channel, struct relay_record *ret, bool *ret_ended);

/* Asks it to stop: it tells what still stands, then RELAY_STOPPED, and ends. It ends, too,
 * when the other end of the channel is closed. */
void relay_stop(int channel);

#endif
