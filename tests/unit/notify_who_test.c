/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "collectors/linux/notify_who.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>

static void a_status_is_read(void **state)
{
	struct notify_who who = {.pid = 0};
	(void)state;
	assert_true(notify_who_parse(SLICE("Name:\tWeb Content\nUmask:\t0022\nState:\tS (sleeping)\nTgid:\t42\nNgid:\t0\n"
					   "Pid:\t43\nPPid:\t7\nTracerPid:\t0\nUid:\t1000\t0\t0\t0\n"), &who));
	assert_string_equal(who.comm, "Web Content");
	assert_int_equal(who.pid, 42);
	assert_int_equal(who.tid, 43);
	assert_int_equal(who.ppid, 7);
	assert_int_equal(who.uid, 1000);
}

static void what_is_missing_is_missed(void **state)
{
	static const char *const texts[] = {
		"", "Name:\tx\n", "Name:\tx\nTgid:\t1\nPid:\t1\nPPid:\t0\n",
		"Name:\tx\nTgid:\t-1\nPid:\t1\nPPid:\t0\nUid:\t0\n",
		"Name:\tx\nTgid:\t99999999999\nPid:\t1\nPPid:\t0\nUid:\t0\n",
		"Tgid:\t1\nPid:\t1\nPPid:\t0\nUid:\t0\t0\n",
	};
	struct notify_who who;
	(void)state;
	for (size_t i = 0; i < LENGTH(texts); i++)
		assert_false(notify_who_parse(slice_of_string(texts[i]), &who));
	/* of any length, it fits */
	char name[4096] = "Name:\t";
	memset(name + 6, 'n', sizeof name - 7);
	name[sizeof name - 1] = 0;
	assert_false(notify_who_parse(slice_of_string(name), &who));
}

/* By one after the other in the same process, which executes another program. */
static void another_program_is_seen(void **state)
{
	int go[2], said[2];
	char byte;
	struct notify_callers callers;
	struct notify_programs *programs = notify_programs_new();
	struct notify_program first, second;
	(void)state;
	notify_callers_open(&callers);
	assert_int_equal(pipe(go) | pipe(said), 0);
	pid_t pid = fork();
	if (pid == 0) {
		dup2(go[0], 0);
		dup2(said[1], 1);
		close(go[1]);
		if (read(0, &byte, 1) == 1)
			execl("/bin/cat", "cat", (char *)NULL);
		_exit(1);
	}
	const struct notify_known *known = notify_who(programs, &callers, (uint32_t)pid);
	assert_non_null(known);
	assert_int_equal(known->who.pid, pid);
	assert_int_equal(known->who.program, 1);
	assert_true(notify_program(programs, 1, &first));
	/* from the second time on without a look, for a short while */
	assert_null(notify_who_lately(&callers, (uint32_t)pid));
	assert_non_null(notify_who(programs, &callers, (uint32_t)pid));
	known = notify_who_lately(&callers, (uint32_t)pid);
	assert_non_null(known);
	assert_true(known->mark.at != 0);
	assert_null(notify_who_lately(&callers, (uint32_t)pid + NOTIFY_CALLERS_MAX));
	poll(NULL, 0, 40);
	assert_null(notify_who_lately(&callers, (uint32_t)pid));
	assert_int_equal(write(go[1], "gx", 2), 2);
	assert_int_equal(read(said[0], &byte, 1), 1); /* cat answers: it runs */
	known = notify_who(programs, &callers, (uint32_t)pid);
	assert_non_null(known);
	assert_int_equal(known->who.program, 2);
	assert_string_equal(known->who.comm, "cat");
	assert_true(notify_program(programs, 2, &second));
	assert_string_not_equal(first.path, second.path);
	assert_true(first.inode != second.inode);
	assert_false(notify_program(programs, 3, &second) || notify_program(programs, 0, &second));
	close(go[1]);
	waitpid(pid, NULL, 0);
	assert_null(notify_who(programs, &callers, (uint32_t)pid));
	notify_callers_close(&callers);
	notify_programs_free(programs);
}

/* A filter on the test's own child: pidfd_open() fails as where memory is short. */
static void refuse_pidfds(void)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_pidfd_open, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOMEM),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = {LENGTH(code), code};
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0)
		_exit(2);
}

/* Without its pidfd a descriptor of it would seem to be none, and the call be answered so, untold. */
static void one_that_cannot_be_reached_into_is_not_known(void **state)
{
	int status = 0;
	(void)state;
	pid_t pid = fork();
	if (pid == 0) {
		struct notify_callers callers;
		struct notify_programs *programs = notify_programs_new();
		notify_callers_open(&callers);
		refuse_pidfds();
		_exit(notify_who(programs, &callers, (uint32_t)getpid()) != NULL);
	}
	waitpid(pid, &status, 0);
	assert_int_equal(status, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_status_is_read),
		cmocka_unit_test(what_is_missing_is_missed),
		cmocka_unit_test(another_program_is_seen),
		cmocka_unit_test(one_that_cannot_be_reached_into_is_not_known),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
