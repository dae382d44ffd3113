/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_MACOS_SOCKET_FILES_H
#define COLLECTORS_MACOS_SOCKET_FILES_H

/*
 * The sockets among the open files of a process, one after the other (PROC_PIDLISTFDS,
 * PROC_PIDFDSOCKETINFO; sys/proc_info.h).
 */

#include "collectors/macos/socket_row.h"

enum { SOCKET_FILES_MAX = 65536 /* open files of one process */ };

struct socket_files {
	uint32_t pid;
	size_t count, at;
	bool cut; /* there were more files than that */
	int32_t numbers[SOCKET_FILES_MAX];
};

/* False with errno set: EPERM where the process may not be looked into, else it is gone. */
bool socket_files_open(struct socket_files *f, uint32_t pid);

/* The next one of IPv4 or IPv6, and the kernel's number for it; false at the end. */
bool socket_files_next(struct socket_files *f, struct socket_facts *ret, uint64_t *ret_handle);

#endif
