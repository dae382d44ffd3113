/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_LINUX_NOTIFY_SOCKET_H
#define COLLECTORS_LINUX_NOTIFY_SOCKET_H

/*
 * The socket of a process that waits for an answer, as a descriptor of our own on the
 * very same socket: whatever its threads do meanwhile, what was looked at is what is used.
 */

#include "collectors/linux/notify_queue.h"

struct notify_socket {
	int fd; /* -1: none */
	int family, type, protocol;
};

/* Takes descriptor `fd` of a process (a pidfd). Returns 0, or an errno value: EBADF and
 * ENOTSOCK as the process would be told, EPERM where it may not be looked into. */
int notify_borrow(int process, int fd, struct notify_socket *ret);

/* What kind of descriptor it is, at any time: EBADF or ENOTSOCK where it is no socket. */
int notify_borrow_any(int process, int fd, int *ret);

void notify_return(struct notify_socket *s); /* idempotent */

/* Does it speak over IP? */
bool notify_is_ip(const struct notify_socket *s);
bool notify_is_stream(const struct notify_socket *s); /* TCP or MPTCP */

/* Do calls on it wait, as its flags are now? */
bool notify_is_blocking(const struct notify_socket *s);

/* What the kernel tells of it at any time: kind, cookie, namespace. */
void notify_describe(const struct notify_socket *s, struct notify_record *ret);

/* Its own end as it is now. */
void notify_own_end(const struct notify_socket *s, struct notify_record *ret);

/* The other end of a connected one; false where there is none. */
bool notify_peer(const struct notify_socket *s, struct address *ret, unsigned *ret_port);

/* Is a connection that was asked for there already? */
bool notify_is_established(const struct notify_socket *s);

#endif
