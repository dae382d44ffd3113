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

/* An order of one byte, with a descriptor or without one (-1), which stays the caller's.
 * False where it did not go. Never waits. */
bool channel_order(int fd, char order, int with);

/* The next order where one is there; 0: none is, or the other end was closed, which
 * `ret_end` tells. `ret_with`: the descriptor that came with it, owned by the caller and
 * not inherited by programs; -1: none. */
char channel_obey(int fd, int *ret_with, bool *ret_end);

#endif
