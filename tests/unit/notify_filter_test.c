/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "collectors/linux/notify_filter.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/netlink.h>
#include <netinet/in.h>
#include <sched.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>

#if defined(__x86_64__)
#define NATIVE AUDIT_ARCH_X86_64
#else
#define NATIVE AUDIT_ARCH_AARCH64
#endif

static struct sock_filter program[NOTIFY_FILTER_MAX];
static size_t length;

static bool jumps(const struct sock_filter *f, uint32_t a)
{
	switch (BPF_OP(f->code)) {
	case BPF_JEQ:
		return a == f->k;
	case BPF_JGE:
		return a >= f->k;
	case BPF_JSET:
		return (a & f->k) != 0;
	default:
		print_error("a jump of another kind\n");
		assert_true(false);
		return false;
	}
}

/* As the kernel runs it, with every step inside the program. */
static uint32_t run(const struct seccomp_data *d)
{
	uint32_t a = 0;
	for (size_t at = 0; at < length; at++) {
		const struct sock_filter *f = &program[at];
		switch (BPF_CLASS(f->code)) {
		case BPF_LD:
			assert_true(f->k + sizeof a <= sizeof *d);
			memcpy(&a, (const unsigned char *)d + f->k, sizeof a);
			break;
		case BPF_ALU:
			assert_int_equal(BPF_OP(f->code), BPF_AND);
			a &= f->k;
			break;
		case BPF_JMP:
			at += jumps(f, a) ? f->jt : f->jf;
			break;
		case BPF_RET:
			return f->k;
		default:
			print_error("an instruction of another kind\n");
			assert_true(false);
		}
	}
	print_error("it ends without an action\n");
	assert_true(false);
	return 0;
}

static int setup(void **state)
{
	(void)state;
	length = notify_filter(program);
	return length > 0 && length <= NOTIFY_FILTER_MAX ? 0 : -1;
}

static uint32_t action_of(int nr, uint64_t a0, uint64_t a1)
{
	struct seccomp_data d = {.nr = nr, .arch = NATIVE, .args = {a0, a1}};
	return run(&d);
}

static bool asks(int nr, uint64_t a0, uint64_t a1, uint64_t a2, uint64_t a3, uint64_t a4)
{
	struct seccomp_data d = {.nr = nr, .arch = NATIVE, .args = {a0, a1, a2, a3, a4}};
	uint32_t action = run(&d);
	assert_true(action == SECCOMP_RET_ALLOW || action == SECCOMP_RET_USER_NOTIF);
	return action == SECCOMP_RET_USER_NOTIF;
}

static void calls_that_name_a_destination_ask(void **state)
{
	(void)state;
	static const int calls[] = {SYS_connect,	SYS_sendmsg,	    SYS_sendmmsg,
				    SYS_listen,		SYS_io_uring_setup, SYS_io_uring_enter,
				    SYS_io_uring_register};
	for (size_t i = 0; i < LENGTH(calls); i++)
		assert_true(asks(calls[i], 3, 4, 5, 6, 0));
}

static void a_send_asks_where_it_has_an_address(void **state)
{
	(void)state;
	assert_false(asks(SYS_sendto, 3, 0x1000, 5, 0, 0));
	assert_true(asks(SYS_sendto, 3, 0x1000, 5, 0, 1));
	assert_true(asks(SYS_sendto, 3, 0x1000, 5, 0, UINT64_C(1) << 32));
	assert_true(asks(SYS_sendto, 3, 0x1000, 5, MSG_FASTOPEN | MSG_NOSIGNAL, 0));
	assert_false(asks(SYS_sendto, 3, 0x1000, 5, MSG_NOSIGNAL, 0));
}

static void sockets_that_others_watch_ask(void **state)
{
	(void)state;
	static const struct {
		int family, type, protocol;
		bool asks;
	} rows[] = {
		{AF_INET, SOCK_STREAM, 0, false},
		{AF_INET6, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, IPPROTO_TCP, false},
		{AF_INET, SOCK_DGRAM, IPPROTO_UDP, false},
		{AF_INET, SOCK_DGRAM, IPPROTO_ICMP, false},
		{AF_INET6, SOCK_STREAM, 262, false},
		{AF_UNIX, SOCK_SEQPACKET, 0, false},
		{AF_NETLINK, SOCK_RAW, NETLINK_ROUTE, false},
		{AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG, false},
		{AF_NETLINK, SOCK_RAW, NETLINK_USERSOCK, true},
		{AF_INET, SOCK_RAW, IPPROTO_ICMP, true},
		{AF_INET6, SOCK_RAW, IPPROTO_RAW, true},
		{AF_INET, SOCK_PACKET, 3, true},
		{AF_INET, SOCK_STREAM, IPPROTO_SCTP, true},
		{AF_INET, SOCK_SEQPACKET, 0, true},
		{AF_INET, SOCK_DCCP, 0, true},
		{AF_INET, SOCK_DGRAM, 255, true},
		{AF_PACKET, SOCK_DGRAM, 0, true},
		{AF_VSOCK, SOCK_STREAM, 0, true},
		{AF_BLUETOOTH, SOCK_STREAM, 3, true},
		{-1, SOCK_STREAM, 0, true},
	};
	for (size_t i = 0; i < LENGTH(rows); i++)
		assert_int_equal(asks(SYS_socket, (uint32_t)rows[i].family, (uint32_t)rows[i].type,
				      (uint32_t)rows[i].protocol, 0, 0),
				 rows[i].asks);
	/* the kernel takes an int: what stands above it does not count */
	assert_true(asks(SYS_socket, UINT64_C(1) << 32 | AF_PACKET, SOCK_RAW, 0, 0, 0));
	assert_false(asks(SYS_socketpair, AF_UNIX, SOCK_STREAM, 0, 0, 0));
	assert_true(asks(SYS_socketpair, AF_INET, SOCK_STREAM, 0, 0, 0));
}

/* A key may be fetched by a program of root's; the terminal is read by a shell outside. */
static void ways_to_others_ask(void **state)
{
	(void)state;
	assert_true(asks(SYS_request_key, 1, 2, 3, 4, 0));
	assert_true(asks(SYS_ioctl, 0, TIOCSTI, 1, 0, 0));
	assert_true(asks(SYS_ioctl, 0, UINT64_C(1) << 32 | TIOCSTI, 1, 0, 0));
	assert_false(asks(SYS_ioctl, 0, TIOCGWINSZ, 1, 0, 0));
}

/* By which a packet goes elsewhere than its address says, or is sent at all. */
static void options_that_lead_elsewhere_ask(void **state)
{
	(void)state;
	static const struct {
		int level, option;
		bool asks;
	} rows[] = {
		{SOL_SOCKET, SO_BINDTODEVICE, true},
		{SOL_SOCKET, 62 /* SO_BINDTOIFINDEX */, true},
		{SOL_SOCKET, SO_REUSEADDR, false},
		{SOL_SOCKET, SO_BROADCAST, false},
		{IPPROTO_IP, IP_OPTIONS, true},
		{IPPROTO_IP, IP_UNICAST_IF, true},
		{IPPROTO_IP, IP_MULTICAST_IF, false},
		{IPPROTO_IP, IP_TTL, false},
		{IPPROTO_IP, IP_ADD_MEMBERSHIP, true},
		{IPPROTO_IP, IP_ADD_SOURCE_MEMBERSHIP, true},
		{IPPROTO_IP, MCAST_JOIN_SOURCE_GROUP, true},
		{IPPROTO_IP, MCAST_MSFILTER, true},
		{IPPROTO_IP, IP_MULTICAST_ALL, false},
		{IPPROTO_IPV6, IPV6_RTHDR, true},
		{IPPROTO_IPV6, IPV6_RECVRTHDR, false},
		{IPPROTO_IPV6, IPV6_2292PKTOPTIONS, true},
		{IPPROTO_IPV6, IPV6_PKTINFO, true},
		{IPPROTO_IPV6, IPV6_RECVPKTINFO, false},
		{IPPROTO_IPV6, IPV6_UNICAST_IF, true},
		{IPPROTO_IPV6, 32 /* IPV6_FLOWLABEL_MGR */, true},
		{IPPROTO_IPV6, IPV6_JOIN_GROUP, true},
		{IPPROTO_IPV6, IPV6_JOIN_ANYCAST, true},
		{IPPROTO_IPV6, MCAST_JOIN_GROUP, true},
		{IPPROTO_IPV6, IPV6_V6ONLY, false},
		{IPPROTO_TCP, IP_OPTIONS, false},
	};
	for (size_t i = 0; i < LENGTH(rows); i++)
		assert_int_equal(asks(SYS_setsockopt, 3, (uint32_t)rows[i].level, (uint32_t)rows[i].option, 0x1000, 4), rows[i].asks);
	assert_true(asks(SYS_setsockopt, 3, UINT64_C(1) << 32 | SOL_SOCKET, SO_BINDTODEVICE, 0x1000, 4));
}

/* Whoever has no other thread has its descriptors to itself. */
static void descriptors_are_shared_by_threads_alone(void **state)
{
	(void)state;
	assert_false(asks(SYS_clone, CLONE_VM | CLONE_VFORK | SIGCHLD, 0, 0, 0, 0));
	assert_false(asks(SYS_clone, CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD, 0, 0, 0, 0));
	assert_true(asks(SYS_clone, CLONE_FILES | SIGCHLD, 0, 0, 0, 0));
	assert_true(asks(SYS_clone, CLONE_VM | CLONE_FILES, 0, 0, 0, 0));
	assert_int_equal(action_of(SYS_clone3, 0, 0), SECCOMP_RET_ERRNO | ENOSYS);
}

static void calls_of_other_machines_ask(void **state)
{
	(void)state;
	struct seccomp_data d = {.nr = SYS_getpid, .arch = AUDIT_ARCH_I386};
	assert_int_equal(run(&d), SECCOMP_RET_USER_NOTIF);
	assert_false(notify_is_native(&d));
	d.arch = NATIVE;
	assert_int_equal(run(&d), SECCOMP_RET_ALLOW);
	assert_true(notify_is_native(&d));
	d.nr |= 0x40000000; /* x32 */
	assert_int_equal(run(&d), SECCOMP_RET_USER_NOTIF);
	assert_false(notify_is_native(&d));
}

/* Every other number, whatever its arguments. */
static void all_else_passes(void **state)
{
	(void)state;
	size_t asking = 0;
	for (int nr = 0; nr < 1024; nr++)
		if (nr != SYS_clone3)
			asking += asks(nr, AF_PACKET, SOCK_RAW, 255, 0, 1);
	assert_int_equal(asking, 11); /* those of the tests above, and no other */
	assert_false(asks(SYS_write, 3, 4, 5, 6, 7));
	assert_false(asks(SYS_execve, 3, 4, 5, 6, 7));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(calls_that_name_a_destination_ask),
		cmocka_unit_test(a_send_asks_where_it_has_an_address),
		cmocka_unit_test(sockets_that_others_watch_ask),
		cmocka_unit_test(ways_to_others_ask),
		cmocka_unit_test(options_that_lead_elsewhere_ask),
		cmocka_unit_test(descriptors_are_shared_by_threads_alone),
		cmocka_unit_test(calls_of_other_machines_ask),
		cmocka_unit_test(all_else_passes),
	};
	return cmocka_run_group_tests(tests, setup, NULL);
}
