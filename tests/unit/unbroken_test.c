/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "cli/unbroken.h"

#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

enum { CAME_THROUGH = 7 };

/* The wait status of a process that is interrupted so often, and what it said. */
static int interrupted(int times, bool afterwards, char ret[static 1024])
{
	int said[2], status;
	assert_int_equal(pipe(said), 0);
	pid_t pid = fork();
	if (pid == 0) {
		dup2(said[1], 2);
		unbroken_begin("the folder", "airgap-verify crosscheck it");
		for (int i = 0; i < times; i++)
			raise(SIGINT);
		unbroken_end();
		if (afterwards)
			raise(SIGINT);
		_exit(CAME_THROUGH);
	}
	close(said[1]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	ssize_t size = read(said[0], ret, 1023);
	ret[size > 0 ? size : 0] = 0;
	close(said[0]);
	return status;
}

static void the_first_waits_and_says_so(void **state)
{
	(void)state;
	char said[1024];
	int status = interrupted(1, false, said);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == CAME_THROUGH);
	assert_string_equal(said, "airgap-verify: interrupt: the folder is brought to its end first, so that it stays whole; "
				  "once more breaks off (then: airgap-verify crosscheck it)\n");
}

static void the_second_breaks_off(void **state)
{
	(void)state;
	char said[1024];
	int status = interrupted(2, false, said);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGINT);
}

static void afterwards_it_is_as_before(void **state)
{
	(void)state;
	char said[1024];
	int status = interrupted(0, true, said);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGINT);
	assert_string_equal(said, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_waits_and_says_so),
		cmocka_unit_test(the_second_breaks_off),
		cmocka_unit_test(afterwards_it_is_as_before),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
