/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/linux/few_calls.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#if defined(__x86_64__)
#define NATIVE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define NATIVE AUDIT_ARCH_AARCH64
#else
#error "the system calls of this architecture are not known here"
#endif

/* No number of x32 is among them. (sigaltstack: sanitizers take theirs down before a process ends.) */
static const unsigned allowed[] = {
	SYS_read, SYS_write, SYS_sendto, SYS_recvfrom, SYS_ppoll, SYS_flock, SYS_close, SYS_fstat,
	SYS_clock_gettime, SYS_clock_nanosleep, SYS_restart_syscall, SYS_rt_sigreturn, SYS_exit, SYS_exit_group,
	SYS_brk, SYS_mmap, SYS_munmap, SYS_mremap, SYS_mprotect, SYS_madvise, SYS_futex, SYS_getrandom, SYS_getpid, SYS_sigaltstack,
#ifdef SYS_poll
	SYS_poll,
#endif
};

enum { ALLOWED = LENGTH(allowed), HEAD = 4, TAIL = 2 };

static void add(struct sock_filter *at, uint16_t code, uint8_t yes, uint8_t no, uint32_t k)
{
	*at = (struct sock_filter){code, yes, no, k};
}

enum status few_calls_enter(struct error *err)
{
	struct sock_filter p[HEAD + ALLOWED + TAIL];
	add(&p[0], BPF_LD | BPF_W | BPF_ABS, 0, 0, (uint32_t)offsetof(struct seccomp_data, arch));
	add(&p[1], BPF_JMP | BPF_JEQ | BPF_K, 1, 0, NATIVE);
	add(&p[2], BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ERRNO | EPERM);
	add(&p[3], BPF_LD | BPF_W | BPF_ABS, 0, 0, (uint32_t)offsetof(struct seccomp_data, nr));
	/* each leads to the last instruction, or to the next one */
	for (size_t i = 0; i < ALLOWED; i++)
		add(&p[HEAD + i], BPF_JMP | BPF_JEQ | BPF_K, (uint8_t)(ALLOWED - i), 0, allowed[i]);
	add(&p[HEAD + ALLOWED], BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ERRNO | EPERM);
	add(&p[HEAD + ALLOWED + 1], BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW);
	struct sock_fprog program = {.len = LENGTH(p), .filter = p};
	if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) != 0)
		return fail_errno(err, ERR_UNAVAILABLE, errno, "no filter of calls (seccomp)");
	return OK;
}
