/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * What sends returned (kernel 6.3 and later): it ends the record of a send with an
 * address, and is a record of its own for one without. A send that a firewall refused
 * reaches no egress hook; here it shows. So does a socket that the session never
 * opened: one that was inherited, passed in by another process, or accepted.
 */
#include "common.h"

#define IPPROTO_TCP 6
#define IPPROTO_MPTCP 262
#define SOCK_STREAM 1

/* Marks of (socket, peer, process) that were told. What falls on one place pushes the
 * other out and is told again, never not at all. */
#define TOLD_SLOTS 4096

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, TOLD_SLOTS);
	__type(key, __u32);
	__type(value, __u64);
} told SEC(".maps");

static __always_inline int is_told(__u64 cookie, __u32 tgid, __u32 peer, __u16 dport)
{
	__u64 mark = ((cookie * 31 + tgid) * 31 + peer) * 31 + dport + 1;
	__u32 at = (__u32)((mark * 0x9E3779B97F4A7C15ull) >> 52);
	__u64 *seen = bpf_map_lookup_elem(&told, &at);
	if (!seen || *seen == mark)
		return seen != 0;
	*seen = mark;
	return 0;
}

static __always_inline void read_peer(const struct sock *sk, __u16 family, __u32 ret[4])
{
	if (family == AF_INET)
		ret[0] = sk->__sk_common.skc_daddr;
	else
		__builtin_memcpy(ret, &sk->__sk_common.skc_v6_daddr, 16);
}

static __always_inline void tell_sent(struct sock *sk, int value, const __u32 dst[4],
				      __u64 pid_tgid, __u16 who)
{
	struct event_sent *e = reserve(sizeof *e, EVENT_SENT);
	if (!e)
		return;
	set_process(&e->head, pid_tgid, who);
	e->cookie = bpf_get_socket_cookie(sk);
	e->value = value;
	e->family = sk->__sk_common.skc_family;
	e->proto = sk->sk_protocol;
	e->dport = bpf_ntohs(sk->__sk_common.skc_dport);
	e->sport = sk->__sk_common.skc_num;
	e->pad = 0;
	__builtin_memcpy(e->dst, dst, sizeof e->dst);
	bpf_get_current_comm(e->comm, sizeof e->comm);
	submit(e);
}

/* A family that the entry of socket() may not have shown: made through io_uring or a
 * 32-bit system call, or passed in. */
static __always_inline void tell_family(const struct sock *sk, __u64 pid_tgid, __u16 who)
{
	struct event_socket *e = reserve(sizeof *e, EVENT_SOCKET);
	if (!e)
		return;
	set_process(&e->head, pid_tgid, who);
	e->cookie = 0;
	e->family = sk->__sk_common.skc_family;
	e->type = sk->sk_type;
	e->proto = sk->sk_protocol;
	e->pad = 0;
	bpf_get_current_comm(e->comm, sizeof e->comm);
	submit(e);
}

/* Of a message that named a Unix socket (enter_send()): it is told there, and here that it failed. */
static __always_inline void end_unix(int value, __u64 pid_tgid)
{
	struct slot *slot = slot_owned((__u32)pid_tgid);
	if (!slot || slot->state != SLOT_ARMED)
		return;
	slot_release(slot);
	if (value < 0)
		tell_result(value, pid_tgid);
}

SEC("tp_btf/sock_send_length")
int BPF_PROG(on_send, struct sock *sk, int value, int flags)
{
	__u16 family = sk->__sk_common.skc_family, proto = sk->sk_protocol;
	__u64 pid_tgid = bpf_get_current_pid_tgid();
	__u32 tgid = pid_tgid >> 32, dst[4] = {};
	if (family != AF_INET && family != AF_INET6) {
		if (family == AF_UNIX)
			end_unix(value, pid_tgid);
		if (is_usual(family, proto))
			return 0;
		__u16 who = current_flags(tgid);
		if (is_wanted(who) && !(who & EVENT_SUITE) && !is_told(bpf_get_socket_cookie(sk), tgid, 0, 0))
			tell_family(sk, pid_tgid, who);
		return 0;
	}
	read_peer(sk, family, dst);
	__u16 dport = bpf_ntohs(sk->__sk_common.skc_dport);
	int stream = sk->sk_type == SOCK_STREAM && (proto == IPPROTO_TCP || proto == IPPROTO_MPTCP);
	/* a stream to this machine itself, or one that goes nowhere yet */
	if (stream && is_loopback(family, dst))
		return 0;
	struct slot *slot = stream ? 0 : slot_owned((__u32)pid_tgid);
	/* one that is only armed holds no send: a message to a Unix socket that failed on its way here left it */
	if (slot && slot->state != SLOT_ARMED && slot->attempt.call != CALL_CONNECT) {
		slot->attempt.value = value;
		slot->attempt.has |= ATTEMPT_VALUE;
		if (!slot->attempt.sport)
			slot->attempt.sport = sk->__sk_common.skc_num;
		slot_tell(slot);
		slot_release(slot);
		return 0;
	}
	__u16 who = current_flags(tgid);
	if (!is_wanted(who))
		return 0;
	/* datagrams to this machine itself would only fill the ring; of a stream the
	 * first write says all */
	if (dport && is_loopback(family, dst) && !(who & EVENT_SUITE))
		return 0;
	if (stream && is_told(bpf_get_socket_cookie(sk), tgid, dst[0] ^ dst[3], dport))
		return 0;
	tell_sent(sk, value, dst, pid_tgid, who);
	return 0;
}
