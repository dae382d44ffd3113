/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * What became of TCP connections: did they come up, and how many bytes of the
 * application did they carry. The task at hand may be anybody's; the cookie tells
 * which attempt it belongs to (a cookie exists only where a hook asked for it).
 */
#include "common.h"

#define STATE_ESTABLISHED 1
#define STATE_SYN_SENT 2
#define STATE_CLOSE 7
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

SEC("tp_btf/inet_sock_set_state")
int BPF_PROG(on_state, const struct sock *sk, int before, int after)
{
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
