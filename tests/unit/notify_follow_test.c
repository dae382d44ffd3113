/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "collectors/linux/notify_follow.h"
#include "core/socket_address.h"

#include <errno.h>
#include <poll.h>
#include <sys/socket.h>

static struct notify_record told;
static size_t count;

static void keep(void *context, const struct notify_record *r)
{
	(void)context;
	told = *r;
	count++;
}

/* Both ends on the loopback, and what was recorded of the one that connected. */
static struct notify_record connected(int family, int ret[static 3])
{
	static const unsigned char v4[] = {127, 0, 0, 1}, v6[16] = {[15] = 1};
	struct address here = family == AF_INET ? address_v4(v4) : address_v6(v6);
	struct sockaddr_storage own;
	socklen_t size = sizeof own;
	union socket_address at;
	struct notify_record r = {.kind = NOTIFY_ATTEMPT, .mono_ns = INT64_MAX / 2, .family = family, .protocol = IPPROTO_TCP,
				  .value = -EINPROGRESS, .answered = true};
	socklen_t length = (socklen_t)socket_address_make(&here, 0, &at);
	ret[0] = socket(family, SOCK_STREAM, 0);
	assert_int_equal(bind(ret[0], &at.any, length) | listen(ret[0], 1), 0);
	assert_int_equal(getsockname(ret[0], (struct sockaddr *)&own, &size), 0);
	assert_true(socket_address_read(&own, &r.dst, &r.dport));
	ret[1] = socket(family, SOCK_STREAM, 0);
	assert_int_equal(connect(ret[1], (struct sockaddr *)&own, size), 0);
	ret[2] = accept(ret[0], NULL, NULL);
	size = sizeof own;
	assert_int_equal(getsockname(ret[1], (struct sockaddr *)&own, &size), 0);
	assert_true(socket_address_read(&own, &r.src, &r.sport));
	size = sizeof r.cookie;
	assert_int_equal(getsockopt(ret[1], SOL_SOCKET, SO_COOKIE, &r.cookie, &size), 0);
	return r;
}

static void look(struct notify_follow *f)
{
	poll(NULL, 0, 120);
	notify_follow_look(f, keep, NULL);
}

static void one_that_is_there_is_told(void **state)
{
	int fds[3];
	(void)state;
	for (int family = AF_INET; family; family = family == AF_INET ? AF_INET6 : 0) {
		struct notify_follow *f = notify_follow_new();
		struct notify_record r = connected(family, fds);
		count = 0;
		notify_follow_add(f, &r);
		look(f);
		look(f);
		assert_int_equal(count, 1); /* once */
		assert_int_equal(told.kind, NOTIFY_OUTCOME);
		assert_int_equal(told.value, 0);
		assert_int_equal(told.cookie, r.cookie);
		for (int i = 0; i < 3; i++)
			close(fds[i]);
		notify_follow_free(f);
	}
}

static void others_are_not(void **state)
{
	int fds[3];
	(void)state;
	struct notify_follow *f = notify_follow_new();
	struct notify_record r = connected(AF_INET, fds);
	count = 0;
	r.value = 0; /* told at once */
	notify_follow_add(f, &r);
	r.value = -EINPROGRESS;
	r.established = true;
	notify_follow_add(f, &r);
	r.established = false;
	r.kind = NOTIFY_UNIX;
	notify_follow_add(f, &r);
	r.kind = NOTIFY_ATTEMPT;
	r.cookie++; /* another socket of the same ends */
	notify_follow_add(f, &r);
	look(f);
	assert_int_equal(count, 0);
	for (int i = 0; i < 3; i++)
		close(fds[i]);
	notify_follow_free(f);
}

static void no_more_than_there_is_room_for(void **state)
{
	(void)state;
	struct notify_follow *f = notify_follow_new();
	struct notify_record r = {.kind = NOTIFY_ATTEMPT, .family = AF_INET, .protocol = IPPROTO_TCP, .value = -EINPROGRESS};
	count = 0;
	for (size_t i = 0; i < 2 * NOTIFY_FOLLOWED_MAX; i++)
		notify_follow_add(f, &r);
	look(f); /* none of them is there */
	assert_int_equal(count, 0);
	notify_follow_free(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_that_is_there_is_told),
		cmocka_unit_test(others_are_not),
		cmocka_unit_test(no_more_than_there_is_room_for),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
