/* SPDX-License-Identifier: Apache-2.0 */
/* The thread that feeds a decoder, with the test in the decoder's place, in one process: so
 * that a sanitizer for threads can look on, which does not get behind the decoder's filter. */
#include "tests/unit/test.h"

#include "core/auto.h"
#include "core/file.h"
#include "ingest/feeder.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

enum { FILE_SIZE = 3 * RING_SIZE + 12345 };

struct fed_file {
	struct ring ring;
	int fd, sockets[2];
	unsigned char digest[HASH_SIZE];
	struct feeder *feeder;
};

static unsigned char byte_at(uint64_t offset)
{
	return (unsigned char)(offset * 2654435761u >> 13);
}

static void begin(const struct scratch *s, struct fed_file *f)
{
	struct error err = {0};
	unsigned char *bytes = must_alloc(1, FILE_SIZE);
	for (uint64_t i = 0; i < FILE_SIZE; i++)
		bytes[i] = byte_at(i);
	hash_bytes(slice_of(bytes, FILE_SIZE), f->digest);
	assert_int_equal(file_write(s->fd, "file", slice_of(bytes, FILE_SIZE), &err), OK);
	free(bytes);
	f->fd = openat(s->fd, "file", O_RDONLY | O_CLOEXEC);
	assert_true(f->fd >= 0);
	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, f->sockets), 0);
	assert_int_equal(ring_open(&f->ring, &err), OK);
	assert_int_equal(feeder_start(f->fd, "file", &f->ring, f->sockets[0], &f->feeder, &err), OK);
}

/* Size and hash are those of the whole file, however much of it was wanted. */
static void finish(struct fed_file *f)
{
	struct error err = {0};
	unsigned char digest[HASH_SIZE];
	uint64_t size = 0;
	assert_int_equal(feeder_finish(f->feeder, &size, digest, &err), OK);
	assert_int_equal(size, FILE_SIZE);
	assert_memory_equal(digest, f->digest, HASH_SIZE);
	close(f->fd);
	for (size_t i = 0; i < 2; i++)
		if (f->sockets[i] >= 0)
			close(f->sockets[i]);
	ring_close(&f->ring);
}

/* Given back in pieces of odd sizes, every byte comes over where it stands in the file. */
static void every_byte_comes_over(void **state)
{
	struct fed_file f = {0};
	begin(*state, &f);
	struct ring_reader r = {.ring = &f.ring, .socket = f.sockets[1]};
	uint64_t taken = 0;
	for (unsigned turn = 1; !r.end; turn++) {
		struct slice there = ring_more(&r, taken);
		size_t bad = 0;
		for (size_t i = 0; i < there.size; i++)
			bad += there.at[i] != byte_at(taken + i);
		assert_int_equal(bad, 0);
		assert_true(feeder_size(f.feeder) >= taken + there.size);
		taken += r.end ? there.size : there.size - there.size * (turn % 7) / 8;
	}
	assert_int_equal(taken, FILE_SIZE);
	finish(&f);
}

static void who_wants_no_more_is_not_waited_for(void **state)
{
	struct fed_file f = {0};
	begin(*state, &f);
	struct ring_reader r = {.ring = &f.ring, .socket = f.sockets[1]};
	assert_true(ring_more(&r, 0).size > 0);
	close(f.sockets[1]);
	f.sockets[1] = -1;
	finish(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(every_byte_comes_over, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(who_wants_no_more_is_not_waited_for, scratch_setup, scratch_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
