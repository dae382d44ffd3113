/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * What sends on sockets other than TCP returned (kernel 6.3 and later): it ends the
 * record of a send with an address, and is a record of its own for one without. A
 * send that a firewall refused reaches no egress hook; here it shows.
 */
#include "common.h"

#define IPPROTO_TCP 6

SEC("tp_btf/sock_send_length")
int BPF_PROG(on_send, struct sock *sk, int value, int flags)
{
	__u16 family = sk->__sk_common.skc_family;
	if ((family != AF_INET && family != AF_INET6) || sk->sk_protocol == IPPROTO_TCP)
		return 0;
	__u64 pid_tgid = bpf_get_current_pid_tgid();
	struct slot *slot = slot_owned((__u32)pid_tgid);
	if (slot && slot->attempt.call != CALL_CONNECT) {
		slot->attempt.value = value;
		slot->attempt.has |= ATTEMPT_VALUE;
		if (!slot->attempt.sport)
			slot->attempt.sport = sk->__sk_common.skc_num;
		slot_tell(slot);
		slot_release(slot);
		return 0;
	}
	__u16 who = current_flags(pid_tgid >> 32);
	__u32 dst[4] = {};
	if (family == AF_INET)
		dst[0] = sk->__sk_common.skc_daddr;
	else
		__builtin_memcpy(dst, &sk->__sk_common.skc_v6_daddr, sizeof dst);
	__u16 dport = bpf_ntohs(sk->__sk_common.skc_dport);
	if (!is_wanted(who))
		return 0;
	/* a stream of datagrams to this machine itself would only fill the ring */
	if (dport && is_loopback(family, dst) && !(who & EVENT_SUITE))
		return 0;
	struct event_sent *e = reserve(sizeof *e, EVENT_SENT);
	if (!e)
		return 0;
	set_process(&e->head, pid_tgid, who);
	e->cookie = (__u64)sk->__sk_common.skc_cookie.counter;
	e->value = value;
	e->family = family;
	e->proto = sk->sk_protocol;
	e->dport = dport;
	e->sport = sk->__sk_common.skc_num;
	e->pad = 0;
	__builtin_memcpy(e->dst, dst, sizeof dst);
	bpf_get_current_comm(e->comm, sizeof e->comm);
	submit(e);
	return 0;
}
