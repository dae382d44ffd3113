/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_LINUX_NOTIFY_WAY_H
#define COLLECTORS_LINUX_NOTIFY_WAY_H

/*
 * Ways by which a packet leaves though its address is of this machine: a socket that is bound
 * to another interface than the loopback, an interface or a route that is named beside the
 * message (RFC 3542, 6 and 7; RFC 791, 3.1, source routes). What is set by setsockopt(2) is
 * refused by its numbers (notify_filter.h); the rest is looked at here.
 */

#include "collectors/linux/notify_socket.h"

#include "core/cursor.h"

/* The interface that it is bound to; 0: none, or the loopback. */
unsigned notify_way_device(const struct notify_socket *s);

/* The same of a socket that was bound to `before` ahead of a call, looked at behind it: another thread
 * may have bound it meanwhile, by bind(2) to an address of one interface alone, which only IPv6 has. */
unsigned notify_way_since(const struct notify_socket *s, unsigned before);

/* Does the control data of a message over IP (cmsg(3), whole and well formed) name another way than
 * its address? */
bool notify_way_in(struct slice control);

/* What is asked for by setsockopt(2) with these, as the evidence names it. */
const char *notify_way_name(int level, int option);

#endif
