/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "collectors/tell.h"

#include <signal.h>

static const struct address DST = {ADDRESS_V4, {192, 0, 2, 1}};

/* What stands in a pipe now. */
static struct slice drained(int fd, char *buffer, size_t capacity)
{
	ssize_t got = read(fd, buffer, capacity);
	return slice_of(buffer, got > 0 ? (size_t)got : 0);
}

static void lines_on_the_pipe_are_json(void **state)
{
	(void)state;
	char buffer[8192];
	int fds[2];
	assert_int_equal(pipe2(fds, O_NONBLOCK), 0);
	struct tell t = {.fd = fds[1]};
	tell_phase(&t, "running", 4711);
	tell_sums(&t, &(struct tell_sums){1, 2, 3, 4, 5, 6});
	tell_egress(&t, 17, SLICE("a\"\x1b"), "connect", "tcp", &DST, 443);
	tell_say(&t, "two\nlines");
	static const char *const wanted[] = {
		"{\"say\":\"phase\",\"phase\":\"running\",\"value\":4711}",
		"{\"say\":\"sums\",\"elapsed_ns\":1,\"processes\":2,\"local\":3,\"egress\":4,"
		"\"names\":5,\"lost\":6}",
		"{\"say\":\"egress\",\"pid\":17,\"comm\":\"a\\\"\\u001b\",\"call\":\"connect\","
		"\"proto\":\"tcp\",\"dst\":\"192.0.2.1\",\"dport\":443}",
		"{\"say\":\"text\",\"text\":\"two\\nlines\"}",
	};
	struct cursor c = cursor_over(drained(fds[0], buffer, sizeof buffer));
	struct slice line;
	bool whole;
	for (size_t i = 0; i < LENGTH(wanted); i++) {
		assert_true(cursor_line(&c, &line, &whole) && whole);
		assert_true(slice_is(line, wanted[i]));
	}
	assert_int_equal(cursor_left(&c), 0);
	close(fds[0]);
	close(fds[1]);
}

static void the_last_word_repeats_the_commands_end(void **state)
{
	(void)state;
	static const unsigned char digest[HASH_SIZE] = {0xab};
	char buffer[4096], wanted[256];
	int fds[2], command = 768;
	assert_int_equal(pipe2(fds, O_NONBLOCK), 0);
	struct tell t = {.fd = fds[1]};
	tell_done(&t, digest, &command);
	snprintf(wanted, sizeof wanted,
		 "{\"say\":\"phase\",\"phase\":\"ended\",\"value\":768}\n"
		 "{\"say\":\"done\",\"sha256\":\"ab%062d\"}\n", 0);
	assert_true(slice_is(drained(fds[0], buffer, sizeof buffer), wanted));
	tell_done(&t, digest, NULL);
	assert_true(slice_starts(drained(fds[0], buffer, sizeof buffer), "{\"say\":\"done\""));
	close(fds[0]);
	close(fds[1]);
}

static void single_attempts_are_bounded(void **state)
{
	(void)state;
	char buffer[4096];
	int fds[2];
	assert_int_equal(pipe2(fds, O_NONBLOCK), 0);
	struct tell t = {.fd = fds[1], .told = TELL_EGRESS_MAX - 1};
	tell_egress(&t, 1, SLICE("x"), "connect", "tcp", &DST, 1);
	assert_true(drained(fds[0], buffer, sizeof buffer).size > 0);
	tell_egress(&t, 1, SLICE("x"), "connect", "tcp", &DST, 1);
	assert_int_equal(drained(fds[0], buffer, sizeof buffer).size, 0);
	tell_phase(&t, "after", 0); /* the course goes on being told */
	assert_true(drained(fds[0], buffer, sizeof buffer).size > 0);
	close(fds[0]);
	close(fds[1]);
}

static void a_full_pipe_or_no_reader_holds_nothing_up(void **state)
{
	(void)state;
	int fds[2];
	char fill[65536] = {0};
	assert_int_equal(pipe2(fds, O_NONBLOCK), 0);
	struct tell t = {.fd = fds[1]};
	while (write(fds[1], fill, sizeof fill) > 0)
		;
	tell_phase(&t, "running", 1);
	tell_say(&t, "no room");
	close(fds[0]);
	signal(SIGPIPE, SIG_IGN); /* as the collector does */
	tell_say(&t, "nobody reads");
	char *longer = must_alloc(10000, 1);
	memset(longer, 'x', 9999);
	tell_say(&t, longer); /* longer than a line: left out as a whole */
	free(longer);
	close(fds[1]);
}

static void a_line_too_long_is_left_out(void **state)
{
	(void)state;
	char buffer[16384];
	int fds[2];
	assert_int_equal(pipe2(fds, O_NONBLOCK), 0);
	struct tell t = {.fd = fds[1]};
	char *longer = must_alloc(5000, 1);
	memset(longer, 'x', 4999);
	tell_say(&t, longer);
	free(longer);
	assert_int_equal(drained(fds[0], buffer, sizeof buffer).size, 0);
	close(fds[0]);
	close(fds[1]);
}

/* What goes to standard error without a pipe. */
static struct slice said_plainly(struct tell *t, unsigned attempts, char *buffer, size_t capacity)
{
	int fds[2], before = dup(2);
	assert_int_equal(pipe2(fds, O_NONBLOCK), 0);
	fflush(stderr);
	dup2(fds[1], 2);
	for (unsigned i = 0; i < attempts; i++)
		tell_egress(t, 17, SLICE("ag\x1b[1mt"), "connect", "tcp", &DST, 443);
	tell_phase(t, "running", 1);
	tell_sums(t, &(struct tell_sums){0});
	fflush(stderr);
	dup2(before, 2);
	close(before);
	close(fds[1]);
	struct slice got = drained(fds[0], buffer, capacity);
	close(fds[0]);
	return got;
}

static void plain_lines_are_fit_for_a_terminal(void **state)
{
	(void)state;
	char buffer[8192];
	struct tell t = {.fd = -1};
	assert_slice(said_plainly(&t, 1, buffer, sizeof buffer),
		     "airgap-collect: egress: ag\\x1b[1mt[17] connect tcp 192.0.2.1 port 443\n");
	struct slice all = said_plainly(&t, 2 * TELL_PLAIN_MAX, buffer, sizeof buffer);
	size_t lines = 0;
	for (size_t i = 0; i < all.size; i++)
		lines += all.at[i] == '\n';
	assert_int_equal(lines, TELL_PLAIN_MAX - 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_on_the_pipe_are_json),
		cmocka_unit_test(the_last_word_repeats_the_commands_end),
		cmocka_unit_test(single_attempts_are_bounded),
		cmocka_unit_test(a_full_pipe_or_no_reader_holds_nothing_up),
		cmocka_unit_test(a_line_too_long_is_left_out),
		cmocka_unit_test(plain_lines_are_fit_for_a_terminal),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
