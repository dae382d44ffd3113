/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "core/sandbox.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MEMORY = 512 << 20 };

static int parent_pipe[2];

/* What one must not be able to do; true where it could. */
static bool opens(void)
{
	return open("/dev/null", O_RDONLY) >= 0 || open("/etc/hostname", O_RDONLY) >= 0;
}

static bool makes_socket(void)
{
	return socket(AF_INET, SOCK_DGRAM, 0) >= 0 || socket(AF_UNIX, SOCK_STREAM, 0) >= 0;
}

static bool starts_process(void)
{
	pid_t pid = fork();
	if (pid == 0)
		_exit(0);
	return pid > 0;
}

static bool signals_parent(void)
{
	return kill(getppid(), 0) == 0 || kill(1, 0) == 0;
}

static bool maps_code(void)
{
	return mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED;
}

static bool writes_elsewhere(void)
{
	return write(parent_pipe[0], "x", 1) == 1 || write(1, "x", 1) == 1;
}

static bool takes_much_memory(void)
{
	void *block = malloc((size_t)2 * MEMORY);
	bool taken = block != NULL;
	free(block);
	return taken;
}

/* The process's answer: "y" or "n", or nothing where it ended before. */
static char ask(bool (*can)(void))
{
	char answer = 0;
	assert_int_equal(pipe(parent_pipe), 0);
	pid_t pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		struct error err = {0};
		if (sandbox_enter(&parent_pipe[1], 1, MEMORY, &err))
			_exit(9);
		char said = can() ? 'y' : 'n';
		_exit(write(parent_pipe[1], &said, 1) == 1 ? 0 : 8);
	}
	close(parent_pipe[1]);
	ssize_t got = read(parent_pipe[0], &answer, 1);
	close(parent_pipe[0]);
	int status = 0;
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
	assert_int_equal(got, 1);
	return answer;
}

static void test_closed(void **state)
{
	(void)state;
	assert_int_equal(ask(opens), 'n');
	assert_int_equal(ask(makes_socket), 'n');
	assert_int_equal(ask(starts_process), 'n');
	assert_int_equal(ask(signals_parent), 'n');
	assert_int_equal(ask(maps_code), 'n');
	assert_int_equal(ask(writes_elsewhere), 'n');
}

static void test_memory(void **state)
{
	(void)state;
#if defined(__SANITIZE_ADDRESS__)
	skip(); /* the sanitizer's own address space knows no such bound */
#endif
	assert_int_equal(ask(takes_much_memory), 'n');
}

static bool computes(void)
{
	char *block = malloc(64 << 20);
	if (!block)
		return false;
	memset(block, 'x', 64 << 20);
	bool good = block[12345] == 'x';
	free(block);
	return good;
}

static void test_can_work(void **state)
{
	(void)state;
	assert_int_equal(ask(computes), 'y');
}

static void test_probe(void **state)
{
	(void)state;
	struct error err = {0};
	unsigned landlock = 99;
	assert_int_equal(sandbox_probe(&landlock, &err), OK);
	assert_int_not_equal(landlock, 99);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_closed),
		cmocka_unit_test(test_memory),
		cmocka_unit_test(test_can_work),
		cmocka_unit_test(test_probe),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
