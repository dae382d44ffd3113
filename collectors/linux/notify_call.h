/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_LINUX_NOTIFY_CALL_H
#define COLLECTORS_LINUX_NOTIFY_CALL_H

/*
 * One call that waits for an answer (seccomp_unotify(2)), and how it is done on behalf of
 * whoever made it: its arguments are copied once, and what was copied is what is done and
 * what is recorded. A call that could name a destination is never let through, for another thread could
 * give it other arguments before the kernel reads them.
 */

#include "collectors/linux/notify_memory.h"
#include "collectors/linux/notify_who.h"

#include <linux/seccomp.h>
#include <sys/socket.h>

struct notify_worker; /* notify_serve.h: the thread that does it */

struct notify_call {
	struct notify_worker *worker;
	const struct seccomp_notif *request;
	int process; /* pidfd of whose it is; not owned */
	int folder;  /* its /proc/TID; not owned */
	const struct notify_mark *mark; /* of the program that asked lately; not owned */
	bool certain; /* who asks in `record`; before that it is who did so lately */
	struct notify_record record; /* who asks, and when, from the beginning */
};

/* Not done for the caller: it goes on and does it itself. Only where nothing of it depends on what
 * somebody else could still change. */
#define NOTIFY_GO_ON INT64_MIN

/* What the call returns, an errno value as a negative number. Records what is to be
 * recorded. Where nobody waits any more nothing is done, and the answer goes nowhere. */
int64_t notify_answer(struct notify_call *c);

typedef int64_t notify_fn(struct notify_call *c);
notify_fn notify_connect;				     /* notify_connect.c */
notify_fn notify_sendto, notify_sendmsg, notify_sendmmsg; /* notify_send.c */

/* Whose call it is, as far as known. */
void notify_asked_by(struct notify_call *c, const struct notify_known *k);

/* Looks at who asks, unless that is certain. False where it is gone. */
bool notify_certain(struct notify_call *c);

/* Copies what lies in the caller's memory, of fewer pieces than NOTIFY_PIECES_MAX. After it, who asks is
 * certain. Returns 0 or the errno value that the caller is to be told. */
int notify_copy(struct notify_call *c, const struct notify_piece pieces[], size_t count);

/* What is not done for anybody: recorded as refused, and -`code` returned. */
int64_t notify_refuse(struct notify_call *c, const char *call, int code);

/* Where to is not known, for the process may not be looked into: recorded, not done. */
int64_t notify_unseen(struct notify_call *c, const char *call);

/* An address in the caller's memory, of any size that the kernel takes. Returns 0 or the
 * errno value that the caller is to be told. */
int notify_address(struct notify_call *c, uint64_t at, int64_t size, struct sockaddr_storage *ret);

/* Puts an address that was copied into the record: the other end, or a path. */
void notify_note(struct notify_record *r, const struct sockaddr_storage *a, size_t size);

#endif
