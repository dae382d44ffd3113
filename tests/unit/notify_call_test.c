/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Calls that are done for somebody else: what they return, and what is told of them.
 */
#include "tests/unit/cage.h"

#include <pthread.h>
#include <stdatomic.h>
#include <sys/syscall.h>

enum { RACES = 200 /* no more than wait on a socket */ };

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

/* The control data of one datagram: by which interface. */
static ssize_t send_by(int fd, struct sockaddr_in *to, int interface)
{
	char byte = 'b';
	union {
		struct cmsghdr head;
		char room[CMSG_SPACE(sizeof(struct in_pktinfo))];
	} control = {.head = {CMSG_LEN(sizeof(struct in_pktinfo)), IPPROTO_IP, IP_PKTINFO}};
	struct in_pktinfo way = {.ipi_ifindex = interface};
	memcpy(CMSG_DATA(&control.head), &way, sizeof way);
	struct iovec part = {&byte, 1};
	struct msghdr m = {.msg_name = to, .msg_namelen = sizeof *to, .msg_iov = &part, .msg_iovlen = 1,
			   .msg_control = &control, .msg_controllen = sizeof control};
	return sendmsg(fd, &m, 0);
}

static int act_elsewhere(void)
{
	enum { LOOPBACK = 1, ANOTHER = 2 };
	struct sockaddr_in to = udp_at;
	struct ip_mreqn group = {.imr_multiaddr.s_addr = htonl(0xe9fc0001) /* RFC 5771, 9.2 */};
	int fd = socket(AF_INET, SOCK_DGRAM, 0);
	if (setsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, "eth", 4) == 0 || errno != EPERM)
		return 1;
	if (setsockopt(fd, IPPROTO_IP, IP_ADD_MEMBERSHIP, &group, sizeof group) == 0 || errno != EPERM)
		return 2;
	if (send_by(fd, &to, ANOTHER) >= 0 || errno != EPERM)
		return 3;
	return send_by(fd, &to, LOOPBACK) != 1;
}

/* Of a message with an address, that is told as well. */
static void ways_that_no_address_names_are_refused_and_told(void **state)
{
	static const struct {
		enum notify_kind kind;
		const char *call;
		int value;
	} rows[] = {{NOTIFY_REFUSED, "other_way", -EPERM}, {NOTIFY_REFUSED, "join_group", -EPERM}, {NOTIFY_REFUSED, "other_way", -EPERM},
		    {NOTIFY_ATTEMPT, "sendto", -EPERM}, {NOTIFY_ATTEMPT, "sendto", 1}};
	char byte;
	(void)state;
	run(act_elsewhere);
	assert_int_equal(recv(udp, &byte, 1, MSG_DONTWAIT), 1);
	assert_int_equal(recv(udp, &byte, 1, MSG_DONTWAIT), -1);
	assert_int_equal(cage.count, LENGTH(rows));
	for (size_t i = 0; i < cage.count; i++) {
		assert_int_equal(cage.records[i].kind, rows[i].kind);
		assert_string_equal(cage.records[i].call, rows[i].call);
		assert_int_equal(cage.records[i].value, rows[i].value);
	}
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_connect_is_done_and_told),
		cmocka_unit_test(nonsense_is_refused_as_ever),
		cmocka_unit_test(datagrams_are_sent_and_told),
		cmocka_unit_test(descriptors_are_passed_on),
		cmocka_unit_test(paths_are_those_of_the_caller),
		cmocka_unit_test(what_could_go_round_is_refused_and_told),
		cmocka_unit_test(ways_that_no_address_names_are_refused_and_told),
		cmocka_unit_test(one_that_hides_reaches_nobody),
		cmocka_unit_test(an_address_that_changes_is_told_as_it_was_used),
	};
	return cmocka_run_group_tests(tests, cage_setup, cage_teardown);
}
