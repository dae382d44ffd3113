/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * Groups that the session joins. The kernel tells routers of each, in a packet that belongs
 * to nobody and names a group, or sources, that the session chose (RFC 3376, 4.2; RFC 3810,
 * 5.2). The hook of the root cgroup that sees every setsockopt(), also through io_uring, and
 * what it sees is what the kernel uses (kernel 6.1 and later: before, it may not ask who calls).
 */
#include "enforce.h"

#define SOL_IP 0
#define SOL_IPV6 41
#define IPPROTO_IGMP 2
#define IPPROTO_ICMPV6 58
#define EPERM 1

/* Options and where the group stands in what they take (ip(7), ipv6(7), RFC 3678). */
#define IP_ADD_MEMBERSHIP 35	    /* struct ip_mreqn: group, address, interface */
#define IP_UNBLOCK_SOURCE 37	    /* up to 40, struct ip_mreq_source: group, address, source */
#define IP_MSFILTER 41		    /* struct ip_msfilter: group, address */
#define IPV6_ADD_MEMBERSHIP 20	    /* struct ipv6_mreq: group, interface */
#define MCAST_JOIN_GROUP 42	    /* struct group_req: interface, sockaddr_storage from 8 on; */
#define MCAST_LEAVE_GROUP 45	    /* all of 42 to 48 begin so */
#define MCAST_MSFILTER 48
#define GROUP_AT 8

struct group {
	__u16 family;
	__u32 address[4];
	__u32 interface, by; /* its number, or its IPv4 address; 0: not named */
};

static __always_inline int read_word(const struct bpf_sockopt *ctx, __u32 at, __u32 *ret)
{
	const char *from = ctx->optval, *end = ctx->optval_end;
	if (from + at + sizeof *ret > end)
		return 0;
	*ret = *(const __u32 *)(from + at);
	return 1;
}

static __always_inline int read_v6(const struct bpf_sockopt *ctx, __u32 at, struct group *ret)
{
	ret->family = AF_INET6;
	return read_word(ctx, at, &ret->address[0]) && read_word(ctx, at + 4, &ret->address[1]) &&
	       read_word(ctx, at + 8, &ret->address[2]) && read_word(ctx, at + 12, &ret->address[3]);
}

static __always_inline int read_v4(const struct bpf_sockopt *ctx, __u32 at, struct group *ret)
{
	ret->family = AF_INET;
	return read_word(ctx, at, &ret->address[0]);
}

static __always_inline int read_old(const struct bpf_sockopt *ctx, struct group *ret)
{
	return read_v4(ctx, 0, ret) && read_word(ctx, 4, &ret->by);
}

/* sockaddr_in and sockaddr_in6: the family, then the address at 4 or 8. */
static __always_inline int read_any(const struct bpf_sockopt *ctx, struct group *ret)
{
	__u32 family;
	if (!read_word(ctx, 0, &ret->interface) || !read_word(ctx, GROUP_AT, &family))
		return 0;
	return (__u16)family == AF_INET ? read_v4(ctx, GROUP_AT + 4, ret) : read_v6(ctx, GROUP_AT + 8, ret);
}

/* True where the option makes the host tell of a group. */
static __always_inline int read_group(const struct bpf_sockopt *ctx, struct group *ret)
{
	__s32 level = ctx->level, option = ctx->optname;
	if (level != SOL_IP && level != SOL_IPV6)
		return 0;
	if (option >= MCAST_JOIN_GROUP && option <= MCAST_MSFILTER && option != MCAST_LEAVE_GROUP)
		return read_any(ctx, ret);
	if (level == SOL_IPV6)
		return option == IPV6_ADD_MEMBERSHIP && read_v6(ctx, 0, ret) && read_word(ctx, 16, &ret->interface);
	if (option == IP_ADD_MEMBERSHIP) {
		read_word(ctx, 8, &ret->interface); /* the short form has none */
		return read_old(ctx, ret);
	}
	return option >= IP_UNBLOCK_SOURCE && option <= IP_MSFILTER && read_old(ctx, ret);
}

/* Of the group of all hosts, and of those that stay on the host, nobody is told
 * (RFC 3376, 6; RFC 3810, 6), and the loopback tells nobody. */
static __always_inline int is_silent(const struct group *g)
{
	if (g->interface == 1 || (!g->interface && bpf_ntohl(g->by) >> 24 == 127))
		return 1;
	if (g->family == AF_INET)
		return g->address[0] == bpf_htonl(0xe0000001);
	if ((bpf_ntohl(g->address[0]) >> 16 & 15) < 2)
		return 1;
	return g->address[0] == bpf_htonl(0xff020000) && !(g->address[1] | g->address[2]) && g->address[3] == bpf_htonl(1);
}

static __always_inline void describe(struct event_attempt *e, const struct group *g, __u64 pid_tgid, __u16 flags,
				     int refused)
{
	set_process(&e->head, pid_tgid, flags);
	e->cookie = e->netns = 0;
	e->call = CALL_JOIN;
	e->family = g->family;
	e->proto = g->family == AF_INET ? IPPROTO_IGMP : IPPROTO_ICMPV6;
	e->type = e->dport = e->sport = e->pad = 0;
	e->has = refused ? ATTEMPT_VALUE : 0;
	e->value = refused ? -EPERM : 0;
	e->ifindex = e->size = e->pad2 = 0;
	__builtin_memset(e->src, 0, sizeof e->src);
	__builtin_memcpy(e->dst, g->address, sizeof e->dst);
	bpf_get_current_comm(e->comm, sizeof e->comm);
}

/* 0 refuses it. */
static __always_inline int join(const struct bpf_sockopt *ctx)
{
	struct group g = {};
	if (!read_group(ctx, &g) || is_silent(&g))
		return 1;
	__u64 pid_tgid = bpf_get_current_pid_tgid();
	__u16 flags = current_flags(pid_tgid >> 32);
	if ((flags & EVENT_SUITE) || !is_wanted(flags))
		return 1;
	int refused = is_refused(flags, g.family, g.address, g.family == AF_INET ? IPPROTO_IGMP : IPPROTO_ICMPV6, 0);
	struct event_attempt *e = reserve(sizeof *e, EVENT_ATTEMPT);
	if (!e)
		return !refused && unrecorded(flags);
	describe(e, &g, pid_tgid, flags, refused);
	submit(e);
	return !refused;
}

SEC("cgroup/setsockopt")
int on_setsockopt(struct bpf_sockopt *ctx)
{
	int goes_on = join(ctx);
	/* of what is longer than a page only the beginning is here: the kernel takes the caller's own */
	if (ctx->optlen > (long)(ctx->optval_end - ctx->optval))
		ctx->optlen = 0;
	return goes_on;
}
