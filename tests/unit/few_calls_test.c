/* SPDX-License-Identifier: Apache-2.0 */
/* Behind the filter what is open can be used, and nothing else done; each in a process of its own. */
#include "tests/unit/test.h"

#include "collectors/linux/few_calls.h"
#include "core/hash.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>

/* Its exit status. */
static int inside(bool (*what)(int fd))
{
	int status = 0, ends[2];
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
	pid_t pid = fork();
	if (pid == 0) {
		struct error err = {0};
		unsigned char digest[HASH_SIZE];
		hash_bytes(SLICE(""), digest);
		if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || few_calls_enter(&err))
			_exit(3);
		_exit(what(ends[1]) ? 0 : 1);
	}
	assert_true(pid > 0 && waitpid(pid, &status, 0) == pid);
	close(ends[0]);
	close(ends[1]);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static bool use(int fd)
{
	unsigned char digest[HASH_SIZE];
	char byte;
	struct pollfd watched = {.fd = fd, .events = POLLOUT};
	void *memory = calloc(1 << 22, 1);
	hash_bytes(SLICE("a"), digest);
	bool works = memory && poll(&watched, 1, 0) == 1 && write(fd, "a", 1) == 1 && send(fd, "a", 1, MSG_NOSIGNAL) == 1 &&
		     recv(fd, &byte, 1, MSG_DONTWAIT) < 0 && errno == EAGAIN;
	free(memory);
	return works;
}

static bool open_file(int fd)
{
	(void)fd;
	return open("/", O_RDONLY | O_CLOEXEC) >= 0 || errno != EPERM;
}

static bool make_socket(int fd)
{
	(void)fd;
	return socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0) >= 0 || errno != EPERM;
}

static bool start_process(int fd)
{
	(void)fd;
	return fork() >= 0 || errno != EPERM;
}

static bool send_signal(int fd)
{
	(void)fd;
	return kill(getppid(), 0) == 0 || errno != EPERM;
}

static void what_is_open_can_be_used_and_nothing_else(void **state)
{
	(void)state;
	assert_int_equal(inside(use), 0);
	assert_int_equal(inside(open_file), 1);
	assert_int_equal(inside(make_socket), 1);
	assert_int_equal(inside(start_process), 1);
	assert_int_equal(inside(send_signal), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_open_can_be_used_and_nothing_else),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
