/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * Network requests that the session makes through io_uring: no system call of
 * their own shows them. The cgroup hooks see where connects and sends go; this
 * says that a request was made at all (io_uring_submit_req, kernel 6.2 and later).
 */
#include "uring.h"

SEC("tp_btf/io_uring_submit_req")
int BPF_PROG(on_submit, struct io_kiocb *request)
{
	__u8 opcode = request->opcode;
	if (!is_network(opcode))
		return 0;
	__u64 pid_tgid = bpf_get_current_pid_tgid();
	__u16 flags = current_flags(pid_tgid >> 32);
	if (!is_wanted(flags))
		return 0;
	__u64 key = (__u64)request;
	struct request note = {pid_tgid, opcode, flags};
	bpf_map_update_elem(&requests, &key, &note, BPF_ANY);
	struct event_uring *e = reserve(sizeof *e, EVENT_URING);
	if (!e)
		return 0;
	set_process(&e->head, pid_tgid, flags);
	e->request = key;
	e->value = 0;
	e->opcode = opcode;
	submit(e);
	return 0;
}
