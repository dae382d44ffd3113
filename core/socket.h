/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CORE_SOCKET_H
#define CORE_SOCKET_H

/*
 * Sockets of our own, for canaries: TCP and UDP, waiting, inherited by no child. A
 * socket is a number of the system's, and -1 where there is none. On Windows that is a
 * SOCKET, of which 32 bits count.
 */

#include "core/address.h"

enum socket_bound {
	SOCKET_BOUND,
	SOCKET_TAKEN,   /* the port belongs to somebody else: another may do */
	SOCKET_REFUSED, /* no port would do */
};

/* Not inherited by programs; the caller closes it. -1 where there is none, with errno set. */
int socket_open(enum address_family family, bool tcp);

/* Port 0: one that is free. */
enum socket_bound socket_bind(int s, const struct address *a, unsigned port);

/* False where it fails, with errno set; a connect waits for its end. */
bool socket_listen(int s);
bool socket_connect(int s, const struct address *to, unsigned port);

/* All of it, over a connection or as one datagram. */
bool socket_send(int s, struct slice bytes);
bool socket_send_to(int s, struct slice bytes, const struct address *to, unsigned port);

/* Waits for a connection; -1 where that fails. */
int socket_accept(int listener);

/* Its own port; 0 where it has none. */
unsigned socket_port(int s);

/* Closes it; -1 is none. A connection that is dropped ends with a reset
 * and so leaves nothing behind in TIME-WAIT. */
void socket_close(int s);
void socket_drop(int s);

#endif
