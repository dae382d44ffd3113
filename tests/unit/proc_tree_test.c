/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "collectors/linux/proc_tree.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>

static struct proc_entry entries[64];

/* A child that waits until it is killed; its name may be anything. */
static pid_t start_child(const char *name)
{
	int ready[2];
	char byte;
	assert_int_equal(pipe(ready), 0);
	pid_t pid = fork();
	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		prctl(PR_SET_NAME, name);
		pid_t self = getpid(), grandchild = fork();
		if (grandchild == 0) {
			prctl(PR_SET_PDEATHSIG, SIGKILL);
			if (getppid() != self)
				_exit(0); /* it was killed before it was asked to be told */
		} else if (write(ready[1], &grandchild, 1) != 1) {
			_exit(1);
		}
		for (;;)
			pause();
	}
	assert_true(pid > 0);
	assert_int_equal(read(ready[0], &byte, 1), 1);
	close(ready[0]);
	close(ready[1]);
	return pid;
}

static void end_child(pid_t pid)
{
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}

static void this_process_reads_well(void **state)
{
	(void)state;
	struct proc_entry e;
	prctl(PR_SET_NAME, "proc_tree_test");
	assert_true(proc_read(getpid(), &e));
	assert_int_equal(e.pid, getpid());
	assert_int_equal(e.parent, getppid());
	assert_string_equal(e.comm, "proc_tree_test");
}

static void names_may_hold_anything(void **state)
{
	(void)state;
	static const char *const names[] = {") S 1 (", "a b", "((", "))", ")", "\n", ""};
	for (size_t i = 0; i < LENGTH(names); i++) {
		pid_t child = start_child(names[i]);
		struct proc_entry e;
		assert_true(proc_read(child, &e));
		assert_string_equal(e.comm, names[i]);
		assert_int_equal(e.parent, getpid());
		end_child(child);
	}
}

static void the_gone_and_the_dead_are_not_there(void **state)
{
	(void)state;
	struct proc_entry e;
	pid_t child = fork();
	if (child == 0)
		_exit(0);
	siginfo_t info;
	assert_int_equal(waitid(P_PID, (id_t)child, &info, WEXITED | WNOWAIT), 0);
	assert_false(proc_read(child, &e)); /* a zombie */
	waitpid(child, NULL, 0);
	assert_false(proc_read(child, &e));
	assert_false(proc_read(0, &e));
	assert_false(proc_read(-1, &e));
	assert_int_equal(proc_descendants(child, entries, LENGTH(entries)), 0);
}

static void descendants_of_every_depth(void **state)
{
	(void)state;
	pid_t first = start_child("first"), second = start_child("second");
	size_t count = proc_descendants(getpid(), entries, LENGTH(entries));
	assert_int_equal(count, 5); /* us, two children, two grandchildren */
	assert_int_equal(entries[0].pid, getpid());
	count = proc_descendants(first, entries, LENGTH(entries));
	assert_int_equal(count, 2);
	assert_int_equal(entries[0].pid, first);
	assert_int_equal(entries[1].parent, first);
	assert_int_equal(proc_descendants(getpid(), entries, 3), 3);
	assert_int_equal(proc_descendants(getpid(), entries, 0), 0);
	end_child(first);
	end_child(second);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(this_process_reads_well),
		cmocka_unit_test(names_may_hold_anything),
		cmocka_unit_test(the_gone_and_the_dead_are_not_there),
		cmocka_unit_test(descendants_of_every_depth),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
