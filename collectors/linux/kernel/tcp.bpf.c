/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * What became of TCP connections: did they come up, and how many bytes of the
 * application did they carry. The task at hand may be anybody's; the cookie tells
 * which attempt it belongs to (a cookie exists only where a hook asked for it).
 * And which sockets begin to listen: there the task is whose they are.
 */
#include "enforce.h"

#define STATE_ESTABLISHED 1
#define STATE_SYN_SENT 2
#define STATE_CLOSE 7
#define STATE_LISTEN 10
#define IPPROTO_TCP 6

/* Did it come up while its own thread is still in connect()? Over the loopback and
 * other short ways the answer is taken in within the call, and then the attempt's
 * record tells it. Not where the collector has just told that record itself. */
static __always_inline int is_told_by_attempt(const struct sock *sk, __u64 cookie)
{
	struct slot *slot = slot_owned((__u32)bpf_get_current_pid_tgid());
	if (!slot || slot->state != SLOT_HELD || slot->attempt.cookie != cookie)
		return 0;
	slot->attempt.has |= ATTEMPT_UP;
	if (!slot->attempt.sport)
		slot->attempt.sport = sk->__sk_common.skc_num;
	return *(volatile __u32 *)&slot->state == SLOT_HELD;
}

/* On a port of the session's others are told to connect (attempt()). One that had none yet is
 * given it only behind this: then it is every port. */
static __always_inline void mark_heard(const struct event_listen *e)
{
	struct heard key = {e->netns, e->port, 0};
	__u8 one = 1;
	if (bpf_map_update_elem(&heard, &key, &one, BPF_ANY))
		count(SHARED_MAP_FULL, 1);
}

static __always_inline void begin_listening(struct sock *sk)
{
	__u64 pid_tgid = bpf_get_current_pid_tgid();
	__u16 flags = current_flags(pid_tgid >> 32);
	if (flags & EVENT_SUITE)
		return; /* a canary's, on a port that may be a server's of the session at another time */
	struct event_listen *e = reserve(sizeof *e, EVENT_LISTEN);
	if (!e)
		return;
	set_process(&e->head, pid_tgid, flags);
	e->cookie = bpf_get_socket_cookie(sk);
	e->netns = sk->__sk_common.skc_net.net->net_cookie;
	e->family = sk->__sk_common.skc_family;
	e->port = sk->__sk_common.skc_num;
	e->pad = 0;
	__builtin_memset(e->address, 0, sizeof e->address);
	if (e->family == AF_INET)
		__builtin_memcpy(e->address, &sk->__sk_common.skc_rcv_saddr, 4);
	else
		__builtin_memcpy(e->address, &sk->__sk_common.skc_v6_rcv_saddr, 16);
	bpf_get_current_comm(e->comm, sizeof e->comm);
	if (is_of_session(flags))
		mark_heard(e);
	submit(e);
}

SEC("tp_btf/inet_sock_set_state")
int BPF_PROG(on_state, struct sock *sk, int before, int after)
{
	if (before == STATE_CLOSE && after == STATE_LISTEN)
		begin_listening(sk);
	if (before != STATE_SYN_SENT || (after != STATE_ESTABLISHED && after != STATE_CLOSE))
		return 0;
	__u64 cookie = (__u64)sk->__sk_common.skc_cookie.counter;
	if (!cookie || (after == STATE_ESTABLISHED && is_told_by_attempt(sk, cookie)))
		return 0;
	struct event_state *e = reserve(sizeof *e, EVENT_STATE);
	if (!e)
		return 0;
	e->head.flags = 0;
	e->head.tgid = e->head.tid = e->head.uid = 0;
	e->cookie = cookie;
	e->established = after == STATE_ESTABLISHED;
	e->error = sk->sk_err;
	e->sport = sk->__sk_common.skc_num;
	submit(e);
	return 0;
}

SEC("tp_btf/tcp_destroy_sock")
int BPF_PROG(on_destroy, struct sock *sk)
{
	__u64 cookie = (__u64)sk->__sk_common.skc_cookie.counter;
	if (!cookie)
		return 0;
	struct tcp_sock *tcp = (void *)bpf_skc_to_tcp_sock(sk);
	if (!tcp)
		return 0;
	/* what had to be sent again the kernel counts again (RFC 4898, HCDataOctetsOut) */
	__u64 sent = tcp->bytes_sent, again = tcp->bytes_retrans, received = tcp->bytes_received;
	sent -= again < sent ? again : sent;
	if (!sent && !received)
		return 0;
	struct event_closed *e = reserve(sizeof *e, EVENT_CLOSED);
	if (!e)
		return 0;
	e->head.flags = 0;
	e->head.tgid = e->head.tid = e->head.uid = 0;
	e->cookie = cookie;
	e->bytes_sent = sent;
	e->bytes_received = received;
	submit(e);
	return 0;
}
