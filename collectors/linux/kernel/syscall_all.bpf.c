/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* Tracepoints of all system calls, where there is no tracefs. See syscall.h. */
#include "syscall.h"

SEC("tp_btf/sys_enter")
int BPF_PROG(on_sys_enter, struct pt_regs *regs, long id)
{
	if (id == SYSCALL_CONNECT)
		enter_connect((const void *)syscall_second(regs), (__u32)syscall_third(regs));
	else if (id == SYSCALL_SOCKET)
		note_socket((__u16)syscall_first(regs), (__u16)syscall_second(regs),
			    (__u16)syscall_third(regs));
	else if (id == SYSCALL_SENDTO)
		enter_send((const void *)syscall_fifth(regs), (__u32)syscall_sixth(regs));
	else if (id == SYSCALL_SENDMSG)
		enter_sendmsg((const void *)syscall_second(regs));
	else if (id == SYSCALL_SENDMMSG)
		enter_sendmmsg((const char *)syscall_second(regs), (__u32)syscall_third(regs));
	else if (id == SYSCALL_BPF)
		note_bpf((__u32)syscall_first(regs));
	return 0;
}

SEC("tp_btf/sys_exit")
int BPF_PROG(on_sys_exit, struct pt_regs *regs, long value)
{
	if (syscall_number(regs) == SYSCALL_CONNECT)
		exit_connect(value);
	return 0;
}
