/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "collectors/posix/pieces.h"
#include "core/clock.h"

static struct pieces pieces; /* a quarter of a megabyte: not for the stack */

static int make(const struct scratch *s, unsigned number)
{
	char name[CAPTURE_NAME_MAX];
	capture_name(number, name);
	int fd = openat(s->fd, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	assert_true(fd >= 0);
	return fd;
}

static void start(int file, uint64_t size, int64_t age_ns)
{
	const struct capture_limits limits = {size, age_ns};
	memset(&pieces, 0, sizeof pieces);
	pieces_start(&pieces, file, &limits, 276, 4096, "any");
}

static void packets(unsigned count)
{
	static const unsigned char bytes[1000];
	for (unsigned i = 0; i < count; i++)
		pcapng_write_packet(&pieces.writer, i, slice_of(bytes, sizeof bytes), sizeof bytes);
}

static struct capture_report report(void)
{
	struct capture_report r = {.queries = 0};
	pieces_report(&pieces, &r);
	return r;
}

/* The report that tells of a file that was ended. */
static struct capture_closed closed(void)
{
	struct capture_report r;
	for (int tries = 0; (r = report()).closed[0].number == 0; tries++) {
		assert_true(tries < 5000);
		assert_int_equal(r.wanted, 0); /* one after the other */
		pieces_told(&pieces); /* a report without it */
		usleep(1000);
	}
	return r.closed[0];
}

static void check_file(const struct scratch *s, const struct capture_closed *c, unsigned count)
{
	char name[CAPTURE_NAME_MAX];
	unsigned char digest[HASH_SIZE];
	size_t size;
	capture_name(c->number, name);
	char *bytes = scratch_get(s, name, &size);
	hash_bytes(slice_of((unsigned char *)bytes, size), digest);
	assert_int_equal(c->size, size);
	assert_memory_equal(c->sha256, digest, sizeof digest);
	assert_int_equal(c->packets, count);
	free(bytes);
}

static void one_follows_the_other(void **state)
{
	struct scratch *s = *state;
	start(make(s, 1), 10000, 0);
	packets(5);
	assert_int_equal(report().wanted, 0);
	packets(5);
	assert_int_equal(report().wanted, 2);
	assert_int_equal(report().wanted, 2); /* until it is given */
	pieces_next(&pieces, make(s, 2), 12, 1);
	packets(20);
	assert_int_equal(report().written, 30);
	struct capture_closed first = closed();
	check_file(s, &first, 10);
	assert_int_equal(first.number, 1);
	assert_int_equal(first.received, 12);
	assert_int_equal(first.dropped, 1);
	assert_int_equal(report().wanted, 0); /* not before that was told */
	pieces_told(&pieces);
	assert_int_equal(report().closed[0].number, 0);
	assert_int_equal(report().wanted, 3);
	struct capture_report last = report();
	pieces_finish(&pieces, 40, 1, &last);
	assert_string_equal(last.failure, "");
	assert_int_equal(last.wanted, 0);
	assert_int_equal(last.closed[0].number, 0);
	assert_int_equal(last.closed[1].number, 2);
	check_file(s, &last.closed[1], 20);
	assert_int_equal(last.closed[1].received, 28);
	assert_int_equal(last.closed[1].dropped, 0);
	assert_true(last.closed[1].from_ns == first.to_ns);
	assert_int_equal(last.written, 30);
	assert_int_equal(last.bytes, 30000);
}

static void what_was_not_told_yet_comes_with_the_last(void **state)
{
	struct scratch *s = *state;
	start(make(s, 1), 1, 0);
	packets(1);
	pieces_next(&pieces, make(s, 2), 1, 0);
	packets(2);
	struct capture_report last = {.queries = 0};
	pieces_finish(&pieces, 3, 0, &last);
	check_file(s, &last.closed[0], 1);
	check_file(s, &last.closed[1], 2);
}

static void an_age_is_one_too(void **state)
{
	struct scratch *s = *state;
	start(make(s, 1), 0, 20 * CLOCK_MILLISECOND);
	usleep(30000);
	assert_int_equal(report().wanted, 0); /* nothing in it */
	packets(1);
	assert_int_equal(report().wanted, 2);
	pieces_next(&pieces, make(s, 2), 1, 0);
	(void)closed();
	pieces_told(&pieces);
	packets(1);
	usleep(30000);
	assert_int_equal(report().wanted, 3);
	struct capture_report last = {.queries = 0};
	pieces_finish(&pieces, 2, 0, &last);
}

static void no_limit_and_no_more_than_so_many(void **state)
{
	struct scratch *s = *state;
	start(make(s, 1), 0, 0);
	packets(3000);
	assert_int_equal(report().wanted, 0);
	pieces.limits.size = 1;
	assert_int_equal(report().wanted, 2);
	pieces.number = CAPTURE_FILES_MAX;
	assert_int_equal(report().wanted, 0);
	struct capture_report last = {.queries = 0};
	pieces_finish(&pieces, 3000, 0, &last);
	assert_string_equal(last.failure, "");
}

static void a_full_disk_is_told(void **state)
{
	struct scratch *s = *state;
	struct capture_report last = {.queries = 0};
	start(make(s, 1), 1, 0);
	packets(1);
	int full = open("/dev/full", O_WRONLY | O_CLOEXEC);
	assert_true(full >= 0);
	pieces_next(&pieces, full, 1, 0);
	packets(1);
	pcapng_write_flush(&pieces.writer);
	assert_contains(report().failure, "capture-2.pcapng");
	pieces_finish(&pieces, 2, 0, &last);
	assert_contains(last.failure, "capture-2.pcapng");
	check_file(s, &last.closed[0], 1); /* that one is whole */
	assert_int_equal(last.closed[1].number, 0);

	full = open("/dev/full", O_WRONLY | O_CLOEXEC);
	start(full, 1, 0);
	packets(1);
	pieces_next(&pieces, make(s, 2), 1, 0);
	last = (struct capture_report){.queries = 0};
	pieces_finish(&pieces, 1, 0, &last);
	assert_contains(last.failure, "capture.pcapng");
	assert_int_equal(last.closed[0].number, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(one_follows_the_other),
		scratch_test(what_was_not_told_yet_comes_with_the_last),
		scratch_test(an_age_is_one_too),
		scratch_test(no_limit_and_no_more_than_so_many),
		scratch_test(a_full_disk_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
