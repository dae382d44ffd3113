/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A list of what is refused, not of what is allowed: compilers and interpreters of every
 * distribution call whatever they like, and namespaces without capabilities already keep
 * them inside. The filter takes away what the kernel offers to anybody and what has
 * broken such namespaces before.
 */
#include "benchmark/confine_filter.h"

#include "core/auto.h"

#include <errno.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

static const int refused[] = {
	/* other processes */
	SCMP_SYS(ptrace), SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev),
	SCMP_SYS(process_madvise), SCMP_SYS(kcmp), SCMP_SYS(pidfd_getfd), SCMP_SYS(pidfd_open),
	/* namespaces and mounts */
	SCMP_SYS(unshare), SCMP_SYS(setns), SCMP_SYS(mount), SCMP_SYS(umount), SCMP_SYS(umount2),
	SCMP_SYS(pivot_root), SCMP_SYS(chroot), SCMP_SYS(open_tree), SCMP_SYS(move_mount),
	SCMP_SYS(fsopen), SCMP_SYS(fsconfig), SCMP_SYS(fsmount), SCMP_SYS(fspick),
	SCMP_SYS(mount_setattr), SCMP_SYS(open_by_handle_at), SCMP_SYS(name_to_handle_at),
	SCMP_SYS(fanotify_init), SCMP_SYS(quotactl), SCMP_SYS(swapon), SCMP_SYS(swapoff),
	/* large surfaces */
	SCMP_SYS(io_uring_setup), SCMP_SYS(io_uring_enter), SCMP_SYS(io_uring_register), SCMP_SYS(bpf),
	SCMP_SYS(perf_event_open), SCMP_SYS(userfaultfd), SCMP_SYS(lookup_dcookie), SCMP_SYS(vmsplice),
	SCMP_SYS(io_setup), SCMP_SYS(landlock_create_ruleset), SCMP_SYS(seccomp),
	/* memory that no limit of a process counts */
	SCMP_SYS(memfd_create), SCMP_SYS(memfd_secret), SCMP_SYS(shmget), SCMP_SYS(semget),
	SCMP_SYS(msgget), SCMP_SYS(mq_open),
	/* keys, the kernel itself, the clock, the terminal */
	SCMP_SYS(keyctl), SCMP_SYS(add_key), SCMP_SYS(request_key), SCMP_SYS(kexec_load),
	SCMP_SYS(kexec_file_load), SCMP_SYS(init_module), SCMP_SYS(finit_module), SCMP_SYS(delete_module),
	SCMP_SYS(reboot), SCMP_SYS(syslog), SCMP_SYS(acct), SCMP_SYS(settimeofday), SCMP_SYS(clock_settime),
	SCMP_SYS(clock_adjtime), SCMP_SYS(adjtimex), SCMP_SYS(sethostname), SCMP_SYS(setdomainname),
	SCMP_SYS(vhangup), SCMP_SYS(iopl), SCMP_SYS(ioperm), SCMP_SYS(modify_ldt), SCMP_SYS(uselib),
	SCMP_SYS(nfsservctl), SCMP_SYS(mbind), SCMP_SYS(set_mempolicy), SCMP_SYS(migrate_pages),
	SCMP_SYS(move_pages),
};

enum {
	PERSONALITY_ASK = -1, /* only asks which one it has */
	TIOCSTI_CALL = 0x5412,
	TIOCLINUX_CALL = 0x541c,
};

static int refuse_namespaces(scmp_filter_ctx filter)
{
	static const uint64_t flags[] = {CLONE_NEWNS, CLONE_NEWUTS, CLONE_NEWIPC, CLONE_NEWUSER,
					 CLONE_NEWPID, CLONE_NEWNET, CLONE_NEWCGROUP};
	int wrong = 0;
	for (size_t i = 0; i < LENGTH(flags) && !wrong; i++)
		wrong = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(clone), 1,
					 SCMP_A0(SCMP_CMP_MASKED_EQ, flags[i], flags[i]));
	/* its flags lie in memory, where a filter cannot look; who is told that it is not
	 * there takes clone() */
	return wrong ? wrong : seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
}

static int refuse_arguments(scmp_filter_ctx filter)
{
	static const uint64_t controls[] = {TIOCSTI_CALL, TIOCLINUX_CALL};
	int wrong = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(socket), 1,
				     SCMP_A0_32(SCMP_CMP_NE, AF_UNIX, 0));
	if (!wrong)
		wrong = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(socketpair), 1,
					 SCMP_A0_32(SCMP_CMP_NE, AF_UNIX, 0));
	if (!wrong)
		wrong = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(personality), 1,
					 SCMP_A0_32(SCMP_CMP_NE, (uint32_t)PERSONALITY_ASK, 0));
	for (size_t i = 0; i < LENGTH(controls) && !wrong; i++)
		wrong = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(ioctl), 1,
					 SCMP_A1(SCMP_CMP_MASKED_EQ, UINT32_MAX, controls[i]));
	return wrong;
}

static int refuse_calls(scmp_filter_ctx filter)
{
	int wrong = 0;
	for (size_t i = 0; i < LENGTH(refused) && !wrong; i++)
		wrong = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), refused[i], 0);
	return wrong;
}

static enum status export_filter(scmp_filter_ctx filter, struct text *ret, struct error *err)
{
	char block[4096];
	ssize_t got;
	AUTO_FD int fd = memfd_create("filter", MFD_CLOEXEC);
	int wrong = fd < 0 ? -errno : seccomp_export_bpf(filter, fd);
	if (wrong || lseek(fd, 0, SEEK_SET) != 0)
		return fail_errno(err, ERR_UNAVAILABLE, wrong ? -wrong : errno,
				  "cannot compile the seccomp filter");
	while ((got = read(fd, block, sizeof block)) > 0)
		text_add(ret, slice_of(block, (size_t)got));
	if (got < 0 || ret->overflow || ret->size == 0)
		return fail(err, ERR_INTERNAL, "cannot read the compiled seccomp filter");
	return OK;
}

enum status confine_filter(struct text *ret, struct error *err)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
	if (!filter)
		return fail(err, ERR_UNAVAILABLE, "seccomp is not available");
	int wrong = seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_ERRNO(EPERM));
	if (!wrong)
		wrong = refuse_calls(filter);
	if (!wrong)
		wrong = refuse_namespaces(filter);
	if (!wrong)
		wrong = refuse_arguments(filter);
	enum status status = wrong ? fail_errno(err, ERR_UNAVAILABLE, -wrong, "cannot make the seccomp filter")
				   : export_filter(filter, ret, err);
	seccomp_release(filter);
	return status;
}
