/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* Tracepoints of single system calls; their layout is that of the format files
 * below events/syscalls/ in tracefs. See syscall.h. */
#include "syscall.h"

struct call_enter {
	__u64 common;
	__s64 number;
	__u64 args[6];
};

struct call_exit {
	__u64 common;
	__s64 number;
	__s64 value;
};

SEC("tp/syscalls/sys_enter_connect")
int on_enter_connect(struct call_enter *ctx)
{
	enter_connect((const void *)ctx->args[1], (__u32)ctx->args[2]);
	return 0;
}

SEC("tp/syscalls/sys_exit_connect")
int on_exit_connect(struct call_exit *ctx)
{
	exit_connect((long)ctx->value);
	return 0;
}

SEC("tp/syscalls/sys_enter_sendto")
int on_enter_sendto(struct call_enter *ctx)
{
	enter_send((const void *)ctx->args[4], (__u32)ctx->args[5]);
	return 0;
}

SEC("tp/syscalls/sys_enter_sendmsg")
int on_enter_sendmsg(struct call_enter *ctx)
{
	enter_sendmsg((const void *)ctx->args[1]);
	return 0;
}

SEC("tp/syscalls/sys_enter_sendmmsg")
int on_enter_sendmmsg(struct call_enter *ctx)
{
	enter_sendmmsg((const char *)ctx->args[1], (__u32)ctx->args[2]);
	return 0;
}

SEC("tp/syscalls/sys_enter_bpf")
int on_enter_bpf(struct call_enter *ctx)
{
	note_bpf((__u32)ctx->args[0]);
	return 0;
}

SEC("tp/syscalls/sys_enter_socket")
int on_enter_socket(struct call_enter *ctx)
{
	note_socket((__u16)ctx->args[0], (__u16)ctx->args[1], (__u16)ctx->args[2]);
	return 0;
}
