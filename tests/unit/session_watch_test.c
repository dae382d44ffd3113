/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "cli/session_watch.h"

#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PATIENCE_MS = 3000, PLAYED_OUT = 9 };

/* A collector that interrupts its front and ends when it is told to ('e'), or is out of patience. */
static void play(int control, int status)
{
	char word = 0;
	struct pollfd ordered = {.fd = control, .events = POLLIN};
	usleep(100000); /* the front has its handlers by then; if not, the test fails and says so */
	kill(getppid(), SIGINT);
	while (word != 'e' && poll(&ordered, 1, PATIENCE_MS) > 0 && read(control, &word, 1) == 1)
		;
	close(status);
	_exit(word == 'e' ? 0 : PLAYED_OUT);
}

static int watch(bool alone)
{
	int status[2], control[2];
	if (pipe(status) != 0 || pipe(control) != 0)
		return -1;
	pid_t pid = fork();
	if (pid == 0) {
		close(control[1]);
		play(control[0], status[1]);
	}
	close(status[1]);
	close(control[0]);
	struct collect c = {.pid = pid, .status = status[0], .control = control[1], .hold = -1, .policy = -1, .rules = -1};
	struct watched watched = session_watch(&c, alone, true);
	return WIFEXITED(watched.collector) ? WEXITSTATUS(watched.collector) : -1;
}

/* In a process of its own: signals are counted for one watch, as a program has but one. */
static int one_interrupt(bool alone)
{
	int status;
	pid_t pid = fork();
	if (pid == 0)
		_exit(watch(alone));
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void the_first_is_the_commands(void **state)
{
	(void)state;
	assert_int_equal(one_interrupt(false), PLAYED_OUT);
}

static void without_a_command_it_ends_the_watch(void **state)
{
	(void)state;
	assert_int_equal(one_interrupt(true), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_a_command_it_ends_the_watch),
		cmocka_unit_test(the_first_is_the_commands),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
