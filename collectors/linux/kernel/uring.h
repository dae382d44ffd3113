/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
#ifndef KERNEL_URING_H
#define KERNEL_URING_H

#include "common.h"

/* enum io_uring_op of linux/io_uring.h, which is never renumbered. */
#define OP_SENDMSG 9
#define OP_CONNECT 16
#define OP_SEND 26
#define OP_SEND_ZC 47
#define OP_SENDMSG_ZC 48

struct request {
	__u64 pid_tgid;
	__u16 opcode, flags;
};

/* Requests under way, by their address in the kernel. */
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 8192);
	__type(key, __u64);
	__type(value, struct request);
} requests SEC(".maps");

static __always_inline int is_network(__u8 opcode)
{
	return opcode == OP_CONNECT || opcode == OP_SENDMSG || opcode == OP_SEND ||
	       opcode == OP_SEND_ZC || opcode == OP_SENDMSG_ZC;
}

static __always_inline int complete(__u64 key, __s32 value)
{
	struct request *r = bpf_map_lookup_elem(&requests, &key);
	if (!r)
		return 0;
	struct event_uring *e = reserve(sizeof *e, EVENT_URING_DONE);
	if (e) {
		e->head.flags = r->flags;
		e->head.tgid = r->pid_tgid >> 32;
		e->head.tid = (__u32)r->pid_tgid;
		e->head.uid = 0;
		e->request = key;
		e->value = value;
		e->opcode = r->opcode;
		submit(e);
	}
	bpf_map_delete_elem(&requests, &key);
	return 0;
}

#endif
