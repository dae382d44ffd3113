/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a namespace does not keep in (seccomp(2)):
 *
 *   sockets of other families than Unix, IP and those that lead to the kernel only: a
 *     vsock reaches the host of a virtual machine, whatever network namespace it is made in
 *   io_uring, which makes sockets that no filter sees
 *   typing into the terminal from which the session was started (TIOCSTI, TIOCLINUX)
 *   asking for keys, for the kernel may run a program outside that looks up names for it
 *   system calls of another architecture, whose numbers mean other things
 */
#include "collectors/linux/isolate.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <linux/tiocl.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>

#if defined(__x86_64__)
#define NATIVE AUDIT_ARCH_X86_64
#define FOREIGN_BIT 0x40000000u /* of x32 */
#elif defined(__aarch64__)
#define NATIVE AUDIT_ARCH_AARCH64
#define FOREIGN_BIT 0x80000000u
#else
#error "the system calls of this architecture are not known here"
#endif

#define LOAD(member) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)offsetof(struct seccomp_data, member))
#define FIRST_HALF(n) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)offsetof(struct seccomp_data, args[n]))
#define IF(value, yes, no) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)(value), yes, no)
#define ANSWER(code) BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (code))
#define ALLOW BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)

enum status isolate_filter(struct error *err)
{
	static struct sock_filter program[] = {
		LOAD(arch),
		IF(NATIVE, 1, 0),
		ANSWER(ENOSYS),
		LOAD(nr),
		BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, FOREIGN_BIT, 0, 1),
		ANSWER(ENOSYS),
		IF(SYS_socket, 8, 0),
		IF(SYS_ioctl, 3, 0),
		IF(SYS_request_key, 1, 0),
		IF(SYS_io_uring_setup, 0, 13),
		ANSWER(ENOSYS),
		/* ioctl: the kernel takes 32 bits of the request */
		FIRST_HALF(1),
		IF(TIOCSTI, 1, 0),
		IF(TIOCLINUX, 0, 9),
		ANSWER(EPERM),
		/* socket */
		FIRST_HALF(0),
		IF(AF_UNIX, 6, 0),
		IF(AF_INET, 5, 0),
		IF(AF_INET6, 4, 0),
		IF(AF_NETLINK, 3, 0),
		IF(AF_ALG, 2, 0),
		IF(AF_UNSPEC, 1, 0),
		ANSWER(EAFNOSUPPORT),
		ALLOW,
	};
	struct sock_fprog all = {.len = LENGTH(program), .filter = program};
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &all, 0, 0) != 0)
		return fail_errno(err, ERR_UNAVAILABLE, errno, "isolate: this kernel puts on no system call filter");
	return OK;
}
