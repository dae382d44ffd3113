/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "cli/find_process.h"

#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static enum status find(const char *pid)
{
	struct error err = {0};
	enum status status = find_process(pid, &err);
	if (status)
		assert_contains(err.text, "nothing was watched");
	return status;
}

static void who_runs_is_found(void **state)
{
	(void)state;
	char own[32];
	snprintf(own, sizeof own, "%d", getpid());
	assert_int_equal(find(own), OK);
	assert_int_equal(find("1"), OK); /* also where it is somebody else's */
}

static void who_is_gone_is_not(void **state)
{
	(void)state;
	char gone[32];
	pid_t child = fork();
	if (child == 0)
		_exit(0);
	snprintf(gone, sizeof gone, "%d", child);
	assert_int_equal(waitpid(child, NULL, 0), child);
	assert_int_equal(find(gone), ERR_NO_INPUT);
	assert_int_equal(find("2147483647"), ERR_NO_INPUT); /* past what a kernel gives out */
	assert_int_equal(find("0"), ERR_NO_INPUT); /* not: whoever asks */
	assert_int_equal(find("99999999999"), ERR_NO_INPUT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_runs_is_found),
		cmocka_unit_test(who_is_gone_is_not),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
