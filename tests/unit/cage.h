/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_UNIT_CAGE_H
#define TESTS_UNIT_CAGE_H

/*
 * A child under the filter of the unprivileged tier, the threads that do its calls, and what
 * it is to reach. Each test that includes this has them for itself.
 */

#include "tests/unit/test.h"

#include "collectors/linux/notify_canary.h"
#include "collectors/linux/notify_serve.h"
#include "collectors/posix/channel.h"

#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>

enum { RECORDS_MAX = 4096, PATIENCE_MS = 20000 };

/* A child, everything that was recorded of it, and what it returned. */
struct cage {
	int orders[2], result[2], listener, status;
	pid_t child, canary;
	bool confined;
	struct notify_queue *queue;
	struct notify_programs *programs;
	struct notify_server *server;
	size_t count, told;
	struct notify_record records[RECORDS_MAX];
};

static struct cage cage;
static void (*enter_filter)(int orders, struct notify_entered *ret) = notify_enter;
static char folder[64];

static inline void keep(void *context, const struct notify_record *r)
{
	(void)context;
	assert_true(cage.count < RECORDS_MAX);
	cage.told++;
	cage.records[cage.count++] = *r;
}

static inline void drain(void)
{
	while (cage.count < RECORDS_MAX && notify_queue_take(cage.queue, &cage.records[cage.count]))
		cage.count++;
}

/* Forks before there are threads; the child waits under the filter. */
static inline void hold(int (*act)(void))
{
	struct notify_entered entered;
	struct error err = {0};
	memset(&cage, 0, sizeof cage);
	assert_int_equal(channel_open(cage.orders, &err), OK);
	assert_int_equal(channel_open(cage.result, &err), OK);
	cage.child = fork();
	if (cage.child == 0) {
		char go;
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		enter_filter(cage.orders[1], &entered);
		if (write(cage.result[1], &entered, sizeof entered) != sizeof entered ||
		    read(cage.result[1], &go, 1) != 1)
			_exit(99);
		close(entered.listener); /* as a program that it executes would have it */
		_exit(act());
	}
	assert_int_equal(channel_take(cage.result[0], &entered, sizeof entered, true), CHANNEL_RECORD);
	assert_int_equal(entered.code, 0);
	if (notify_fetch(cage.child, &entered, cage.orders[0], &cage.listener, &cage.canary, &err))
		assert_string_equal(err.text, "");
	cage.confined = entered.confined;
	cage.queue = notify_queue_new();
	cage.programs = notify_programs_new();
	assert_int_equal(notify_serve(cage.listener, entered.killable, cage.queue, cage.programs, &cage.server, &err), OK);
}

static inline void let_go(void)
{
	assert_int_equal(write(cage.result[0], "g", 1), 1);
}

static inline void turn(void)
{
	poll(NULL, 0, 2);
	drain();
	notify_serve_look(cage.server, keep, NULL);
}

/* Has the child ended? It is still to be waited for. */
static inline bool has_ended(void)
{
	siginfo_t told = {.si_pid = 0};
	return waitid(P_PID, (id_t)cage.child, &told, WEXITED | WNOHANG | WNOWAIT) == 0 && told.si_pid != 0;
}

/* Until the child has ended; its exit status is 0 where all went as it should. */
static inline void finish(void)
{
	int left = PATIENCE_MS / 2;
	while (!has_ended() && left-- > 0)
		turn();
	if (left <= 0)
		kill(cage.child, SIGKILL);
	waitpid(cage.child, &cage.status, 0);
	while (notify_serve_ends(cage.server))
		turn();
	drain();
	close(cage.listener);
	notify_serve_free(cage.server);
	notify_programs_free(cage.programs);
	notify_queue_free(cage.queue);
	for (int i = 0; i < 2; i++) {
		close(cage.orders[i]);
		close(cage.result[i]);
	}
	assert_true(left > 0);
}

static inline void run(int (*act)(void))
{
	hold(act);
	let_go();
	finish();
	assert_true(WIFEXITED(cage.status));
	assert_int_equal(WEXITSTATUS(cage.status), 0);
}

/* What the child is to reach: made before it is forked. */
static int tcp, udp, full;
static struct sockaddr_in tcp_at, udp_at, nobody_at;
static struct sockaddr_un full_at;

static inline int open_at(int type, struct sockaddr_in *ret)
{
	socklen_t size = sizeof *ret;
	int fd = socket(AF_INET, type | SOCK_CLOEXEC, 0);
	*ret = (struct sockaddr_in){.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	if (bind(fd, (struct sockaddr *)ret, size) != 0 || getsockname(fd, (struct sockaddr *)ret, &size) != 0)
		return -1;
	return fd;
}

static inline struct sockaddr_un unix_at(const char *name)
{
	struct sockaddr_un a = {.sun_family = AF_UNIX};
	snprintf(a.sun_path, sizeof a.sun_path, "%s/%s", folder, name);
	return a;
}

static inline int cage_setup(void **state)
{
	struct sockaddr_in gone;
	(void)state;
	snprintf(folder, sizeof folder, "/tmp/airgap-notify-XXXXXX");
	if (!mkdtemp(folder))
		return -1;
	tcp = open_at(SOCK_STREAM, &tcp_at);
	udp = open_at(SOCK_DGRAM, &udp_at);
	int other = open_at(SOCK_STREAM, &gone);
	nobody_at = gone;
	close(other);
	/* with a queue that is full: who connects has to wait */
	full_at = unix_at("full");
	full = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	int first = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	return listen(tcp, 128) || bind(full, (struct sockaddr *)&full_at, sizeof full_at) || listen(full, 0) ||
	       connect(first, (struct sockaddr *)&full_at, sizeof full_at);
}

static inline int cage_teardown(void **state)
{
	(void)state;
	char command[128];
	snprintf(command, sizeof command, "rm -rf %s", folder);
	close(tcp);
	close(udp);
	close(full);
	return system(command);
}

static inline int connect_to(const struct sockaddr_in *a)
{
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	return connect(fd, (const struct sockaddr *)a, sizeof *a) == 0 ? fd : -errno;
}

#endif
