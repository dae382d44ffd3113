/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_LINUX_NOTIFY_PATH_H
#define COLLECTORS_LINUX_NOTIFY_PATH_H

/*
 * The name of a Unix socket as another process means it: below its own root, from its own
 * folder (unix(7)).
 */

#include <stdint.h>
#include <sys/socket.h>
#include <sys/un.h>

struct notify_path {
	struct sockaddr_un address; /* one that means the same here */
	socklen_t size;
	int held; /* on which `address` may rest; -1: none */
};

/* Finds the socket that thread `tid` calls `name`, of `size` bytes in all. Returns 0, or an
 * errno value that the thread is to be told: EPERM where it may not be looked into. */
int notify_path_open(uint32_t tid, const struct sockaddr_un *name, socklen_t size, struct notify_path *ret);

void notify_path_close(struct notify_path *p); /* idempotent */

#endif
