/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_LINUX_NOTIFY_MEMORY_H
#define COLLECTORS_LINUX_NOTIFY_MEMORY_H

/*
 * The memory of a process that waits for an answer. Each returns 0, or an errno value:
 * EFAULT where nothing is mapped there, EPERM where we may not look.
 */

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <sys/uio.h>

/* So much at `at`, and where it is put. */
struct notify_piece {
	uint64_t at;
	void *to;
	size_t size; /* 0: none of it */
};

enum { NOTIFY_PIECES_MAX = 4 };

/* All of `size` bytes, at `at` in the memory of that thread; or of so many pieces at once, which are
 * no more than NOTIFY_PIECES_MAX. */
int notify_read(pid_t tid, uint64_t at, void *to, size_t size);
int notify_read_all(pid_t tid, const struct notify_piece pieces[], size_t count);
int notify_write(pid_t tid, uint64_t at, const void *from, size_t size);

/* As much as fits of what `parts` hold there, which are `count` and no more than
 * UIO_MAXIOV; `ret_size`: how many bytes that are. */
int notify_gather(pid_t tid, const struct iovec parts[], size_t count, void *to, size_t capacity,
		  size_t *ret_size);

#endif
