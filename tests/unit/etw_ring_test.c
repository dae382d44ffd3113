/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

/* Nothing of it needs Windows, and the Linux programs do not have it. */
#include "collectors/windows/etw_record.c"
#include "collectors/windows/etw_ring.c"

#include <pthread.h>
#include <sched.h>

enum { RING = 1 << 16, MANY = 200000 };

static unsigned char data[2 * ETW_DATA_MAX], got[ETW_DATA_MAX];

/* Sizes and bytes that follow from the number of an event. */
static struct slice payload_of(unsigned n)
{
	size_t size = n * 7919 % 700;
	memset(data, (int)(n & 0xff), size);
	return slice_of(data, size);
}

static void check_taken(struct etw_ring *r, unsigned n)
{
	struct etw_record e;
	size_t size;
	assert_true(etw_ring_take(r, &e, got, &size));
	struct slice wanted = payload_of(n);
	assert_int_equal(e.tid, n);
	assert_int_equal(size, wanted.size);
	assert_memory_equal(got, wanted.at, size);
}

static void events_come_out_as_they_went_in(void **state)
{
	struct etw_ring *r = etw_ring_new(RING);
	struct etw_record e;
	size_t size;
	(void)state;
	assert_false(etw_ring_take(r, &e, got, &size));
	for (unsigned n = 0; n < 5000; n += 3) { /* many times around */
		for (unsigned i = 0; i < 3; i++) {
			struct etw_record in = {.tid = n + i};
			assert_true(etw_ring_put(r, &in, payload_of(n + i)));
		}
		for (unsigned i = 0; i < 3; i++)
			check_taken(r, n + i);
	}
	assert_false(etw_ring_take(r, &e, got, &size));
	assert_int_equal(etw_ring_lost(r), 0);
	etw_ring_free(r);
	etw_ring_free(NULL);
}

static void what_finds_no_room_is_counted(void **state)
{
	struct etw_ring *r = etw_ring_new(RING);
	unsigned in = 0;
	(void)state;
	while (etw_ring_put(r, &(struct etw_record){.tid = in}, payload_of(in)))
		in++;
	assert_true(in > 100);
	assert_int_equal(etw_ring_lost(r), 1);
	assert_false(etw_ring_put(r, &(struct etw_record){.tid = 0}, slice_of(data, ETW_DATA_MAX)));
	assert_int_equal(etw_ring_lost(r), 2);
	for (unsigned n = 0; n < in; n++)
		check_taken(r, n);
	assert_true(etw_ring_put(r, &(struct etw_record){.tid = 7}, payload_of(7)));
	check_taken(r, 7);
	etw_ring_free(r);
}

/* It is all that is written of it, too. */
static void a_long_payload_is_cut(void **state)
{
	struct etw_ring *r = etw_ring_new(RING);
	struct etw_record e = {.size = sizeof data};
	size_t size;
	(void)state;
	assert_true(etw_ring_put(r, &e, slice_of(data, sizeof data)));
	assert_true(etw_ring_take(r, &e, got, &size));
	assert_int_equal(size, ETW_DATA_MAX);
	assert_int_equal(e.size, sizeof data);
	etw_ring_free(r);
}

static void *put_many(void *ring)
{
	static unsigned char own[700];
	for (unsigned n = 0; n < MANY; n++) {
		struct etw_record e = {.tid = n, .pid = ~n};
		memset(own, (int)(n & 0xff), sizeof own);
		while (!etw_ring_put(ring, &e, slice_of(own, n % sizeof own)))
			sched_yield();
	}
	return NULL;
}

/* One thread puts while another takes: in order, whole, none left out. */
static void two_threads_at_a_time(void **state)
{
	struct etw_ring *r = etw_ring_new(RING);
	pthread_t thread;
	unsigned wrong = 0;
	(void)state;
	assert_int_equal(pthread_create(&thread, NULL, put_many, r), 0);
	for (unsigned n = 0; n < MANY;) {
		struct etw_record e;
		size_t size;
		if (!etw_ring_take(r, &e, got, &size)) {
			sched_yield();
			continue;
		}
		wrong += e.tid != n || e.pid != ~n || size != n % 700;
		wrong += size > 0 && (got[0] != (n & 0xff) || got[size - 1] != (n & 0xff));
		n++;
	}
	pthread_join(thread, NULL);
	assert_int_equal(wrong, 0);
	etw_ring_free(r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(events_come_out_as_they_went_in),
		cmocka_unit_test(what_finds_no_room_is_counted),
		cmocka_unit_test(a_long_payload_is_cut),
		cmocka_unit_test(two_threads_at_a_time),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
