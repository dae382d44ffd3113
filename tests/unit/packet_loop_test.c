/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "collectors/posix/channel.h"
#include "collectors/posix/packet_loop.h"
#include "core/clock.h"

#include <pthread.h>

/* A capture of which the test says what comes. */
struct capture {
	struct pieces pieces; /* a quarter of a megabyte: not for the stack */
	unsigned taken;       /* one packet each time */
	unsigned breaks_at;   /* taking that packet fails; 0: none does */
};

static bool take(struct capture *c, struct capture_report *r)
{
	static const unsigned char bytes[100];
	if (++c->taken == c->breaks_at) {
		snprintf(r->failure, sizeof r->failure, "the device is gone");
		return false;
	}
	pcapng_write_packet(&c->pieces.writer, c->taken, slice_of(bytes, sizeof bytes), sizeof bytes);
	return true;
}

static struct capture_report report_of(struct capture *c)
{
	struct capture_report r = {.received = c->taken};
	pieces_report(&c->pieces, &r);
	return r;
}

static struct capture capture;
static const struct packet_source source = {&capture, &capture.pieces, take, report_of, .stop_ms = 30};

static int make(const struct scratch *s, const char *name)
{
	int fd = openat(s->fd, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	assert_true(fd >= 0);
	return fd;
}

static void begin(const struct scratch *s, int ends[static 2])
{
	const struct capture_limits limits = {.size = 1};
	struct error err = {0};
	memset(&capture, 0, sizeof capture);
	assert_int_equal(channel_open(ends, &err), OK);
	pieces_start(&capture.pieces, make(s, "capture.pcapng"), &limits, 276, 4096, "any");
}

static void a_stop_lets_late_packets_come(void **state)
{
	int ends[2];
	struct capture_report r = {0}, told;
	begin(*state, ends);
	assert_true(channel_order(ends[1], CAPTURE_STOP, -1));
	int64_t from_ns = clock_mono();
	assert_true(packet_loop(&source, ends[0], &r));
	assert_true(clock_mono() - from_ns >= 30 * CLOCK_MILLISECOND);
	assert_true(capture.taken > 0);
	assert_int_equal(channel_take(ends[1], &told, sizeof told, false), CHANNEL_RECORD);
	assert_false(told.last);
	struct capture_report last = packet_loop_last(&source, &r);
	assert_true(last.last);
	assert_string_equal(last.failure, "");
	assert_int_equal(last.written, capture.taken);
	assert_int_equal(last.received, capture.taken);
	assert_int_equal(last.closed[1].packets, capture.taken);
	close(ends[0]);
	close(ends[1]);
}

/* What the collector does: gives the file that is asked for, then closes its end. */
static void *collector(void *context)
{
	const int *given = context; /* its end, the file */
	struct capture_report told;
	do
		if (channel_take(given[0], &told, sizeof told, true) != CHANNEL_RECORD)
			return NULL;
	while (told.wanted != 2);
	if (!channel_order(given[0], CAPTURE_NEXT, given[1]))
		return NULL;
	do
		if (channel_take(given[0], &told, sizeof told, true) != CHANNEL_RECORD)
			return NULL;
	while (told.closed[0].number != 1);
	close(given[0]);
	return (void *)given;
}

static void a_file_follows_and_a_closed_end_means_stop(void **state)
{
	int ends[2];
	struct capture_report r = {0};
	pthread_t thread;
	void *went = NULL;
	begin(*state, ends);
	int given[2] = {ends[1], make(*state, "second")};
	assert_int_equal(pthread_create(&thread, NULL, collector, given), 0);
	assert_true(packet_loop(&source, ends[0], &r));
	pthread_join(thread, &went);
	assert_ptr_equal(went, given);
	struct capture_report last = packet_loop_last(&source, &r);
	assert_string_equal(last.failure, "");
	assert_int_equal(last.written, capture.taken);
	assert_int_equal(last.closed[1].number, 2);
	assert_true(last.closed[1].packets < capture.taken);
	close(given[1]);
	close(ends[0]);
}

static void a_broken_capture_ends_and_says_why(void **state)
{
	int ends[2];
	struct capture_report r = {0};
	begin(*state, ends);
	capture.breaks_at = 3;
	assert_false(packet_loop(&source, ends[0], &r));
	assert_int_equal(capture.taken, 3);
	struct capture_report last = packet_loop_last(&source, &r);
	assert_string_equal(last.failure, "the device is gone");
	assert_int_equal(last.written, 2);
	close(ends[0]);
	close(ends[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(a_stop_lets_late_packets_come),
		scratch_test(a_file_follows_and_a_closed_end_means_stop),
		scratch_test(a_broken_capture_ends_and_says_why),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
