/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A child under the filter, and the threads that do its calls.
 */
#include "tests/unit/test.h"

#include "collectors/linux/notify_canary.h"
#include "collectors/linux/notify_serve.h"
#include "collectors/posix/channel.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>

enum { RECORDS_MAX = 4096, PATIENCE_MS = 20000, RACES = 200 /* no more than wait on a socket */ };

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
static char folder[64];

static void keep(void *context, const struct notify_record *r)
{
	(void)context;
	assert_true(cage.count < RECORDS_MAX);
	cage.told++;
	cage.records[cage.count++] = *r;
}

static void drain(void)
{
	while (cage.count < RECORDS_MAX && notify_queue_take(cage.queue, &cage.records[cage.count]))
		cage.count++;
}

/* Forks before there are threads; the child waits under the filter. */
static void hold(int (*act)(void))
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
		notify_enter(cage.orders[1], &entered);
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

static void let_go(void)
{
	assert_int_equal(write(cage.result[0], "g", 1), 1);
}

static void turn(void)
{
	poll(NULL, 0, 2);
	drain();
	notify_serve_look(cage.server, keep, NULL);
}

/* Until the child has ended; its exit status is 0 where all went as it should. */
static void finish(void)
{
	int left = PATIENCE_MS / 2;
	while (waitpid(cage.child, &cage.status, WNOHANG) == 0 && left-- > 0)
		turn();
	if (left <= 0) {
		kill(cage.child, SIGKILL);
		waitpid(cage.child, &cage.status, 0);
	}
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

static void run(int (*act)(void))
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

static int open_at(int type, struct sockaddr_in *ret)
{
	socklen_t size = sizeof *ret;
	int fd = socket(AF_INET, type | SOCK_CLOEXEC, 0);
	*ret = (struct sockaddr_in){.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	if (bind(fd, (struct sockaddr *)ret, size) != 0 || getsockname(fd, (struct sockaddr *)ret, &size) != 0)
		return -1;
	return fd;
}

static struct sockaddr_un unix_at(const char *name)
{
	struct sockaddr_un a = {.sun_family = AF_UNIX};
	snprintf(a.sun_path, sizeof a.sun_path, "%s/%s", folder, name);
	return a;
}

static int setup(void **state)
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

static int teardown(void **state)
{
	(void)state;
	char command[128];
	snprintf(command, sizeof command, "rm -rf %s", folder);
	close(tcp);
	close(udp);
	close(full);
	return system(command);
}

static int connect_to(const struct sockaddr_in *a)
{
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	return connect(fd, (const struct sockaddr *)a, sizeof *a) == 0 ? fd : -errno;
}

static int act_connect(void)
{
	int fd = connect_to(&tcp_at);
	return fd < 0 || write(fd, "hi", 2) != 2 || connect_to(&nobody_at) != -ECONNREFUSED;
}

static void a_connect_is_done_and_told(void **state)
{
	char own_name[16] = "";
	prctl(PR_GET_NAME, own_name);
	char bytes[2];
	(void)state;
	run(act_connect);
	int peer = accept(tcp, NULL, NULL);
	assert_int_equal(read(peer, bytes, 2), 2);
	assert_memory_equal(bytes, "hi", 2);
	close(peer);
	assert_int_equal(cage.count, 2);
	for (size_t i = 0; i < 2; i++) {
		const struct notify_record *r = &cage.records[i];
		assert_int_equal(r->kind, NOTIFY_ATTEMPT);
		assert_string_equal(r->call, "connect");
		assert_int_equal(r->who.pid, cage.child);
		assert_int_equal(r->who.tid, cage.child);
		assert_int_equal(r->who.ppid, getpid());
		assert_int_equal(r->who.uid, getuid());
		assert_string_equal(r->who.comm, own_name);
		assert_true(r->who.program == 1 && r->cookie && r->answered);
		assert_int_equal(r->protocol, IPPROTO_TCP);
		assert_int_equal(r->dport, ntohs(i ? nobody_at.sin_port : tcp_at.sin_port));
		assert_int_equal(address_class(&r->dst), CLASS_LOOPBACK);
		assert_int_equal(r->value, i ? -ECONNREFUSED : 0);
	}
	assert_true(cage.records[0].sport > 0);
}

static int act_errors(void)
{
	struct sockaddr_in a = tcp_at;
	int fd = socket(AF_INET, SOCK_STREAM, 0), file = open("/dev/null", O_RDWR);
	const struct sockaddr *any = (const struct sockaddr *)&a;
	if (connect(-1, any, sizeof a) == 0 || errno != EBADF || connect(file, any, sizeof a) == 0 || errno != ENOTSOCK)
		return 1;
	if (syscall(SYS_connect, fd, 8, sizeof a) == 0 || errno != EFAULT)
		return 2;
	if (connect(fd, any, (socklen_t)-1) == 0 || errno != EINVAL || connect(fd, any, 3) == 0 || errno != EINVAL)
		return 3;
	a.sin_family = AF_UNSPEC; /* takes the other end away: there is none */
	if (connect(fd, any, sizeof a) != 0)
		return 4;
	return 0;
}

/* As the kernel would have refused them; only the last but one had a destination in it. */
static void nonsense_is_refused_as_ever(void **state)
{
	(void)state;
	run(act_errors);
	for (size_t i = 0; i < cage.count; i++)
		assert_int_equal(cage.records[i].value, -EINVAL);
}

static int act_send(void)
{
	char bytes[3] = "abc";
	int fd = socket(AF_INET, SOCK_DGRAM, 0);
	struct sockaddr_in to = udp_at, odd = udp_at;
	odd.sin_family = AF_UNSPEC; /* which Linux sends to all the same */
	struct iovec parts[] = {{bytes, 1}, {bytes + 1, 2}};
	struct mmsghdr many[3];
	memset(many, 0, sizeof many);
	for (int i = 0; i < 3; i++)
		many[i].msg_hdr = (struct msghdr){.msg_name = &to, .msg_namelen = sizeof to, .msg_iov = parts, .msg_iovlen = 2};
	if (sendto(fd, bytes, 1, 0, (struct sockaddr *)&to, sizeof to) != 1 ||
	    sendto(fd, bytes, 1, 0, (struct sockaddr *)&odd, sizeof odd) != 1)
		return 1;
	if (sendmsg(fd, &many[0].msg_hdr, 0) != 3 || sendmmsg(fd, many, 3, 0) != 3)
		return 2;
	if (many[0].msg_len != 3 || many[2].msg_len != 3)
		return 3;
	/* on a connected one without a name: still to the other end */
	many[0].msg_hdr.msg_name = NULL;
	if (connect(fd, (struct sockaddr *)&to, sizeof to) != 0 || sendmmsg(fd, many, 1, 0) != 1)
		return 4;
	return 0;
}

static void datagrams_are_sent_and_told(void **state)
{
	char bytes[8];
	size_t sizes[] = {1, 1, 3, 3, 3, 3, 3}, sends = 0;
	(void)state;
	run(act_send);
	for (size_t i = 0; i < LENGTH(sizes); i++) {
		assert_int_equal(recv(udp, bytes, sizeof bytes, MSG_DONTWAIT), sizes[i]);
		assert_memory_equal(bytes, "abc", sizes[i]);
	}
	assert_int_equal(cage.count, LENGTH(sizes) + 1);
	for (size_t i = 0; i < cage.count; i++) {
		const struct notify_record *r = &cage.records[i];
		assert_int_equal(r->dport, ntohs(udp_at.sin_port));
		assert_int_equal(r->protocol, IPPROTO_UDP);
		sends += !strcmp(r->call, "sendto") && r->value == (int64_t)sizes[sends];
	}
	assert_int_equal(sends, LENGTH(sizes));
}

static int act_pass(void)
{
	int ends[2], pipes[2], got;
	char byte = 'x';
	union {
		struct cmsghdr head;
		char room[CMSG_SPACE(sizeof(int))];
	} control = {.head = {CMSG_LEN(sizeof(int)), SOL_SOCKET, SCM_RIGHTS}}, answer;
	struct iovec part = {&byte, 1};
	struct msghdr m = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
	if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0 || pipe(pipes) != 0)
		return 1;
	memcpy(CMSG_DATA(&control.head), &pipes[1], sizeof(int));
	if (sendmsg(ends[0], &m, 0) != 1)
		return 2;
	m.msg_control = &answer;
	if (recvmsg(ends[1], &m, 0) != 1 || m.msg_controllen != sizeof answer)
		return 3;
	memcpy(&got, CMSG_DATA(&answer.head), sizeof got);
	return write(got, "y", 1) != 1 || read(pipes[0], &byte, 1) != 1 || byte != 'y';
}

static void descriptors_are_passed_on(void **state)
{
	(void)state;
	run(act_pass);
	assert_int_equal(cage.count, 0); /* nobody else was asked */
}

static int act_unix(void)
{
	int fd = socket(AF_UNIX, SOCK_STREAM, 0), own = socket(AF_UNIX, SOCK_STREAM, 0);
	struct sockaddr_un here = {AF_UNIX, "own"}, none = unix_at("none");
	if (chdir(folder) != 0 || bind(own, (struct sockaddr *)&here, sizeof here) != 0 || listen(own, 3) != 0)
		return 1;
	if (connect(fd, (struct sockaddr *)&none, sizeof none) == 0 || errno != ENOENT)
		return 2;
	if (connect(fd, (struct sockaddr *)&here, sizeof here) != 0)
		return 3;
	fd = socket(AF_UNIX, SOCK_STREAM, 0);
	here = unix_at("own");
	return connect(fd, (struct sockaddr *)&here, sizeof here) != 0;
}

static void paths_are_those_of_the_caller(void **state)
{
	(void)state;
	static const struct {
		enum notify_kind kind;
		int value;
	} rows[] = {{NOTIFY_UNIX, -ENOENT}, {NOTIFY_UNIX, 0}, {NOTIFY_UNIX, 0}};
	run(act_unix);
	assert_int_equal(cage.count, LENGTH(rows));
	for (size_t i = 0; i < LENGTH(rows); i++) {
		assert_int_equal(cage.records[i].kind, rows[i].kind);
		assert_int_equal(cage.records[i].value, rows[i].value);
	}
	assert_string_equal(cage.records[1].path, "own");
	assert_false(cage.records[0].own);
	assert_true(cage.records[1].own && cage.records[2].own);
}

/* getpid() of 32-bit x86. */
static long foreign_getpid(void)
{
#if defined(__x86_64__)
	long value;
	__asm__ volatile("int $0x80" : "=a"(value) : "a"(20) : "memory");
	return value;
#else
	return -EPERM;
#endif
}

static int act_denied(void)
{
	char parameters[256] = {0};
	if (syscall(SYS_io_uring_setup, 4, parameters) >= 0 || errno != ENOSYS)
		return 1;
	if (socket(AF_PACKET, SOCK_RAW, 0) >= 0 || errno != EPERM || socket(AF_INET, SOCK_RAW, 1) >= 0 || errno != EPERM ||
	    socket(AF_VSOCK, SOCK_STREAM, 0) >= 0 || errno != EPERM)
		return 2;
	return foreign_getpid() != -EPERM ? 3 : 0;
}

static void what_could_go_round_is_refused_and_told(void **state)
{
	static const char *const calls[] = {"io_uring_setup", "socket", "socket", "socket", "foreign_call"};
	(void)state;
	run(act_denied);
#if defined(__x86_64__)
	assert_int_equal(cage.count, LENGTH(calls));
#endif
	for (size_t i = 0; i < cage.count; i++) {
		assert_int_equal(cage.records[i].kind, NOTIFY_REFUSED);
		assert_string_equal(cage.records[i].call, calls[i]);
	}
}

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

static int act_hidden(void)
{
	prctl(PR_SET_DUMPABLE, 0);
	return connect_to(&tcp_at) != -EPERM;
}

/* Root may look into anybody, and so sees it. */
static void one_that_hides_reaches_nobody(void **state)
{
	(void)state;
	if (getuid() == 0)
		skip();
	run(act_hidden);
	assert_int_equal(cage.count, 1);
	assert_int_equal(cage.records[0].value, -EPERM);
	assert_int_equal(cage.records[0].dst.family, ADDRESS_NONE);
}

static struct sockaddr_in shared;
static atomic_bool enough;

static void *flip(void *context)
{
	for (uint16_t *port = context; !atomic_load(&enough);)
		__atomic_store_n(port, __atomic_load_n(port, __ATOMIC_RELAXED) == udp_at.sin_port ? nobody_at.sin_port : udp_at.sin_port,
				 __ATOMIC_RELAXED);
	return NULL;
}

/* Another thread changes the address all the time. */
static int act_race(void)
{
	pthread_t other;
	int fd = socket(AF_INET, SOCK_DGRAM, 0), sent = 0;
	shared = udp_at;
	if (pthread_create(&other, NULL, flip, &shared.sin_port) != 0)
		return 1;
	for (int i = 0; i < RACES; i++)
		sent += sendto(fd, "r", 1, 0, (struct sockaddr *)&shared, sizeof shared) == 1;
	atomic_store(&enough, true);
	pthread_join(other, NULL);
	return sent < RACES / 4; /* those to nobody may fail, for the port is closed */
}

/* How many came to the one that is ours; the others went to a port where nobody is. */
static size_t race_once(void)
{
	char byte;
	size_t told = 0, came = 0;
	run(act_race);
	while (recv(udp, &byte, 1, MSG_DONTWAIT) == 1)
		came++;
	for (size_t i = 0; i < cage.count; i++)
		told += cage.records[i].dport == ntohs(udp_at.sin_port) && cage.records[i].value == 1;
	assert_int_equal(cage.count, RACES);
	assert_int_equal(told, came);
	return came;
}

/* On a busy machine the other thread may not have had its turn. */
static void an_address_that_changes_is_told_as_it_was_used(void **state)
{
	enum { TURNS = 20 };
	int turns = 0;
	size_t came;
	(void)state;
	do
		came = race_once();
	while ((came == 0 || came == RACES) && ++turns < TURNS);
	assert_true(turns < TURNS);
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_connect_is_done_and_told),
		cmocka_unit_test(nonsense_is_refused_as_ever),
		cmocka_unit_test(datagrams_are_sent_and_told),
		cmocka_unit_test(descriptors_are_passed_on),
		cmocka_unit_test(paths_are_those_of_the_caller),
		cmocka_unit_test(what_could_go_round_is_refused_and_told),
		cmocka_unit_test(programs_outside_are_out_of_reach),
		cmocka_unit_test(one_that_hides_reaches_nobody),
		cmocka_unit_test(an_address_that_changes_is_told_as_it_was_used),
		cmocka_unit_test(who_waits_holds_up_nobody),
		cmocka_unit_test(the_canary_is_under_the_same_filter),
		cmocka_unit_test(without_the_threads_calls_fail),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
