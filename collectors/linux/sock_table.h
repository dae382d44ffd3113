/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_LINUX_SOCK_TABLE_H
#define COLLECTORS_LINUX_SOCK_TABLE_H

/*
 * The kernel's own tables of sockets (sock_diag(7)), one of each protocol and family.
 */

#include <linux/inet_diag.h>
#include <stdbool.h>
#include <stddef.h>

struct json;

enum { SOCK_TABLE_BUFFER = 64 << 10 /* bytes; more than one datagram of a dump */ };

/* Every row of the tables goes to `take`, by protocol (IPPROTO_TCP, _UDP, _RAW). `fd` is a
 * socket of NETLINK_SOCK_DIAG; the buffer is aligned as a struct nlmsghdr is. Returns how
 * many tables could not be read to their end; that of raw sockets is a module that need not
 * be there, and is not counted. */
unsigned sock_table_read(int fd, unsigned char buffer[static SOCK_TABLE_BUFFER],
			 void (*take)(void *context, const struct inet_diag_msg *m, unsigned proto), void *context);

/* Members of a row: proto, local, lport, remote, rport, state, uid, inode, cookie. */
void sock_table_add_row(struct json *j, const struct inet_diag_msg *m, unsigned proto);

#endif
