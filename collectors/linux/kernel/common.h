/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
#ifndef KERNEL_COMMON_H
#define KERNEL_COMMON_H

/*
 * The maps that all objects share (the collector makes them once and hands them
 * to each object), and who-is-it helpers. Whatever cannot be recorded is counted
 * in `shared`, and a count that moved means "not proven".
 *
 * Nothing here allocates per socket or per packet: preallocated maps only. A
 * socket storage map was measured to slow a burst of connects by a fifth.
 */

#include "types.h"

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

#include "collectors/linux/kernel_event.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 8 << 20); /* the collector may set another size */
} events SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, SHARED_COUNT);
	__type(key, __u32);
	__type(value, __u64);
} shared SEC(".maps");

/* Processes of the session, by tgid. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 131072);
	__type(key, __u32);
	__type(value, __u8);
} tree SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, SLOT_COUNT);
	__type(key, __u32);
	__type(value, struct slot);
} slots SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, HEARD_MAX);
	__type(key, struct heard);
	__type(value, __u8);
} heard SEC(".maps");

static __always_inline __u64 setting(__u32 which)
{
	__u64 *value = bpf_map_lookup_elem(&shared, &which);
	return value ? *value : 0;
}

static __always_inline void count(__u32 which, __u64 amount)
{
	__u64 *value = bpf_map_lookup_elem(&shared, &which);
	if (value)
		__sync_fetch_and_add(value, amount);
}

/* Room for one record with its head filled in but for the process; NULL, and
 * counted, where the ring is full. The collector drains on a timer: waking it for
 * every record was measured to cost more than everything else. */
static __always_inline void *reserve(__u32 size, __u16 kind)
{
	struct event_head *head = bpf_ringbuf_reserve(&events, size, 0);
	if (!head) {
		count(SHARED_LOST + kind, 1);
		return 0;
	}
	head->mono_ns = bpf_ktime_get_ns();
	head->kind = kind;
	return head;
}

static __always_inline void submit(void *record)
{
	bpf_ringbuf_submit(record, BPF_RB_NO_WAKEUP);
}

static __always_inline __u16 tree_flag(__u32 tgid)
{
	return bpf_map_lookup_elem(&tree, &tgid) ? EVENT_IN_TREE : 0;
}

/* Where the current task belongs. */
static __always_inline __u16 current_flags(__u32 tgid)
{
	__u64 cgroup = setting(SHARED_CGROUP);
	__u16 flags = tree_flag(tgid);
	if (cgroup && bpf_get_current_ancestor_cgroup_id((int)setting(SHARED_LEVEL)) == cgroup)
		flags |= EVENT_IN_CGROUP;
	if (tgid == setting(SHARED_SUITE))
		flags |= EVENT_SUITE;
	return flags;
}

static __always_inline int is_wanted(__u16 flags)
{
	return flags || setting(SHARED_HOST);
}

static __always_inline void set_process(struct event_head *head, __u64 pid_tgid, __u16 flags)
{
	head->tgid = pid_tgid >> 32;
	head->tid = (__u32)pid_tgid;
	head->uid = (__u32)bpf_get_current_uid_gid();
	head->flags = flags;
}

/* Loopback by its address (127/8, 0.0.0.0, ::1, ::, and mapped forms). */
static __always_inline int is_loopback(__u16 family, const __u32 words[4])
{
	__u32 v4 = words[0];
	if (family != AF_INET) {
		if (words[0] | words[1])
			return 0;
		if (words[2] == 0)
			return words[3] == 0 || words[3] == bpf_htonl(1);
		if (words[2] != bpf_htonl(0xffff))
			return 0;
		v4 = words[3];
	}
	return v4 == 0 || (bpf_ntohl(v4) >> 24) == 127;
}

/* Families whose use is seen elsewhere (IP: the hooks; Unix: connect) or that lead
 * to the kernel only. All others may reach another machine by ways of their own. */
static __always_inline int is_usual_family(__u16 family)
{
	return family == AF_UNIX || family == AF_INET || family == AF_INET6 ||
	       family == AF_NETLINK || family == AF_ALG;
}

/* Netlink between processes carries whatever they like. */
static __always_inline int is_usual(__u16 family, __u16 proto)
{
	return is_usual_family(family) && !(family == AF_NETLINK && proto == NETLINK_USERSOCK);
}

/* ---- slots ------------------------------------------------------------------- */

static __always_inline struct slot *slot_of(__u32 tid)
{
	__u32 at = tid % SLOT_COUNT;
	return bpf_map_lookup_elem(&slots, &at);
}

/* The slot that this thread owns, NULL where it owns none. */
static __always_inline struct slot *slot_owned(__u32 tid)
{
	struct slot *slot = slot_of(tid);
	return slot && slot->owner == tid ? slot : 0;
}

static __always_inline struct slot *slot_take(__u32 tid, __u32 state)
{
	struct slot *slot = slot_of(tid);
	if (!slot || __sync_val_compare_and_swap(&slot->owner, 0, (__u64)tid) != 0)
		return 0;
	slot->state = state;
	return slot;
}

static __always_inline void slot_release(struct slot *slot)
{
	slot->state = SLOT_FREE;
	slot->owner = 0;
}

/* Tells the attempt that is held, unless the collector was quicker. */
static __always_inline void slot_tell(struct slot *slot)
{
	if (__sync_val_compare_and_swap(&slot->state, SLOT_HELD, SLOT_TOLD) != SLOT_HELD)
		return;
	struct event_attempt *e = bpf_ringbuf_reserve(&events, sizeof *e, 0);
	if (!e) {
		count(SHARED_LOST + EVENT_ATTEMPT, 1);
		return;
	}
	__builtin_memcpy(e, &slot->attempt, sizeof *e);
	submit(e);
}

/* What a call returned, of the last attempt of its thread. */
static __always_inline void tell_result(long value, __u64 pid_tgid)
{
	__u16 flags = current_flags(pid_tgid >> 32);
	if (!is_wanted(flags))
		return;
	struct event_result *e = reserve(sizeof *e, EVENT_RESULT);
	if (!e)
		return;
	set_process(&e->head, pid_tgid, flags);
	e->value = (__s32)value;
	e->pad = 0;
	submit(e);
}

#endif
