/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "collectors/posix/channel.h"

#include <errno.h>
#include <sys/socket.h>
#include <sys/wait.h>

struct record {
	unsigned number;
	char text[300];
};

static void open_both(int ends[static 2])
{
	struct error err = {0};
	assert_int_equal(channel_open(ends, &err), OK);
	assert_true(fcntl(ends[0], F_GETFD) & FD_CLOEXEC);
	assert_true(fcntl(ends[1], F_GETFD) & FD_CLOEXEC);
}

static void records_come_whole(void **state)
{
	(void)state;
	int ends[2];
	struct record r = {.number = 1, .text = "one"}, got;
	open_both(ends);
	assert_int_equal(channel_take(ends[1], &got, sizeof got, false), CHANNEL_NOTHING);
	assert_true(channel_send(ends[0], &r, sizeof r, true));
	r.number = 2;
	assert_true(channel_send(ends[0], &r, sizeof r, false));
	assert_int_equal(channel_take(ends[1], &got, sizeof got, false), CHANNEL_RECORD);
	assert_int_equal(got.number, 1);
	assert_string_equal(got.text, "one");
	assert_int_equal(channel_take(ends[1], &got, sizeof got, true), CHANNEL_RECORD);
	assert_int_equal(got.number, 2);
	close(ends[0]);
	close(ends[1]);
}

static void a_part_is_left_until_the_rest_has_come(void **state)
{
	(void)state;
	int ends[2];
	struct record r = {.number = 7}, got;
	open_both(ends);
	assert_int_equal(send(ends[0], &r, 100, 0), 100);
	assert_int_equal(channel_take(ends[1], &got, sizeof got, false), CHANNEL_NOTHING);
	assert_int_equal(channel_take(ends[1], &got, sizeof got, false), CHANNEL_NOTHING);
	assert_int_equal(send(ends[0], (const char *)&r + 100, sizeof r - 100, 0), sizeof r - 100);
	assert_int_equal(channel_take(ends[1], &got, sizeof got, false), CHANNEL_RECORD);
	assert_int_equal(got.number, 7);
	close(ends[0]);
	close(ends[1]);
}

static void the_end_comes_behind_the_last_record(void **state)
{
	(void)state;
	int ends[2];
	struct record r = {.number = 3}, got;
	open_both(ends);
	assert_true(channel_send(ends[0], &r, sizeof r, true));
	close(ends[0]);
	assert_int_equal(channel_take(ends[1], &got, sizeof got, false), CHANNEL_RECORD);
	assert_int_equal(channel_take(ends[1], &got, sizeof got, false), CHANNEL_END);
	assert_int_equal(channel_take(ends[1], &got, sizeof got, true), CHANNEL_END);
	assert_false(channel_send(ends[1], &r, sizeof r, true)); /* and no SIGPIPE */
	assert_int_equal(errno, EPIPE);
	close(ends[1]);
}

static void who_may_not_wait_leaves_no_part(void **state)
{
	(void)state;
	int ends[2];
	struct record r = {.number = 0}, got;
	unsigned sent = 0;
	open_both(ends);
	while (channel_send(ends[0], &r, sizeof r, false)) {
		r.number = ++sent;
		assert_true(sent < 1000000);
	}
	assert_int_equal(errno, EAGAIN);
	for (unsigned i = 0; i < sent; i++) {
		assert_int_equal(channel_take(ends[1], &got, sizeof got, false), CHANNEL_RECORD);
		assert_int_equal(got.number, i);
	}
	assert_int_equal(channel_take(ends[1], &got, sizeof got, false), CHANNEL_NOTHING);
	close(ends[0]);
	close(ends[1]);
}

static void the_end_of_a_process_is_an_end(void **state)
{
	(void)state;
	int ends[2];
	struct record got;
	open_both(ends);
	fflush(NULL);
	pid_t child = fork();
	if (child == 0)
		_exit(0);
	close(ends[0]);
	assert_int_equal(waitpid(child, NULL, 0), child);
	assert_int_equal(channel_take(ends[1], &got, sizeof got, true), CHANNEL_END);
	close(ends[1]);
}

static void an_order_may_bring_a_file(void **state)
{
	struct scratch *s = *state;
	int ends[2], with = 99;
	bool end = true;
	open_both(ends);
	assert_int_equal(channel_obey(ends[1], &with, &end), 0);
	assert_false(end);
	assert_int_equal(with, -1);
	int file = openat(s->fd, "f", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	assert_true(channel_order(ends[0], 'n', file));
	assert_true(channel_order(ends[0], 's', -1));
	close(file);
	close(ends[0]);
	assert_int_equal(channel_obey(ends[1], &with, &end), 'n');
	assert_false(end);
	assert_true(fcntl(with, F_GETFD) & FD_CLOEXEC);
	assert_int_equal(write(with, "abc", 3), 3);
	close(with);
	assert_int_equal(channel_obey(ends[1], &with, &end), 's');
	assert_int_equal(with, -1);
	assert_false(end);
	assert_int_equal(channel_obey(ends[1], &with, &end), 0);
	assert_true(end);
	assert_false(channel_order(ends[1], 's', -1)); /* and no SIGPIPE */
	close(ends[1]);
	size_t size;
	char *bytes = scratch_get(s, "f", &size);
	assert_string_equal(bytes, "abc");
	free(bytes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(records_come_whole),
		cmocka_unit_test(a_part_is_left_until_the_rest_has_come),
		cmocka_unit_test(the_end_comes_behind_the_last_record),
		cmocka_unit_test(who_may_not_wait_leaves_no_part),
		cmocka_unit_test(the_end_of_a_process_is_an_end),
		scratch_test(an_order_may_bring_a_file),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
