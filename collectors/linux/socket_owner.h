/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_LINUX_SOCKET_OWNER_H
#define COLLECTORS_LINUX_SOCKET_OWNER_H

/*
 * Which processes hold which sockets, as the links of /proc/PID/fd tell (proc(5)).
 */

#include <stddef.h>
#include <stdint.h>

enum { SOCKET_OWNER_MAX = 1 << 20 /* descriptors that are sockets, of all processes */ };

struct socket_owner {
	uint64_t inode;
	uint32_t pid;
};

struct socket_owners {
	struct socket_owner *at; /* owned; by inode, then by process */
	size_t count;
	unsigned processes, hidden; /* how many there are, and how many cannot be looked into */
	size_t cut;                 /* sockets past SOCKET_OWNER_MAX */
};

/* Looks through /proc; `ret` owns what it found until socket_owners_free(). */
void socket_owners_read(struct socket_owners *ret);
void socket_owners_free(struct socket_owners *o);

/* The lowest process that holds this socket, with the number of those that do; 0 where none
 * is known. */
uint32_t socket_owners_find(const struct socket_owners *o, uint64_t inode, size_t *ret_holders);

#endif
