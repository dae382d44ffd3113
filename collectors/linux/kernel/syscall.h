/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
#ifndef KERNEL_SYSCALL_H
#define KERNEL_SYSCALL_H

/*
 * System calls of the session that no cgroup hook sees: connects to Unix sockets and
 * messages to them (a way to a daemon that may talk for the session), sockets of
 * unusual families; and what connect() returned where the state of the socket does
 * not tell.
 *
 * Two objects give the same: one with the tracepoints of single system calls,
 * which need tracefs, and one with those of all system calls. Measured on an
 * empty system call the first adds 48 ns, the second 140 ns, to every call that
 * any process makes: so the first is tried first.
 */

#include "common.h"

#define EINPROGRESS 115

/* True where the connect is none that the cgroup hooks see. */
static __always_inline int note_unix(const void *address, __u32 size, __u64 pid_tgid, __u16 flags, __u16 call)
{
	__u16 family = 0;
	if (bpf_probe_read_user(&family, sizeof family, address) || family == AF_INET ||
	    family == AF_INET6)
		return 0; /* not known yet, or for the hooks */
	if (family == 0)
		return 1; /* dissolves an association */
	struct event_unix *e = reserve(sizeof *e, EVENT_UNIX);
	if (!e)
		return 1;
	set_process(&e->head, pid_tgid, flags);
	bpf_get_current_comm(e->comm, sizeof e->comm);
	e->family = family;
	e->call = call;
	e->pad = 0;
	size = size > 2 ? size - 2 : 0;
	if (size > EVENT_UNIX_PATH_SIZE)
		size = EVENT_UNIX_PATH_SIZE;
	__builtin_memset(e->path, 0, sizeof e->path);
	if (family == AF_UNIX && bpf_probe_read_user(e->path, size, (const char *)address + 2))
		size = 0;
	e->size = (__u16)size;
	submit(e);
	return 1;
}

/* A message that names a Unix socket, with nothing connected before. */
static __always_inline void enter_send(const void *address, __u32 size)
{
	__u16 family = 0;
	if (!address || bpf_probe_read_user(&family, sizeof family, address) || family != AF_UNIX)
		return;
	__u64 pid_tgid = bpf_get_current_pid_tgid();
	__u16 flags = current_flags(pid_tgid >> 32);
	if ((flags & EVENT_SUITE) || !is_wanted(flags))
		return;
	note_unix(address, size, pid_tgid, flags, CALL_SEND);
	slot_take((__u32)pid_tgid, SLOT_ARMED); /* for on_send(), which sees what came of it */
}

/* struct user_msghdr as far as the name, and how far one lies from the next in the vector of
 * sendmmsg(), of 64-bit processes. */
struct message_name {
	const void *address;
	__s32 size;
};

enum { MESSAGE_STEP = 64, MESSAGES_LOOKED_AT = 16 };

static __always_inline void enter_sendmsg(const void *message)
{
	struct message_name name = {};
	if (!bpf_probe_read_user(&name, sizeof name, message))
		enter_send(name.address, (__u32)name.size);
}

static __always_inline void enter_sendmmsg(const char *messages, __u32 count)
{
	for (__u32 i = 0; i < MESSAGES_LOOKED_AT && i < count; i++)
		enter_sendmsg(messages + i * MESSAGE_STEP);
}

static __always_inline void note_socket(__u16 family, __u16 type, __u16 proto)
{
	if (is_usual(family, proto))
		return;
	__u64 pid_tgid = bpf_get_current_pid_tgid();
	__u16 flags = current_flags(pid_tgid >> 32);
	/* the collector's own, through which it captures, is nobody's way out */
	if ((flags & EVENT_SUITE) || !is_wanted(flags))
		return;
	struct event_socket *e = reserve(sizeof *e, EVENT_SOCKET);
	if (!e)
		return;
	set_process(&e->head, pid_tgid, flags);
	e->cookie = 0;
	e->family = family;
	e->type = type;
	e->proto = bpf_ntohs(proto);
	e->pad = 0;
	bpf_get_current_comm(e->comm, sizeof e->comm);
	submit(e);
}

/* Commands of bpf(2), by their number, that get at programs, maps and hooks of others or
 * change any: MAP_UPDATE_ELEM, MAP_DELETE_ELEM, PROG_LOAD, PROG_DETACH, PROG_GET_FD_BY_ID,
 * MAP_GET_FD_BY_ID, LINK_UPDATE, LINK_GET_FD_BY_ID, LINK_DETACH. A map may also come by a
 * descriptor that was taken out of our process. */
#define MEDDLING                                                                                   \
	(1ull << 2 | 1ull << 3 | 1ull << 5 | 1ull << 9 | 1ull << 13 | 1ull << 14 | 1ull << 29 |    \
	 1ull << 30 | 1ull << 34)

/* With the rights for it, whoever reaches for our maps can blind these programs and put
 * all back before anybody looks: that it was tried is told first. */
static __always_inline void note_bpf(__u32 command)
{
	if (command > 63 || !(MEDDLING >> command & 1))
		return;
	__u64 pid_tgid = bpf_get_current_pid_tgid();
	__u16 flags = current_flags(pid_tgid >> 32) & (EVENT_IN_TREE | EVENT_IN_CGROUP);
	if (!flags)
		return;
	struct event_meddled *e = reserve(sizeof *e, EVENT_MEDDLED);
	if (!e)
		return;
	set_process(&e->head, pid_tgid, flags);
	bpf_get_current_comm(e->comm, sizeof e->comm);
	submit(e);
}

static __always_inline void enter_connect(const void *address, __u32 size)
{
	__u64 pid_tgid = bpf_get_current_pid_tgid();
	__u16 flags = current_flags(pid_tgid >> 32) & (EVENT_IN_TREE | EVENT_IN_CGROUP);
	if (is_wanted(flags) && !note_unix(address, size, pid_tgid, flags, CALL_CONNECT))
		slot_take((__u32)pid_tgid, SLOT_ARMED);
}

/* Ends what the entry began: an attempt that is still held is told with what the
 * call returned; one that was told already gets a record of its own only when it
 * failed. Success or "in progress" of TCP is told by the state of its socket. */
static __always_inline void exit_connect(long value)
{
	__u64 pid_tgid = bpf_get_current_pid_tgid();
	struct slot *slot = slot_owned((__u32)pid_tgid);
	if (slot && slot->state == SLOT_HELD) {
		slot->attempt.value = (__s32)value;
		slot->attempt.has |= ATTEMPT_VALUE;
		slot_tell(slot);
		slot_release(slot);
		return;
	}
	if (slot)
		slot_release(slot);
	if (value < 0 && value != -EINPROGRESS)
		tell_result(value, pid_tgid);
}

#endif
