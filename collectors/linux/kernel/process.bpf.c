/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * The session's processes: who was forked by whom, what they executed, how they
 * ended. A child belongs to the session where its parent does, whatever cgroup,
 * session or parent it has later. Required.
 */
#include "common.h"

static __always_inline __u16 session_flags(__u32 tgid)
{
	return current_flags(tgid) & (EVENT_IN_TREE | EVENT_IN_CGROUP);
}

SEC("tp_btf/sched_process_fork")
int BPF_PROG(on_fork, struct task_struct *parent, struct task_struct *child)
{
	__u32 parent_tgid = (__u32)parent->tgid, child_tgid = (__u32)child->tgid;
	if (parent_tgid == child_tgid)
		return 0; /* a thread */
	__u16 flags = session_flags(parent_tgid);
	if (!flags && !setting(SHARED_HOST))
		return 0;
	__u8 one = 1;
	if (flags && bpf_map_update_elem(&tree, &child_tgid, &one, BPF_ANY))
		count(SHARED_MAP_FULL, 1);
	struct event_fork *e = reserve(sizeof *e, EVENT_FORK);
	if (!e)
		return 0;
	set_process(&e->head, bpf_get_current_pid_tgid(), flags);
	e->child = child_tgid;
	e->pad = 0;
	bpf_get_current_comm(e->comm, sizeof e->comm);
	submit(e);
	return 0;
}

static __always_inline struct mount *mount_of(struct vfsmount *mnt)
{
	return (void *)((char *)mnt - bpf_core_field_offset(struct mount, mnt));
}

/* The components of the path from the file up to the root of its mount tree, one a
 * slot; a slot stays empty where one mount lies on another. A fixed slot for each
 * step keeps the verifier from following every combination of lengths. */
static __always_inline void read_path(struct event_exec *e, struct file *file)
{
	struct dentry *dentry = BPF_CORE_READ(file, f_path.dentry);
	struct mount *mount = mount_of(BPF_CORE_READ(file, f_path.mnt));
	for (int i = 0; i < EVENT_PATH_DEPTH; i++) {
		struct dentry *parent = BPF_CORE_READ(dentry, d_parent);
		e->names[i][0] = 0;
		if (dentry == BPF_CORE_READ(mount, mnt.mnt_root) || dentry == parent) {
			struct mount *above = BPF_CORE_READ(mount, mnt_parent);
			if (above == mount) {
				e->depth = (__u16)i;
				return;
			}
			dentry = BPF_CORE_READ(mount, mnt_mountpoint);
			mount = above;
			continue;
		}
		long got = bpf_probe_read_kernel_str(e->names[i], EVENT_NAME_SIZE,
						     BPF_CORE_READ(dentry, d_name.name));
		if (got <= 0 || got >= EVENT_NAME_SIZE)
			break; /* too long for a slot: "…" would be no path */
		dentry = parent;
	}
	e->depth = 0;
	e->head.flags |= EVENT_CUT;
}

SEC("tp_btf/sched_process_exec")
int BPF_PROG(on_exec, struct task_struct *task, int old_pid, struct linux_binprm *binary)
{
	__u32 tgid = (__u32)task->tgid;
	__u16 flags = session_flags(tgid);
	if (!is_wanted(flags))
		return 0;
	struct event_exec *e = reserve(sizeof *e, EVENT_EXEC);
	if (!e)
		return 0;
	set_process(&e->head, bpf_get_current_pid_tgid(), flags);
	e->ppid = (__u32)task->real_parent->tgid;
	e->inode = binary->file->f_inode->i_ino;
	e->device = binary->file->f_inode->i_sb->s_dev;
	e->cgroup = bpf_get_current_cgroup_id();
	e->pad = 0;
	e->depth = 0;
	bpf_get_current_comm(e->comm, sizeof e->comm);
	read_path(e, binary->file);
	/* its program is read by way of the process, which may not live long */
	bpf_ringbuf_submit(e, BPF_RB_FORCE_WAKEUP);
	return 0;
}

SEC("tp_btf/sched_process_exit")
int BPF_PROG(on_exit, struct task_struct *task)
{
	if (task->signal->live.counter != 0)
		return 0; /* other threads live on */
	__u32 tgid = (__u32)task->tgid;
	__u16 flags = session_flags(tgid);
	if (!is_wanted(flags))
		return 0;
	bpf_map_delete_elem(&tree, &tgid);
	struct event_exit *e = reserve(sizeof *e, EVENT_EXIT);
	if (!e)
		return 0;
	set_process(&e->head, bpf_get_current_pid_tgid(), flags);
	int group = task->signal->group_exit_code;
	e->status = group ? group : task->exit_code;
	e->pad = 0;
	submit(e);
	return 0;
}
