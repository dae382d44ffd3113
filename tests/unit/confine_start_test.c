/* SPDX-License-Identifier: Apache-2.0 */
/* How a sandbox comes to be, or does not, and what bounds it. */
#include "tests/unit/test.h"

#include "benchmark/confine.h"
#include "benchmark/confine_group.h"
#include "benchmark/confine_memory.h"
#include "benchmark/confine_start.h"

#include <signal.h>
#include <sys/wait.h>

static void open_with(struct scratch *s, const char *script, enum status wanted, const char *says)
{
	char *before = must_strdup(getenv("PATH"));
	struct confine *c = NULL;
	struct error err = {0};
	if (script) {
		scratch_put(s, "bwrap", slice_of_string(script));
		assert_int_equal(fchmodat(s->fd, "bwrap", 0755, 0), 0);
	}
	chmod(s->path, 0755);
	setenv("PATH", s->path, 1);
	assert_int_equal(confine_open(&c, &err), wanted);
	setenv("PATH", before, 1);
	free(before);
	assert_contains(err.text, says);
}

static void without_bubblewrap_nothing_runs(void **state)
{
	open_with(*state, NULL, ERR_UNAVAILABLE, "install the package bubblewrap");
	open_with(*state, "#!/bin/sh\necho something else\n", ERR_UNAVAILABLE, "which version");
	open_with(*state, "#!/bin/sh\necho bubblewrap 0.4.1\n", ERR_UNAVAILABLE, "0.4.1 is too old");
	open_with(*state, "#!/bin/sh\n[ $1 = --version ] && echo bubblewrap 0.8.0 && exit\n"
		  "echo bwrap: no permission for a user namespace >&2; exit 1\n",
		  ERR_UNAVAILABLE, "no permission for a user namespace");
}

/* An answer must not end up running because the sandbox let itself be replaced. */
static void a_sandbox_that_is_none_is_noticed(void **state)
{
	open_with(*state, "#!/bin/sh\n[ $1 = --version ] && echo bubblewrap 0.8.0 && exit\n"
		  "while [ \"$1\" != -- ]; do shift; done; shift; exec \"$@\"\n",
		  ERR_UNAVAILABLE, "the sandbox did not start");
}

static void it_ends_with_us(void **state)
{
	(void)state;
	int ready[2];
	char byte;
	assert_int_equal(pipe(ready), 0);
	pid_t pid = fork();
	if (pid == 0) {
		struct confine *c;
		struct confine_result r;
		struct error err = {0};
		const char *const argv[] = {"sh", "-c", "sleep 4713.5 & sleep 4713.5", NULL};
		struct confine_run run = {.argv = argv, .timeout_ms = 60000};
		if (confine_open(&c, &err) == OK && write(ready[1], "r", 1) == 1 && confine_run(c, &run, &r, &err) == OK)
			_exit(0);
		_exit(1);
	}
	assert_int_equal(read(ready[0], &byte, 1), 1);
	for (int i = 0; i < 200 && system("pgrep -f 'sleep 4713[.]5' >/dev/null") != 0; i++)
		usleep(20000);
	assert_int_equal(system("pgrep -f 'sleep 4713[.]5' >/dev/null"), 0);
	kill(pid, SIGKILL);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
	bool gone = false;
	for (int i = 0; i < 200 && !gone; i++) {
		usleep(20000);
		gone = system("pgrep -f 'sleep 4713[.]5' >/dev/null") != 0;
	}
	assert_true(gone);
	close(ready[0]);
	close(ready[1]);
}

static const char *version_two(void)
{
	static const char *const roots[] = {"/sys/fs/cgroup/unified", "/sys/fs/cgroup"};
	char path[64];
	for (size_t i = 0; i < LENGTH(roots); i++) {
		snprintf(path, sizeof path, "%s/cgroup.controllers", roots[i]);
		if (access(path, F_OK) == 0)
			return roots[i];
	}
	return NULL;
}

/* Version 2: started in the group, not moved to it. */
static void a_start_into_a_group(void **state)
{
	(void)state;
	struct group g = {.kind = GROUP_V2, .folder = -1, .peak = -1};
	const char *root = version_two();
	char *const argv[] = {(char[]){"sh"}, (char[]){"-c"}, (char[]){"grep ^0: /proc/self/cgroup >&3"}, NULL};
	char said[512] = "", wanted[128];
	int ends[2];
	pid_t pid;
	struct error err = {0};
	snprintf(wanted, sizeof wanted, "0::/airgap-bench-test-%d\n", (int)getpid());
	if (root)
		snprintf(g.memory, sizeof g.memory, "%s/airgap-bench-test-%d", root, (int)getpid());
	if (!root || mkdir(g.memory, 0700) != 0)
		skip();
	g.folder = open(g.memory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	assert_int_equal(pipe(ends), 0);
	struct start start = {.program = "/bin/sh", .argv = argv, .in = -1, .out = ends[1], .result = ends[1],
			      .status = ends[1], .go = ends[1], .data_limit = UINT64_MAX, .file_limit = UINT64_MAX, .cpu_seconds = 9};
	assert_int_equal(start_run(&start, &g, &pid, &err), OK);
	close(ends[1]);
	assert_true(read(ends[0], said, sizeof said - 1) > 0);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
	close(ends[0]);
	group_remove(&g);
	assert_int_not_equal(access(g.memory, F_OK), 0);
	if (!strstr(said, wanted)) /* a namespace of groups names it from its own root */
		assert_contains(said, strrchr(wanted, '/'));
}

static void groups_bound_and_go(void **state)
{
	(void)state;
	struct group_base base;
	struct group g;
	struct group_use use;
	struct error err = {0};
	group_find(&base);
	if (base.kind == GROUP_NONE)
		skip();
	assert_int_equal(group_make(&base, 77, &g, &err), OK);
	assert_int_equal(access(g.memory, F_OK), 0);
	assert_int_equal(group_begin(&g, 64 << 20, &err), OK);
	group_end(&g, &use);
	assert_false(use.memory_ended);
	char memory[GROUP_PATH_MAX];
	memcpy(memory, g.memory, sizeof memory);
	group_remove(&g);
	assert_int_not_equal(access(memory, F_OK), 0);
}

static void memory_is_counted_over_children(void **state)
{
	(void)state;
	uint64_t alone = memory_held(getpid());
	pid_t pid = fork();
	if (pid == 0) {
		memset(must_alloc(64, 1 << 20), 1, 64 << 20);
		pause();
		_exit(0);
	}
	uint64_t both = 0;
	for (int i = 0; i < 500 && both < alone + (64 << 20); i++) {
		usleep(10000);
		both = memory_held(getpid());
	}
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	assert_true(alone > 0);
	assert_true(both >= alone + (64 << 20));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(without_bubblewrap_nothing_runs),
		scratch_test(a_sandbox_that_is_none_is_noticed),
		cmocka_unit_test(it_ends_with_us),
		cmocka_unit_test(a_start_into_a_group),
		cmocka_unit_test(groups_bound_and_go),
		cmocka_unit_test(memory_is_counted_over_children),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
