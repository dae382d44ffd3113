/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_LINUX_NOTIFY_MESSAGE_H
#define COLLECTORS_LINUX_NOTIFY_MESSAGE_H

/*
 * What another process wants to send, copied: bytes, address and control data (cmsg(3)).
 * Descriptors that it passes on become descriptors of ours for as long as it takes.
 */

#include "collectors/linux/notify_call.h"

enum {
	NOTIFY_BYTES_MAX = 1 << 20, /* of a stream so much is sent at a time; other messages are refused */
	NOTIFY_CONTROL_MAX = 16 << 10,
	NOTIFY_PASSED_MAX = 253, /* descriptors in one message, as the kernel has it */
};

struct notify_message {
	struct sockaddr_storage name;
	socklen_t name_size; /* 0: none */
	unsigned char *bytes; /* owned */
	size_t size;
	unsigned char *control; /* owned */
	size_t control_size;
	int passed[NOTIFY_PASSED_MAX]; /* owned */
	size_t passed_count;
};

/* `size` bytes of the caller's at `at`, and (unless `name_at` is 0) the address they go to. Returns 0
 * or an errno value for the caller. Whatever it returns, the message is to be freed. */
int notify_message_plain(struct notify_call *c, uint64_t at, uint64_t size, uint64_t name_at, int name_size,
			 struct notify_message *ret);

/* The struct msghdr at `at`. Of a `stream` the first part is enough. Likewise. */
int notify_message_read(struct notify_call *c, uint64_t at, bool stream, struct notify_message *ret);

void notify_message_free(struct notify_message *m); /* leaves an empty one */

#endif
