/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_POSIX_CHANNEL_H
#define COLLECTORS_POSIX_CHANNEL_H

/*
 * Records of a fixed size between this process and one that it forks. A stream, for
 * macOS has no other Unix sockets that tell of their end.
 */

#include "core/error.h"

enum channel_got {
	CHANNEL_RECORD,
	CHANNEL_NOTHING, /* no whole record yet */
	CHANNEL_END,     /* the other end was closed, or its process ended */
};

/* Both ends, which the caller closes; not inherited by programs. */
enum status channel_open(int ret[static 2], struct error *err) MUST_CHECK;

/* One record of at most 2048 bytes, whole or not at all: a socket with less room than
 * that takes nothing where it may not wait (SO_SNDLOWAT). False where it did not go, with
 * errno set: EAGAIN where there was no room and `wait` is false. */
bool channel_send(int fd, const void *record, size_t size, bool wait);

/* The next record of `size` bytes; with `wait`, waits for it. */
enum channel_got channel_take(int fd, void *ret, size_t size, bool wait);

#endif
