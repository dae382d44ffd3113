/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/linux/notify_filter.h"

#include "core/error.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/netlink.h>
#include <netinet/in.h>
#include <sched.h>
#include <stdint.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>

#if defined(__x86_64__)
#define NATIVE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define NATIVE AUDIT_ARCH_AARCH64
#else
#error "the filter knows x86-64 and AArch64"
#endif

enum {
	X32_BIT = 0x40000000, /* of a call's number; other machines have none so large */
	TYPE_BITS = 0xf,      /* of socket()'s second argument; the rest are flags */
	MPTCP = 262,
	UDPLITE = 136,
	BIND_TO_INDEX = 62,  /* SO_BINDTOIFINDEX */
	FLOW_LABEL = 32,     /* IPV6_FLOWLABEL_MGR; linux/in6.h cannot stand beside netinet/in.h */
};

struct program {
	struct sock_filter *at;
	size_t count;
};

static void add(struct program *p, uint16_t code, uint8_t yes, uint8_t no, uint32_t k)
{
	p->at[p->count++] = (struct sock_filter){code, yes, no, k};
}

static void load(struct program *p, size_t offset)
{
	add(p, BPF_LD | BPF_W | BPF_ABS, 0, 0, (uint32_t)offset);
}

/* The lower half of an argument: both machines are little-endian. */
static void load_argument(struct program *p, size_t n, bool upper)
{
	load(p, offsetof(struct seccomp_data, args) + n * sizeof(uint64_t) + (upper ? 4 : 0));
}

static void end_with(struct program *p, uint32_t action)
{
	add(p, BPF_RET | BPF_K, 0, 0, action);
}

static void allow_if(struct program *p, uint32_t value)
{
	add(p, BPF_JMP | BPF_JEQ | BPF_K, 0, 1, value);
	end_with(p, SECCOMP_RET_ALLOW);
}

static void allow_any_of(struct program *p, const uint32_t values[], size_t count)
{
	for (size_t i = 0; i < count; i++)
		allow_if(p, values[i]);
	end_with(p, SECCOMP_RET_USER_NOTIF);
}

/* Without an address nothing new is named: that argument is a register. */
static void on_sendto(struct program *p)
{
	for (int upper = 0; upper < 2; upper++) {
		load_argument(p, 4, upper);
		add(p, BPF_JMP | BPF_JEQ | BPF_K, 1, 0, 0);
		end_with(p, SECCOMP_RET_USER_NOTIF);
	}
	load_argument(p, 3, false);
	add(p, BPF_JMP | BPF_JSET | BPF_K, 0, 1, MSG_FASTOPEN);
	end_with(p, SECCOMP_RET_USER_NOTIF);
	end_with(p, SECCOMP_RET_ALLOW);
}

/* Sockets on which the other calls tell all there is to tell. SCTP and DCCP connect by
 * options, raw and packet sockets carry headers of their own. */
static void on_socket(struct program *p)
{
	static const uint32_t protocols[] = {0, IPPROTO_TCP, IPPROTO_UDP, IPPROTO_ICMP,
					     IPPROTO_ICMPV6, UDPLITE, MPTCP};
	static const uint32_t local[] = {AF_UNIX, AF_ALG};
	load_argument(p, 0, false);
	for (size_t i = 0; i < LENGTH(local); i++)
		allow_if(p, local[i]);
	/* that between processes carries whatever they like, and to whom lies in memory */
	add(p, BPF_JMP | BPF_JEQ | BPF_K, 0, 4, AF_NETLINK);
	load_argument(p, 2, false);
	add(p, BPF_JMP | BPF_JEQ | BPF_K, 0, 1, NETLINK_USERSOCK);
	end_with(p, SECCOMP_RET_USER_NOTIF);
	end_with(p, SECCOMP_RET_ALLOW);
	add(p, BPF_JMP | BPF_JEQ | BPF_K, 2, 0, AF_INET);
	add(p, BPF_JMP | BPF_JEQ | BPF_K, 1, 0, AF_INET6);
	end_with(p, SECCOMP_RET_USER_NOTIF);
	load_argument(p, 1, false);
	add(p, BPF_ALU | BPF_AND | BPF_K, 0, 0, TYPE_BITS);
	add(p, BPF_JMP | BPF_JEQ | BPF_K, 2, 0, SOCK_STREAM);
	add(p, BPF_JMP | BPF_JEQ | BPF_K, 1, 0, SOCK_DGRAM);
	end_with(p, SECCOMP_RET_USER_NOTIF);
	load_argument(p, 2, false);
	allow_any_of(p, protocols, LENGTH(protocols));
}

static void on_socketpair(struct program *p)
{
	static const uint32_t local[] = {AF_UNIX};
	load_argument(p, 0, false);
	allow_any_of(p, local, LENGTH(local));
}

/* Words put into the terminal, for a shell outside to read. */
static void on_ioctl(struct program *p)
{
	load_argument(p, 1, false);
	add(p, BPF_JMP | BPF_JEQ | BPF_K, 0, 1, TIOCSTI);
	end_with(p, SECCOMP_RET_USER_NOTIF);
	end_with(p, SECCOMP_RET_ALLOW);
}

/* Options by which a packet goes elsewhere than its address says (an interface, a route), or by
 * which one is sent (the groups that a host joins are told to routers: RFC 3376, RFC 3810). */
static void on_setsockopt(struct program *p)
{
	static const struct {
		uint32_t level, first, last;
	} options[] = {
		{SOL_SOCKET, SO_BINDTODEVICE, SO_BINDTODEVICE},
		{SOL_SOCKET, BIND_TO_INDEX, BIND_TO_INDEX},
		{IPPROTO_IP, IP_OPTIONS, IP_OPTIONS},
		{IPPROTO_IP, IP_ADD_MEMBERSHIP, MCAST_MSFILTER},
		{IPPROTO_IP, IP_UNICAST_IF, IP_UNICAST_IF},
		{IPPROTO_IPV6, IPV6_2292PKTOPTIONS, IPV6_2292PKTOPTIONS},
		{IPPROTO_IPV6, IPV6_JOIN_GROUP, IPV6_LEAVE_GROUP},
		{IPPROTO_IPV6, IPV6_JOIN_ANYCAST, IPV6_LEAVE_ANYCAST},
		{IPPROTO_IPV6, FLOW_LABEL, FLOW_LABEL},
		{IPPROTO_IPV6, MCAST_JOIN_GROUP, MCAST_MSFILTER},
		{IPPROTO_IPV6, IPV6_PKTINFO, IPV6_PKTINFO},
		{IPPROTO_IPV6, IPV6_RTHDR, IPV6_RTHDR},
		{IPPROTO_IPV6, IPV6_UNICAST_IF, IPV6_UNICAST_IF},
	};
	for (size_t i = 0; i < LENGTH(options); i++) {
		load_argument(p, 1, false);
		add(p, BPF_JMP | BPF_JEQ | BPF_K, 0, 4, options[i].level);
		load_argument(p, 2, false);
		add(p, BPF_JMP | BPF_JGE | BPF_K, 0, 2, options[i].first);
		add(p, BPF_JMP | BPF_JGE | BPF_K, 1, 0, options[i].last + 1);
		end_with(p, SECCOMP_RET_USER_NOTIF);
	}
	end_with(p, SECCOMP_RET_ALLOW);
}

/* Only threads of one process may share its descriptors: then one that has no other thread is alone
 * with them while it waits. */
static void on_clone(struct program *p)
{
	load_argument(p, 0, false);
	add(p, BPF_JMP | BPF_JSET | BPF_K, 0, 2, CLONE_FILES);
	add(p, BPF_JMP | BPF_JSET | BPF_K, 1, 0, CLONE_THREAD);
	end_with(p, SECCOMP_RET_USER_NOTIF);
	end_with(p, SECCOMP_RET_ALLOW);
}

/* Its flags lie in memory; who does not find it takes clone(). */
static void on_clone3(struct program *p)
{
	end_with(p, SECCOMP_RET_ERRNO | ENOSYS);
}

static void on_others(struct program *p)
{
	end_with(p, SECCOMP_RET_USER_NOTIF);
}

static const struct {
	uint32_t number;
	void (*block)(struct program *p); /* ends in an action on every way */
} blocks[] = {
	{SYS_sendto, on_sendto},	 {SYS_sendmsg, on_others},
	{SYS_connect, on_others},	 {SYS_sendmmsg, on_others},
	{SYS_socket, on_socket},	 {SYS_socketpair, on_socketpair},
	{SYS_listen, on_others},	 {SYS_io_uring_setup, on_others},
	{SYS_io_uring_enter, on_others}, {SYS_io_uring_register, on_others},
	{SYS_clone, on_clone},		 {SYS_clone3, on_clone3},
	{SYS_request_key, on_others},	 {SYS_ioctl, on_ioctl},
	{SYS_setsockopt, on_setsockopt},
};

size_t notify_filter(struct sock_filter ret[static NOTIFY_FILTER_MAX])
{
	struct program p = {ret, 0};
	load(&p, offsetof(struct seccomp_data, arch));
	add(&p, BPF_JMP | BPF_JEQ | BPF_K, 1, 0, NATIVE);
	end_with(&p, SECCOMP_RET_USER_NOTIF);
	load(&p, offsetof(struct seccomp_data, nr));
	add(&p, BPF_JMP | BPF_JGE | BPF_K, 0, 1, X32_BIT);
	end_with(&p, SECCOMP_RET_USER_NOTIF);
	for (size_t i = 0; i < LENGTH(blocks); i++) {
		size_t jump = p.count;
		add(&p, BPF_JMP | BPF_JEQ | BPF_K, 0, 0, blocks[i].number);
		blocks[i].block(&p);
		ret[jump].jf = (uint8_t)(p.count - jump - 1);
	}
	end_with(&p, SECCOMP_RET_ALLOW);
	return p.count;
}

bool notify_is_native(const struct seccomp_data *d)
{
	return d->arch == NATIVE && (uint32_t)d->nr < X32_BIT;
}
