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
	const struct feeder_file file = {.fd = f->fd, .name = "file"};
	assert_int_equal(feeder_start(&file, &f->ring, f->sockets[0], &f->feeder, &err), OK);
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

/* Files that follow: each with its size and hash, and its end where it is. */
struct following {
	const struct scratch *s;
	unsigned opened, ended;
	uint64_t sizes[4];
	unsigned char digests[4][HASH_SIZE];
};

static const struct slice parts[] = {{(const unsigned char *)"first", 5},
				     {NULL, 0},
				     {(const unsigned char *)"the third", 9},
				     {(const unsigned char *)"4", 1}};

static enum status open_following(void *to, bool growing, int *ret_fd, const char **ret_name, struct error *err)
{
	struct following *f = to;
	*ret_fd = -1;
	(void)err;
	assert_false(growing);
	if (f->opened + 1 == LENGTH(parts))
		return OK;
	scratch_put(f->s, "next", parts[++f->opened]);
	*ret_fd = openat(f->s->fd, "next", O_RDONLY | O_CLOEXEC);
	*ret_name = "next";
	unlinkat(f->s->fd, "next", 0);
	return OK;
}

static void note_following(void *to, uint64_t size, const unsigned char digest[static HASH_SIZE])
{
	struct following *f = to;
	f->sizes[f->ended] = size;
	memcpy(f->digests[f->ended++], digest, HASH_SIZE);
}

static void files_that_follow_come_one_by_one(void **state)
{
	struct scratch *s = *state;
	struct following following = {.s = s};
	const struct feeder_more more = {&following, open_following, note_following};
	struct fed_file f = {0};
	struct error err = {0};
	scratch_put(s, "first", parts[0]);
	AUTO_FD int fd = openat(s->fd, "first", O_RDONLY | O_CLOEXEC);
	const struct feeder_file file = {.fd = fd, .name = "first", .more = &more};
	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, f.sockets), 0);
	assert_int_equal(ring_open(&f.ring, &err), OK);
	assert_int_equal(feeder_start(&file, &f.ring, f.sockets[0], &f.feeder, &err), OK);
	struct ring_reader r = {.ring = &f.ring, .socket = f.sockets[1]};
	uint64_t taken = 0;
	unsigned number = 0;
	do {
		struct slice there = {0};
		while (!r.end)
			there = ring_more(&r, taken);
		assert_true(slice_equal(there, parts[number]));
		assert_true(slice_equal(ring_more(&r, taken), there)); /* an end stays one */
		taken += there.size;
		number++;
	} while (ring_next(&r));
	assert_int_equal(number, LENGTH(parts));
	assert_false(ring_next(&r));
	unsigned char digest[HASH_SIZE];
	uint64_t size = 0;
	assert_int_equal(feeder_finish(f.feeder, &size, digest, &err), OK);
	assert_int_equal(size, taken);
	assert_int_equal(following.ended, LENGTH(parts));
	for (size_t i = 0; i < LENGTH(parts); i++) {
		hash_bytes(parts[i], digest);
		assert_int_equal(following.sizes[i], parts[i].size);
		assert_memory_equal(following.digests[i], digest, HASH_SIZE);
	}
	close(f.sockets[0]);
	close(f.sockets[1]);
	ring_close(&f.ring);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(every_byte_comes_over, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(who_wants_no_more_is_not_waited_for, scratch_setup, scratch_teardown),
		scratch_test(files_that_follow_come_one_by_one),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
