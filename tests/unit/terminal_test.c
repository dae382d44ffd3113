/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "cli/terminal.h"

/* A terminal of our own; both ends are the caller's. */
static int open_terminal(int *ret_other)
{
	*ret_other = posix_openpt(O_RDWR | O_NOCTTY);
	assert_true(*ret_other >= 0);
	assert_int_equal(grantpt(*ret_other), 0);
	assert_int_equal(unlockpt(*ret_other), 0);
	int fd = open(ptsname(*ret_other), O_RDWR | O_NOCTTY);
	assert_true(fd >= 0);
	return fd;
}

static void a_terminal_draws_unless_it_is_dumb(void **state)
{
	(void)state;
	int other, fd = open_terminal(&other);
	setenv("TERM", "xterm", 1);
	assert_true(terminal_draws(fd));
	setenv("TERM", "dumb", 1);
	assert_false(terminal_draws(fd));
	setenv("TERM", "", 1);
	assert_false(terminal_draws(fd));
	unsetenv("TERM");
	assert_false(terminal_draws(fd));
	close(fd);
	close(other);
}

static void colours_may_be_forbidden(void **state)
{
	(void)state;
	int other, fd = open_terminal(&other);
	unsetenv("NO_COLOR");
	assert_true(terminal_colours(fd));
	setenv("NO_COLOR", "1", 1);
	assert_false(terminal_colours(fd));
	setenv("NO_COLOR", "", 1);
	assert_true(terminal_colours(fd));
	close(fd);
	close(other);
}

static void a_file_is_no_terminal(void **state)
{
	(void)state;
	int fd = open("/dev/null", O_RDWR);
	assert_true(fd >= 0);
	setenv("TERM", "xterm", 1);
	unsetenv("NO_COLOR");
	assert_false(terminal_draws(fd));
	assert_false(terminal_colours(fd));
	close(fd);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_terminal_draws_unless_it_is_dumb),
		cmocka_unit_test(colours_may_be_forbidden),
		cmocka_unit_test(a_file_is_no_terminal),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
