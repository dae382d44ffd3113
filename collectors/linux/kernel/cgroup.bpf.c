/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * The hooks of the root cgroup: every connect, every send with an address, every
 * socket of an unusual kind, and the first packet of every socket to each of its
 * destinations. Required: without them the kernel witness sees nothing.
 */
#include "enforce.h"

#define PF_IO_WORKER 0x10 /* a thread that the kernel keeps for io_uring */
#define LOOPBACK_IFINDEX 1 /* in every network namespace */
#define IPPROTO_TCP 6
#define IPPROTO_UDP 17
#define IPPROTO_HOPOPTS 0
#define IPPROTO_ICMPV6 58
#define SOCK_STREAM 1
#define SOCK_DGRAM 2
#define EPERM 1

/* Marks of (socket, destination) pairs that were reported. Two pairs that fall on
 * one place push each other out and are reported again, never not at all. */
#define LEFT_SLOTS 16384

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, LEFT_SLOTS);
	__type(key, __u32);
	__type(value, __u64);
} left SEC(".maps");

static __always_inline __u16 call_of(__u16 otherwise)
{
	struct task_struct *task = (void *)bpf_get_current_task();
	return BPF_CORE_READ(task, flags) & PF_IO_WORKER ? CALL_URING : otherwise;
}

static __always_inline void describe(struct event_attempt *e, struct bpf_sock_addr *ctx,
				     __u16 family, const __u32 dst[4], __u16 call, __u64 pid_tgid,
				     __u16 flags, int refused)
{
	e->head.mono_ns = bpf_ktime_get_ns();
	e->head.kind = EVENT_ATTEMPT;
	set_process(&e->head, pid_tgid, flags);
	e->cookie = bpf_get_socket_cookie(ctx);
	e->netns = bpf_get_netns_cookie(ctx);
	e->call = call_of(call);
	e->family = family;
	e->proto = (__u16)ctx->protocol;
	e->type = (__u16)ctx->type;
	e->dport = bpf_ntohs((__u16)ctx->user_port);
	e->sport = e->pad = 0;
	e->has = refused ? ATTEMPT_VALUE : 0;
	e->value = refused ? -EPERM : 0;
	e->ifindex = e->size = e->pad2 = 0;
	__builtin_memset(e->src, 0, sizeof e->src);
	__builtin_memcpy(e->dst, dst, sizeof e->dst);
	bpf_get_current_comm(e->comm, sizeof e->comm);
}

/* A slot to hold the attempt in: for connect() the one that the entry of the system
 * call took (through io_uring there is none), for a send a new one. */
static __always_inline struct slot *slot_for(__u32 tid, __u16 call)
{
	if (call == CALL_SEND)
		return setting(SHARED_HOLD_SEND) ? slot_take(tid, SLOT_ARMED) : 0;
	struct slot *slot = setting(SHARED_HOLD_CONNECT) ? slot_owned(tid) : 0;
	return slot && slot->state == SLOT_ARMED ? slot : 0;
}

/* Where what is not recorded is refused, its first packet needs room as well: that would be dropped
 * without a word, and the call wait for a second until it is sent again. */
static __always_inline int is_crowded(__u16 flags)
{
	if (!setting(SHARED_FAIL_CLOSED) || !is_of_session(flags))
		return 0;
	__u64 used = bpf_ringbuf_query(&events, BPF_RB_AVAIL_DATA);
	__u64 needed = sizeof(struct event_attempt) + sizeof(struct event_egress) + 2 * BPF_RINGBUF_HDR_SZ;
	if (used + needed <= bpf_ringbuf_query(&events, BPF_RB_RING_SIZE))
		return 0;
	count(SHARED_LOST + EVENT_ATTEMPT, 1);
	return 1;
}

/* Does the session listen there (begin_listening())? */
static __always_inline int is_heard(struct bpf_sock_addr *ctx)
{
	struct heard key = {bpf_get_netns_cookie(ctx), bpf_ntohs((__u16)ctx->user_port), 0}, any = {key.netns, 0, 0};
	return ctx->type == SOCK_STREAM && (bpf_map_lookup_elem(&heard, &key) || bpf_map_lookup_elem(&heard, &any));
}

static __always_inline int attempt(struct bpf_sock_addr *ctx, __u16 family, __u16 call)
{
	__u32 dst[4] = {};
	if (family == AF_INET) {
		dst[0] = ctx->user_ip4;
	} else {
		dst[0] = ctx->user_ip6[0];
		dst[1] = ctx->user_ip6[1];
		dst[2] = ctx->user_ip6[2];
		dst[3] = ctx->user_ip6[3];
	}
	__u64 pid_tgid = bpf_get_current_pid_tgid();
	__u16 flags = current_flags(pid_tgid >> 32);
	/* what others do on the loopback is nobody's business, unless they call the session */
	int near = is_loopback(family, dst);
	if (near && !is_wanted(flags) && !is_heard(ctx))
		return 1;
	__u8 proto = ctx->type == SOCK_STREAM ? IPPROTO_TCP : (__u8)ctx->protocol; /* MPTCP is TCP to others */
	int refused = !near && is_refused(flags, family, dst, proto, bpf_ntohs((__u16)ctx->user_port));

	struct slot *slot = slot_for((__u32)pid_tgid, call);
	if (slot) {
		describe(&slot->attempt, ctx, family, dst, call, pid_tgid, flags, refused);
		slot->state = SLOT_HELD;
		return !refused;
	}
	struct event_attempt *e = is_crowded(flags) ? 0 : reserve(sizeof *e, EVENT_ATTEMPT);
	if (!e)
		return !refused && unrecorded(flags);
	describe(e, ctx, family, dst, call, pid_tgid, flags, refused);
	submit(e);
	return !refused;
}

SEC("cgroup/connect4")
int on_connect4(struct bpf_sock_addr *ctx)
{
	return attempt(ctx, AF_INET, CALL_CONNECT);
}

SEC("cgroup/connect6")
int on_connect6(struct bpf_sock_addr *ctx)
{
	return attempt(ctx, AF_INET6, CALL_CONNECT);
}

SEC("cgroup/sendmsg4")
int on_sendmsg4(struct bpf_sock_addr *ctx)
{
	return attempt(ctx, AF_INET, CALL_SEND);
}

SEC("cgroup/sendmsg6")
int on_sendmsg6(struct bpf_sock_addr *ctx)
{
	return attempt(ctx, AF_INET6, CALL_SEND);
}

/* TCP and UDP are seen when they are used; anything else is noted when it is
 * made, for its sends carry no address that a hook would see. */
SEC("cgroup/sock_create")
int on_sock_create(struct bpf_sock *ctx)
{
	if ((ctx->type == SOCK_STREAM && (ctx->protocol == IPPROTO_TCP || ctx->protocol == 0)) ||
	    (ctx->type == SOCK_DGRAM && (ctx->protocol == IPPROTO_UDP || ctx->protocol == 0)))
		return 1;
	__u64 pid_tgid = bpf_get_current_pid_tgid();
	__u16 flags = current_flags(pid_tgid >> 32);
	struct event_socket *e = reserve(sizeof *e, EVENT_SOCKET);
	if (!e)
		return unrecorded(flags);
	set_process(&e->head, pid_tgid, flags);
	e->cookie = bpf_get_socket_cookie(ctx);
	e->family = (__u16)ctx->family;
	e->proto = (__u16)ctx->protocol;
	e->type = (__u16)ctx->type;
	e->pad = 0;
	bpf_get_current_comm(e->comm, sizeof e->comm);
	submit(e);
	return 1;
}

struct addresses {
	__u8 src[16], dst[16];
	__u16 family, proto, sport, dport, icmp6;
};

/* The first bytes of a packet, from its IP header on (RFC 791, 3.1; RFC 8200,
 * section 3). Headers of what this machine sends lie in one piece. Of IPv6 extension
 * headers only the short one of hop-by-hop options is followed, which tells routers of
 * group membership (RFC 2711): otherwise the cookie ties a packet to its attempt. */
struct headers {
	union {
		struct {
			__u8 version, tos;
			__u16 length, id, fragment;
			__u8 ttl, proto;
			__u16 checksum;
			__u32 src, dst;
		} v4;
		struct {
			__u32 version;
			__u16 length;
			__u8 proto, hops;
			__u32 src[4], dst[4];
		} v6;
	};
};

static __always_inline void read_ports(const void *transport, const void *end, struct addresses *a,
				       __u8 *ret_tcp_flags)
{
	const __u16 *ports = transport;
	if (a->proto == IPPROTO_TCP && transport + 14 <= end)
		*ret_tcp_flags = ((const __u8 *)transport)[13];
	if (a->proto == IPPROTO_ICMPV6 && transport + 1 <= end)
		a->icmp6 = ((const __u8 *)transport)[0] + 1;
	if ((a->proto == IPPROTO_TCP || a->proto == IPPROTO_UDP) && transport + 4 <= end) {
		a->sport = bpf_ntohs(ports[0]);
		a->dport = bpf_ntohs(ports[1]);
	}
}

static __always_inline int read_headers(struct __sk_buff *skb, struct addresses *a,
					__u8 *ret_tcp_flags)
{
	const void *at = (const void *)(long)skb->data, *end = (const void *)(long)skb->data_end;
	const struct headers *h = at;
	if (at + 20 > end)
		return 0;
	if (h->v4.version >> 4 == 4) {
		a->family = AF_INET;
		a->proto = h->v4.proto;
		__builtin_memcpy(a->src, &h->v4.src, 4);
		__builtin_memcpy(a->dst, &h->v4.dst, 4);
		read_ports(at + (h->v4.version & 15) * 4, end, a, ret_tcp_flags);
		return 1;
	}
	if (at + 40 > end)
		return 0;
	a->family = AF_INET6;
	a->proto = h->v6.proto;
	__builtin_memcpy(a->src, h->v6.src, 16);
	__builtin_memcpy(a->dst, h->v6.dst, 16);
	const __u8 *options = at + 40;
	if (a->proto == IPPROTO_HOPOPTS && at + 48 <= end && options[1] == 0) {
		a->proto = options[0];
		at += 8;
	}
	read_ports(at + 40, end, a, ret_tcp_flags);
	return 1;
}

static __always_inline int is_repeated(__u64 cookie, const struct addresses *a)
{
	const __u64 *to = (const void *)a->dst;
	__u64 mark = (cookie * 31 + to[0]) * 31 + to[1] * 17 + a->dport + 1;
	__u32 slot = (__u32)((mark * 0x9E3779B97F4A7C15ull) >> 50);
	__u64 *seen = bpf_map_lookup_elem(&left, &slot);
	if (!seen || *seen == mark)
		return seen != 0;
	*seen = mark;
	return 0;
}

/* TCP tells by itself which packet is the first: SYN, or SYN and ACK of the
 * session answering somebody (RFC 9293, 3.1). What follows is only counted. */
#define TCP_SYN 2
#define TCP_ACK 16

static __always_inline int is_news(__u64 cookie, const struct addresses *a, __u8 tcp_flags,
				   __u16 flags)
{
	if (a->proto != IPPROTO_TCP)
		return !is_repeated(cookie, a);
	return !(tcp_flags & TCP_ACK) || flags;
}

/* The packet of an attempt that this very thread is making: it goes into the
 * attempt's own record, which is told when the call returns, or by the collector
 * when that takes long. Of a socket that the session made and another process uses
 * both are told, the attempt first, or nothing would say whose socket it was. */
static __always_inline int is_held(struct __sk_buff *skb, __u64 cookie, const struct addresses *a, __u16 flags)
{
	struct slot *slot = slot_owned((__u32)bpf_get_current_pid_tgid());
	if (!slot || slot->state != SLOT_HELD || slot->attempt.cookie != cookie)
		return 0;
	struct event_attempt *e = &slot->attempt;
	if ((flags & EVENT_IN_CGROUP) && !(e->head.flags & EVENT_IN_CGROUP)) {
		slot_tell(slot);
		return 0;
	}
	e->has |= ATTEMPT_LEFT;
	e->ifindex = skb->ifindex;
	e->size = skb->len;
	e->sport = a->sport;
	__builtin_memcpy(e->src, a->src, sizeof e->src);
	return 1;
}

/* The current task is whoever had the processor: no process is named. */
static __always_inline int tell_packet(struct __sk_buff *skb, __u16 kind, __u64 cookie, const struct addresses *a,
				       __u16 flags)
{
	struct event_egress *e = reserve(sizeof *e, kind);
	if (!e)
		return 0;
	e->head.tgid = e->head.tid = e->head.uid = 0;
	e->head.flags = flags;
	e->cookie = cookie;
	e->ifindex = skb->ifindex;
	e->size = skb->len;
	e->family = a->family;
	e->proto = a->proto;
	e->sport = a->sport;
	e->dport = a->dport;
	__builtin_memcpy(e->src, a->src, sizeof e->src);
	__builtin_memcpy(e->dst, a->dst, sizeof e->dst);
	e->icmp6 = a->icmp6;
	e->pad[0] = e->pad[1] = e->pad[2] = 0;
	submit(e);
	return 1;
}

SEC("cgroup_skb/egress")
int on_egress(struct __sk_buff *skb)
{
	__u16 flags = 0;
	__u8 tcp_flags = 0;
	__u64 cookie = 0;
	struct addresses a = {};
	if (skb->ifindex == LOOPBACK_IFINDEX) {
		/* of the loopback only our own canaries, to show that this program lives */
		if (bpf_get_current_pid_tgid() >> 32 != setting(SHARED_SUITE))
			return 1;
		flags = EVENT_SUITE;
	} else {
		__u64 cgroup = setting(SHARED_CGROUP);
		if (cgroup &&
		    bpf_skb_ancestor_cgroup_id(skb, (int)setting(SHARED_LEVEL)) == cgroup) {
			flags = EVENT_IN_CGROUP;
		}
	}
	int known = read_headers(skb, &a, &tcp_flags);
	if (flags == EVENT_IN_CGROUP) {
		if (is_refused(flags, a.family, a.dst, a.proto, a.dport)) {
			count(SHARED_DENIED, 1);
			cookie = bpf_get_socket_cookie(skb);
			if (!is_repeated(cookie, &a))
				tell_packet(skb, EVENT_DROPPED, cookie, &a, flags);
			return 0;
		}
		count(SHARED_SESSION_PACKETS, 1);
		count(SHARED_SESSION_BYTES, skb->len);
	}
	if (!known)
		return 1;
	if (a.proto == IPPROTO_TCP && !(tcp_flags & TCP_SYN))
		return 1; /* no first packet: such are most, and were counted */
	cookie = bpf_get_socket_cookie(skb);
	if (is_held(skb, cookie, &a, flags) || !is_news(cookie, &a, tcp_flags, flags))
		return 1;

	return tell_packet(skb, EVENT_EGRESS, cookie, &a, flags) || unrecorded(flags);
}
