/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
#ifndef KERNEL_TYPES_H
#define KERNEL_TYPES_H

/*
 * The few members of kernel structs that are read, by name: libbpf finds their
 * offsets in the running kernel (CO-RE), so the build needs no kernel headers
 * and no BTF of its own machine.
 */

#include <linux/bpf.h>
#include <linux/types.h>

#define AF_UNIX 1
#define AF_INET 2
#define AF_INET6 10
#define AF_NETLINK 16
#define NETLINK_USERSOCK 2
#define AF_PACKET 17
#define AF_ALG 38
#define AF_VSOCK 40

#define CO_RE __attribute__((preserve_access_index))

struct atomic {
	int counter;
};

struct qstr {
	const unsigned char *name;
} CO_RE;

struct super_block {
	__u32 s_dev;
} CO_RE;

struct inode {
	unsigned long i_ino;
	struct super_block *i_sb;
} CO_RE;

struct dentry {
	struct dentry *d_parent;
	struct qstr d_name;
} CO_RE;

struct vfsmount {
	struct dentry *mnt_root;
} CO_RE;

struct mount {
	struct mount *mnt_parent;
	struct dentry *mnt_mountpoint;
	struct vfsmount mnt;
} CO_RE;

struct path {
	struct vfsmount *mnt;
	struct dentry *dentry;
} CO_RE;

struct file {
	struct path f_path;
	struct inode *f_inode;
} CO_RE;

struct linux_binprm {
	struct file *file;
} CO_RE;

struct signal_struct {
	struct {
		int counter;
	} live;
	int group_exit_code;
} CO_RE;

struct task_struct {
	int pid, tgid;
	int exit_code;
	unsigned int flags;
	struct task_struct *real_parent;
	struct signal_struct *signal;
} CO_RE;

struct in6_addr {
	__u8 in6_u[16];
};

struct net {
	__u64 net_cookie;
} CO_RE;

typedef struct {
	struct net *net;
} possible_net_t;

struct sock_common {
	__be32 skc_daddr, skc_rcv_saddr;
	__be16 skc_dport;
	__u16 skc_num;
	unsigned short skc_family;
	volatile unsigned char skc_state;
	struct in6_addr skc_v6_daddr, skc_v6_rcv_saddr;
	possible_net_t skc_net;
	struct {
		long long counter;
	} skc_cookie;
} CO_RE;

struct sock {
	struct sock_common __sk_common;
	int sk_err;
	__u16 sk_type, sk_protocol;
} CO_RE;

struct tcp_sock {
	__u64 bytes_sent, bytes_received, bytes_retrans;
} CO_RE;

struct io_kiocb {
	__u8 opcode;
} CO_RE;

struct io_uring_cqe {
	__s32 res;
} CO_RE;

struct pt_regs {
#if defined(__TARGET_ARCH_x86)
	unsigned long di, si, dx, r8, r9, orig_ax;
#else
	__u64 regs[31];
	__s32 syscallno;
#endif
} CO_RE;

/* System call numbers and arguments of the native ABI. */
#if defined(__TARGET_ARCH_x86)
#define SYSCALL_SOCKET 41
#define SYSCALL_CONNECT 42
#define SYSCALL_SENDTO 44
#define SYSCALL_SENDMSG 46
#define SYSCALL_SENDMMSG 307
#define SYSCALL_BPF 321
#define syscall_number(r) ((long)(r)->orig_ax)
#define syscall_first(r) ((r)->di)
#define syscall_second(r) ((r)->si)
#define syscall_third(r) ((r)->dx)
#define syscall_fifth(r) ((r)->r8)
#define syscall_sixth(r) ((r)->r9)
#elif defined(__TARGET_ARCH_arm64)
#define SYSCALL_SOCKET 198
#define SYSCALL_CONNECT 203
#define SYSCALL_SENDTO 206
#define SYSCALL_SENDMSG 211
#define SYSCALL_SENDMMSG 269
#define SYSCALL_BPF 280
#define syscall_number(r) ((long)(r)->syscallno)
#define syscall_first(r) ((r)->regs[0])
#define syscall_second(r) ((r)->regs[1])
#define syscall_third(r) ((r)->regs[2])
#define syscall_fifth(r) ((r)->regs[4])
#define syscall_sixth(r) ((r)->regs[5])
#else
#error "system call numbers of this architecture are not known here"
#endif

#endif
