/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_LINUX_NOTIFY_QUEUE_H
#define COLLECTORS_LINUX_NOTIFY_QUEUE_H

/*
 * What the threads that answer calls tell the one that writes the evidence. Nothing is
 * lost: who finds it full waits, and with it the process whose call it was.
 */

#include "core/address.h"

#include <sys/un.h>

enum { NOTIFY_QUEUE_SLOTS = 4096, NOTIFY_COMM_MAX = 64 };

enum notify_kind {
	NOTIFY_ATTEMPT, /* a connect or send to an address */
	NOTIFY_OUTCOME, /* what became of one that was told before it had ended */
	NOTIFY_UNIX,    /* a connect or send to a Unix socket */
	NOTIFY_LISTEN,
	NOTIFY_REFUSED, /* what is not done for anybody: a raw socket, io_uring, a foreign call, a way round */
};

/* Whose call it is. */
struct notify_who {
	uint32_t pid, tid, ppid, uid;
	uint32_t program; /* as notify_program() numbers it; 0: not known */
	char comm[NOTIFY_COMM_MAX];
};

struct notify_record {
	enum notify_kind kind;
	int64_t mono_ns;
	struct notify_who who;
	const char *call;
	int family, type, protocol;
	struct address src, dst; /* of no family: not known */
	unsigned sport, dport;
	unsigned ifindex; /* of the interface that the socket is bound to; 0: none, or the loopback */
	uint64_t cookie, netns;
	int64_t value;     /* what the call returned, an errno value as a negative number */
	bool answered;     /* `value` is known */
	bool established;  /* a connection that was asked for without waiting is there already */
	bool own;          /* the Unix socket is one on which the session itself listens */
	size_t path_size;  /* of a Unix socket; the first byte of an abstract name is 0 */
	char path[sizeof(struct sockaddr_un)];
};

struct notify_queue; /* opaque */

struct notify_queue *notify_queue_new(void);
void notify_queue_free(struct notify_queue *q); /* NULL-safe; nobody may wait */

void notify_queue_put(struct notify_queue *q, const struct notify_record *record);
bool notify_queue_take(struct notify_queue *q, struct notify_record *ret); /* false: empty */

#endif
