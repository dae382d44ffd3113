/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_UNIT_FED_H
#define TESTS_UNIT_FED_H

/*
 * A file as readers see it: read and hashed by a thread, handed over in a ring.
 */

#include "tests/unit/test.h"

#include "ingest/feeder.h"
#include "ingest/input.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

struct fed {
	struct ring ring;
	int fd, sockets[2];
	struct feeder *feeder;
	struct ring_reader reader;
	struct input in;
};

static inline void fed_start(struct fed *f, int fd)
{
	struct error err = {0};
	*f = (struct fed){.fd = fd};
	assert_int_equal(ring_open(&f->ring, &err), OK);
	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, f->sockets), 0);
	const struct feeder_file file = {.fd = fd, .name = "f"};
	assert_int_equal(feeder_start(&file, &f->ring, f->sockets[0], &f->feeder, &err), OK);
	f->reader = (struct ring_reader){.ring = &f->ring, .socket = f->sockets[1]};
	input_over_ring(&f->reader, "f", &f->in);
}

static inline void fed_open(struct fed *f, const struct scratch *s, struct slice bytes)
{
	scratch_put(s, "f", bytes);
	int fd = openat(s->fd, "f", O_RDONLY | O_CLOEXEC);
	assert_true(fd >= 0);
	fed_start(f, fd);
}

/* Reads no further; what the feeder says of the whole file. */
static inline enum status fed_finish(struct fed *f, uint64_t *ret_size,
				     unsigned char ret_digest[static HASH_SIZE], struct error *err)
{
	input_close(&f->in);
	close(f->sockets[1]);
	enum status status = feeder_finish(f->feeder, ret_size, ret_digest, err);
	close(f->sockets[0]);
	close(f->fd);
	ring_close(&f->ring);
	return status;
}

static inline void fed_end(struct fed *f, struct slice all)
{
	unsigned char digest[HASH_SIZE], wanted[HASH_SIZE];
	struct error err = {0};
	uint64_t size = 0;
	assert_int_equal(fed_finish(f, &size, digest, &err), OK);
	assert_int_equal(size, all.size);
	hash_bytes(all, wanted);
	assert_memory_equal(digest, wanted, HASH_SIZE);
}

#endif
