/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include <errno.h>
#include <sys/wait.h>
#include <sysexits.h>

static void failing_says_it_once(void **state)
{
	(void)state;
	struct error err = {0};
	assert_int_equal(fail(&err, ERR_MALFORMED, "port %d is not 0-65535", 70000), ERR_MALFORMED);
	assert_int_equal(err.status, ERR_MALFORMED);
	assert_string_equal(err.text, "port 70000 is not 0-65535");
	assert_int_equal(fail(NULL, ERR_LIMIT, "nobody %s", "asked"), ERR_LIMIT);
}

static void long_messages_are_cut(void **state)
{
	(void)state;
	struct {
		struct error err;
		char behind[8];
	} guarded = {.behind = "guard"};
	char longer[3 * ERROR_TEXT_MAX];
	memset(longer, 'x', sizeof longer - 1);
	longer[sizeof longer - 1] = 0;

	fail(&guarded.err, ERR_IO, "%s", longer);
	assert_int_equal(strlen(guarded.err.text), ERROR_TEXT_MAX - 1);
	assert_int_equal(fail_errno(&guarded.err, ERR_IO, ENOENT, "%s", longer), ERR_NO_INPUT);
	assert_int_equal(strlen(guarded.err.text), ERROR_TEXT_MAX - 1);
	assert_int_equal(fail_in(&guarded.err, "%s", longer), ERR_NO_INPUT);
	assert_int_equal(strlen(guarded.err.text), ERROR_TEXT_MAX - 1);
	assert_string_equal(guarded.behind, "guard");
}

static void errno_decides_the_status(void **state)
{
	(void)state;
	static const struct {
		int code;
		enum status status;
	} cases[] = {
		{EACCES, ERR_PERMISSION}, {EPERM, ERR_PERMISSION}, {ENOENT, ERR_NO_INPUT},
		{ENOTDIR, ERR_NO_INPUT},  {ENOSPC, ERR_IO},        {EIO, ERR_IO},
		{EEXIST, ERR_CREATE},     {EINVAL, ERR_CREATE},
	};
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct error err = {0};
		assert_int_equal(fail_errno(&err, ERR_CREATE, cases[i].code, "a.db"),
				 cases[i].status);
		assert_int_equal(err.status, cases[i].status);
		assert_int_equal(fail_errno(NULL, ERR_CREATE, cases[i].code, "a.db"),
				 cases[i].status);
	}
	struct error err = {0};
	fail_errno(&err, ERR_IO, ENOENT, "file %s", "a.db");
	assert_string_equal(err.text, "file a.db: No such file or directory");
}

static void callers_put_their_part_in_front(void **state)
{
	(void)state;
	struct error err = {0};
	fail(&err, ERR_MALFORMED, "no number");
	assert_int_equal(fail_in(&err, "line %d", 7), ERR_MALFORMED);
	assert_int_equal(fail_in(&err, "fw.log"), ERR_MALFORMED);
	assert_string_equal(err.text, "fw.log: line 7: no number");
	assert_int_equal(fail_in(NULL, "fw.log"), ERR_INTERNAL);
	/* once is enough: of a file in a folder, the folder is told */
	assert_int_equal(fail_in(&err, "fw.log"), ERR_MALFORMED);
	assert_string_equal(err.text, "fw.log: line 7: no number");
	fail(&err, ERR_IO, "/x/audit.db: full");
	assert_int_equal(fail_in(&err, "/x"), ERR_IO);
	assert_string_equal(err.text, "/x/audit.db: full");
	assert_int_equal(fail_in(&err, "/"), ERR_IO);
	assert_string_equal(err.text, "/: /x/audit.db: full");
}

static void exits_are_those_of_sysexits(void **state)
{
	(void)state;
	static const struct {
		enum status status;
		int exit;
	} cases[] = {
		{OK, 0},
		{ERR_USAGE, 64},
		{ERR_MALFORMED, 65},
		{ERR_LIMIT, 65},
		{ERR_NO_INPUT, 66},
		{ERR_UNAVAILABLE, 69},
		{ERR_INTERNAL, 70},
		{ERR_CREATE, 73},
		{ERR_IO, 74},
		{ERR_PERMISSION, 77},
		{ERR_CONFIG, 78},
		{ERR_STORE, 70},
		{ERR_BUSY, 75},
		{(enum status)(ERR_BUSY + 1), 70},
	};
	for (size_t i = 0; i < LENGTH(cases); i++)
		assert_int_equal(error_exit(cases[i].status), cases[i].exit);
}

static void memory_is_zeroed_and_never_null(void **state)
{
	(void)state;
	static const unsigned char zeros[64];
	unsigned char *block = must_alloc(8, 8);
	assert_memory_equal(block, zeros, 64);
	memset(block, 7, 64);
	block = must_realloc(block, 4096, 1);
	for (size_t i = 0; i < 64; i++)
		assert_int_equal(block[i], 7);
	free(block);
	void *nothing = must_alloc(0, 0);
	assert_non_null(nothing);
	nothing = must_realloc(nothing, 0, 4);
	assert_non_null(nothing);
	free(nothing);
	char *copy = must_strdup("copied");
	assert_string_equal(copy, "copied");
	free(copy);
}

static void say_goodbye(void)
{
	die("%d of %s", 3, "four");
}

static void ask_too_much(void)
{
	void *block = must_realloc(NULL, SIZE_MAX / 2, 3);
	free(block);
}

/* Runs `what` in a child; its standard error, and its exit status. */
static int child_of(void (*what)(void), char ret[static 256])
{
	int pipe_fds[2], status = 0;
	assert_int_equal(pipe(pipe_fds), 0);
	fflush(NULL);
	pid_t child = fork();
	if (child == 0) {
		dup2(pipe_fds[1], 2);
		what();
		_exit(0);
	}
	close(pipe_fds[1]);
	size_t size = 0;
	ssize_t got;
	while ((got = read(pipe_fds[0], ret + size, 255 - size)) > 0)
		size += (size_t)got; /* standard error may come in pieces */
	assert_int_equal(got, 0);
	ret[size] = 0;
	close(pipe_fds[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void dying_speaks_and_exits(void **state)
{
	(void)state;
	char said[256];
	assert_int_equal(child_of(say_goodbye, said), EX_SOFTWARE);
	assert_string_equal(said, "airgap-verify: 3 of four\n");
	assert_int_equal(child_of(ask_too_much, said), EX_SOFTWARE);
	assert_contains(said, "airgap-verify: out of memory");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(failing_says_it_once),
		cmocka_unit_test(long_messages_are_cut),
		cmocka_unit_test(errno_decides_the_status),
		cmocka_unit_test(callers_put_their_part_in_front),
		cmocka_unit_test(exits_are_those_of_sysexits),
		cmocka_unit_test(memory_is_zeroed_and_never_null),
		cmocka_unit_test(dying_speaks_and_exits),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
