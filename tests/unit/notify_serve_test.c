/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Those who answer calls, and whoever waits for them.
 */
#include "tests/unit/cage.h"

#include "collectors/linux/notify_probe.h"

#include <pthread.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/time.h>

/* The test itself stands for a program of the same user that is not of the session. */
static int act_inject(void)
{
	char path[64];
	snprintf(path, sizeof path, "/proc/%d/mem", getppid());
	if (ptrace(PTRACE_SEIZE, getppid(), NULL, NULL) == 0 || errno != EPERM)
		return 1;
	int pidfd = (int)syscall(SYS_pidfd_open, getppid(), 0);
	return open(path, O_RDWR) >= 0 || syscall(SYS_pidfd_getfd, pidfd, 0, 0) >= 0 ? 2 : 0;
}

static void programs_outside_are_out_of_reach(void **state)
{
	(void)state;
	prctl(PR_SET_PTRACER, PR_SET_PTRACER_ANY); /* as far as Yama goes */
	hold(act_inject);
	let_go();
	finish();
	if (!cage.confined)
		skip(); /* neither Landlock nor Yama here: the witness says so */
	assert_int_equal(cage.status, 0);
}

static void on_alarm(int number)
{
	(void)number;
}

static void *wait_for_ever(void *context)
{
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	*(int *)context = connect(fd, (struct sockaddr *)&full_at, sizeof full_at) == 0 ? 0 : errno;
	return NULL;
}

/* Two that wait do not hold up a third one, and a signal gets through to the first. */
static int act_wait(void)
{
	pthread_t one;
	int code = 0, own = 0, fd;
	struct sigaction action = {.sa_handler = on_alarm};
	sigset_t alarms;
	sigemptyset(&alarms);
	sigaddset(&alarms, SIGALRM);
	pthread_sigmask(SIG_BLOCK, &alarms, NULL);
	if (pthread_create(&one, NULL, wait_for_ever, &code) != 0)
		return 1;
	pthread_sigmask(SIG_UNBLOCK, &alarms, NULL);
	fd = connect_to(&tcp_at);
	if (fd < 0)
		return 2;
	sigaction(SIGALRM, &action, NULL);
	alarm(1);
	wait_for_ever(&own);
	return own != EINTR ? 3 : 0; /* and the other one goes with the process */
}

static void who_waits_holds_up_nobody(void **state)
{
	(void)state;
	run(act_wait);
	close(accept(tcp, NULL, NULL));
	size_t connected = 0;
	for (size_t i = 0; i < cage.count; i++)
		connected += cage.records[i].kind == NOTIFY_ATTEMPT && cage.records[i].value == 0;
	assert_int_equal(connected, 1);
}

enum { INTERRUPTED = 400 };

/* A signal every 300 µs, while connections are made and datagrams sent. */
static int act_interrupted(void)
{
	struct sigaction action = {.sa_handler = on_alarm, .sa_flags = SA_RESTART};
	struct itimerval often = {{0, 300}, {0, 300}}, never = {{0, 0}, {0, 0}};
	int result = 0, twice = 0, to = socket(AF_INET, SOCK_DGRAM, 0);
	sigaction(SIGALRM, &action, NULL);
	setitimer(ITIMER_REAL, &often, NULL);
	for (int i = 0; i < INTERRUPTED && !result; i++) {
		int fd = connect_to(&tcp_at);
		twice += fd == -EISCONN; /* the kernel's own race, see below */
		if (fd < 0 ? fd != -EISCONN : close(fd) != 0)
			result = fd < 0 ? -fd : 1;
		else if (sendto(to, &i, sizeof i, 0, (struct sockaddr *)&udp_at, sizeof udp_at) != sizeof i)
			result = 2;
	}
	setitimer(ITIMER_REAL, &never, NULL);
	return twice > INTERRUPTED / 20 ? 3 : result;
}

static void take_connections(void)
{
	struct pollfd waiting = {.fd = tcp, .events = POLLIN};
	while (poll(&waiting, 1, 0) > 0)
		close(accept(tcp, NULL, NULL));
}

/* They arrive in their order. */
static int take_datagrams(int expected, int *twice)
{
	int datagram;
	while (recv(udp, &datagram, sizeof datagram, MSG_DONTWAIT) == sizeof datagram) {
		if (datagram == expected - 1) {
			++*twice;
			continue;
		}
		assert_int_equal(datagram, expected++);
	}
	return expected;
}

/* However often a signal ends the waiting for the answer: each is done, and nearly none twice. The
 * kernel has a race of its own, in which it takes an answer and then the signal. */
static void signals_make_nothing_be_done_twice(void **state)
{
	int expected = 0, twice = 0;
	(void)state;
	enter_filter = notify_enter_old;
	hold(act_interrupted);
	enter_filter = notify_enter;
	let_go();
	for (int left = PATIENCE_MS / 2; !has_ended() && left > 0; left--) {
		turn();
		take_connections();
		expected = take_datagrams(expected, &twice);
	}
	finish();
	assert_true(WIFEXITED(cage.status));
	assert_int_equal(WEXITSTATUS(cage.status), 0);
	assert_int_equal(take_datagrams(expected, &twice), INTERRUPTED);
	assert_true(twice <= INTERRUPTED / 20);
	assert_true(cage.count >= 2 * INTERRUPTED);
}

static int act_nothing(void)
{
	return 0;
}

static void the_canary_is_under_the_same_filter(void **state)
{
	struct canaries canaries = {.round = 1};
	struct notify_canary canary = {.pending = 0};
	(void)state;
	hold(act_nothing);
	canary.orders = cage.orders[0];
	canary.pid = cage.canary;
	canary_open(&canaries, 1);
	notify_canary_round(&canary, &canaries);
	while (notify_canary_busy(&canary)) {
		turn();
		notify_canary_drain(&canary);
	}
	assert_int_equal(canary.pending, 0);
	let_go();
	finish();
	for (size_t i = 0; i < CANARY_PAIRS; i++) {
		size_t told = 0;
		for (size_t r = 0; r < cage.count; r++)
			told += cage.records[r].who.pid == (uint32_t)cage.canary && cage.records[r].dport == canaries.pairs[i].dport;
		assert_int_equal(told, canaries.pairs[i].problem ? 0 : 1);
	}
	for (size_t i = 0; i < CANARY_PAIRS; i++) {
		close(canaries.pairs[i].client);
		close(canaries.pairs[i].server);
		close(canaries.pairs[i].listener);
	}
}

/* With nobody left to answer, calls fail: nothing passes by. */
static int act_alone(void)
{
	poll(NULL, 0, 300);
	return connect_to(&tcp_at) != -ENOSYS;
}

static void without_the_threads_calls_fail(void **state)
{
	(void)state;
	hold(act_alone);
	let_go();
	while (notify_serve_ends(cage.server))
		turn();
	close(cage.listener);
	waitpid(cage.child, &cage.status, 0);
	assert_int_equal(cage.status, 0);
	notify_serve_free(cage.server);
	notify_programs_free(cage.programs);
	notify_queue_free(cage.queue);
}

static void it_can_be_tried_beforehand(void **state)
{
	struct probe probe = {.works = false};
	(void)state;
	notify_probe(&probe);
	assert_int_equal(probe.works, getuid() != 0); /* root on its own behalf is not watched so */
	assert_true(probe.detail[0] && !probe.remedy[0] == probe.works);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(programs_outside_are_out_of_reach),
		cmocka_unit_test(who_waits_holds_up_nobody),
		cmocka_unit_test(signals_make_nothing_be_done_twice),
		cmocka_unit_test(the_canary_is_under_the_same_filter),
		cmocka_unit_test(it_can_be_tried_beforehand),
		cmocka_unit_test(without_the_threads_calls_fail),
	};
	return cmocka_run_group_tests(tests, cage_setup, cage_teardown);
}
