/* SPDX-License-Identifier: Apache-2.0 */
#include "core/sandbox.h"

#include <errno.h>
#include <grp.h>
#include <limits.h>
#include <linux/capability.h>
#include <seccomp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { NOBODY = 65534, LANDLOCK_VERSION = 1, STDERR = 2 };

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1 /* its shadow takes terabytes of address space, and it reports to stderr */
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

static int by_number(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

static enum status close_others(const int fds[], size_t count, struct error *err)
{
	int kept[SANDBOX_FDS_MAX + 1];
	unsigned from = 0;
	if (count > SANDBOX_FDS_MAX)
		return fail(err, ERR_INTERNAL, "too many descriptors for a sandbox");
	for (size_t i = 0; i < count; i++)
		kept[i] = fds[i];
	if (SANITIZED)
		kept[count++] = STDERR;
	qsort(kept, count, sizeof kept[0], by_number);
	for (size_t i = 0; i <= count; i++) {
		unsigned to = i < count ? (unsigned)kept[i] : UINT_MAX;
		/* a kernel before 5.9 has no such call: then seccomp alone must do */
		if (to > from && syscall(SYS_close_range, from, i < count ? to - 1 : to, 0) != 0 &&
		    errno != ENOSYS)
			return fail_errno(err, ERR_INTERNAL, errno, "cannot close descriptors");
		from = to + 1;
	}
	return OK;
}

static enum status set_limits(uint64_t memory_max, struct error *err)
{
	const struct {
		int resource;
		rlim_t max;
	} limits[] = {
		{RLIMIT_CORE, 0},
		{RLIMIT_FSIZE, 0},
		{RLIMIT_AS, memory_max && !SANITIZED ? memory_max : RLIM_INFINITY},
	};
	for (size_t i = 0; i < LENGTH(limits); i++) {
		struct rlimit now;
		if (getrlimit((__rlimit_resource_t)limits[i].resource, &now) != 0)
			return fail_errno(err, ERR_INTERNAL, errno, "cannot read a resource limit");
		struct rlimit wanted = {limits[i].max, limits[i].max};
		if (wanted.rlim_max > now.rlim_max)
			continue; /* what is set is tighter */
		if (setrlimit((__rlimit_resource_t)limits[i].resource, &wanted) != 0)
			return fail_errno(err, ERR_INTERNAL, errno, "cannot set a resource limit");
	}
	return OK;
}

/* Another user, where this one may choose; no capabilities in any case. */
static enum status give_up_rights(struct error *err)
{
	struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
	struct __user_cap_data_struct none[2] = {0};
	if (geteuid() == 0 && (setgroups(0, NULL) != 0 || setresgid(NOBODY, NOBODY, NOBODY) != 0 ||
			       setresuid(NOBODY, NOBODY, NOBODY) != 0) &&
	    errno != EPERM && errno != EINVAL) /* a user namespace may not know that user */
		return fail_errno(err, ERR_PERMISSION, errno, "cannot change the user");
	if (syscall(SYS_capset, &header, none) != 0)
		return fail_errno(err, ERR_PERMISSION, errno, "cannot drop the capabilities");
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
		return fail_errno(err, ERR_PERMISSION, errno, "cannot set no_new_privs");
	return OK;
}

/* linux/landlock.h of 6.12, of which a header here may have less. */
struct landlock_rights {
	uint64_t files, network, scopes;
};

static unsigned landlock_version(void)
{
	long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_VERSION);
	return version > 0 ? (unsigned)version : 0;
}

/* Refuses everything that this kernel's Landlock knows; a kernel without it has the
 * filter alone. */
static enum status put_on_landlock(struct error *err)
{
	static const struct landlock_rights known[] = {
		{(1 << 13) - 1, 0, 0}, {(1 << 14) - 1, 0, 0}, {(1 << 15) - 1, 0, 0},
		{(1 << 15) - 1, 3, 0}, {(1 << 16) - 1, 3, 0}, {(1 << 16) - 1, 3, 3},
	};
	static const size_t sizes[] = {8, 8, 8, 16, 16, 24};
	unsigned version = landlock_version();
	if (version < 1)
		return OK;
	size_t at = version > LENGTH(known) ? LENGTH(known) - 1 : version - 1;
	int set = (int)syscall(SYS_landlock_create_ruleset, &known[at], sizes[at], 0);
	if (set < 0)
		return fail_errno(err, ERR_INTERNAL, errno, "cannot make Landlock rules");
	long put = syscall(SYS_landlock_restrict_self, set, 0);
	int code = errno;
	close(set);
	return put == 0 ? OK : fail_errno(err, ERR_INTERNAL, code, "cannot put Landlock on");
}

static const int calls[] = {
	SCMP_SYS(exit),	     SCMP_SYS(exit_group), SCMP_SYS(brk),	    SCMP_SYS(munmap),
	SCMP_SYS(mremap),    SCMP_SYS(madvise),	   SCMP_SYS(futex),	    SCMP_SYS(rt_sigreturn),
	SCMP_SYS(getrandom), SCMP_SYS(getpid),	   SCMP_SYS(clock_gettime), SCMP_SYS(restart_syscall),
	SCMP_SYS(rt_sigprocmask),
#if SANITIZED
	SCMP_SYS(mprotect),  SCMP_SYS(sigaltstack), SCMP_SYS(gettid),	    SCMP_SYS(sched_yield),
	SCMP_SYS(readlink),  SCMP_SYS(getrlimit),  SCMP_SYS(prlimit64),	    SCMP_SYS(rt_sigaction),
	SCMP_SYS(tgkill),    SCMP_SYS(prctl),
#endif
};

/* Memory that can neither be executed nor belongs to a file. */
static int allow_memory(scmp_filter_ctx filter)
{
	return seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 2,
				SCMP_A2(SCMP_CMP_MASKED_EQ, 4 /* PROT_EXEC */, 0),
				SCMP_A4(SCMP_CMP_MASKED_EQ, UINT32_MAX, UINT32_MAX));
}

static int allow_descriptors(scmp_filter_ctx filter, const int fds[], size_t count)
{
	static const int ways[] = {SCMP_SYS(read), SCMP_SYS(write)};
	int wrong = 0;
	for (size_t way = 0; way < LENGTH(ways) && !wrong; way++)
		for (size_t i = 0; i < count && !wrong; i++)
			wrong = seccomp_rule_add(filter, SCMP_ACT_ALLOW, ways[way], 1,
						 SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)fds[i], 0));
	if (SANITIZED && !wrong)
		wrong = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(write), 1,
					 SCMP_A0(SCMP_CMP_EQ, STDERR, 0));
	return wrong;
}

static enum status put_on_filter(const int fds[], size_t count, struct error *err)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	if (!filter)
		return fail(err, ERR_UNAVAILABLE, "seccomp is not available");
	int wrong = 0;
	for (size_t i = 0; i < LENGTH(calls) && !wrong; i++)
		wrong = seccomp_rule_add(filter, SCMP_ACT_ALLOW, calls[i], 0);
	if (!wrong)
		wrong = allow_memory(filter);
	if (!wrong)
		wrong = allow_descriptors(filter, fds, count);
	if (!wrong)
		wrong = seccomp_load(filter);
	seccomp_release(filter);
	return wrong ? fail_errno(err, ERR_UNAVAILABLE, -wrong, "cannot put the seccomp filter on")
		     : OK;
}

enum status sandbox_no_network(struct error *err)
{
	static const int refused[] = {SCMP_SYS(socket), SCMP_SYS(connect), SCMP_SYS(sendto),
				      SCMP_SYS(sendmsg), SCMP_SYS(sendmmsg), SCMP_SYS(io_uring_setup)};
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
	if (!filter)
		return fail(err, ERR_UNAVAILABLE, "seccomp is not available");
	int wrong = 0;
	for (size_t i = 0; i < LENGTH(refused) && !wrong; i++)
		wrong = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EACCES), refused[i], 0);
	if (!wrong)
		wrong = seccomp_load(filter); /* sets no_new_privs itself */
	seccomp_release(filter);
	return wrong ? fail_errno(err, ERR_UNAVAILABLE, -wrong, "cannot put the seccomp filter on")
		     : OK;
}

enum status sandbox_enter(const int fds[], size_t count, uint64_t memory_max, struct error *err)
{
	enum status status = close_others(fds, count, err);
	if (!status)
		status = set_limits(memory_max, err);
	if (!status)
		status = give_up_rights(err);
	if (!status)
		status = put_on_landlock(err);
	return status ? status : put_on_filter(fds, count, err);
}

/* What stopped it is told over a pipe. */
static _Noreturn void try_in_child(int answer)
{
	struct error err = {0};
	enum status status = sandbox_enter(&answer, 1, 0, &err);
	size_t size = status ? strlen(err.text) : 0;
	_exit(write(answer, err.text, size) == (ssize_t)size && !status ? 0 : 1);
}

enum status sandbox_probe(unsigned *ret_landlock, struct error *err)
{
	int answer[2], end = 0;
	char text[ERROR_TEXT_MAX] = "";
	*ret_landlock = landlock_version();
	if (pipe(answer) != 0)
		return fail_errno(err, ERR_UNAVAILABLE, errno, "cannot make a pipe");
	pid_t pid = fork();
	if (pid == 0)
		try_in_child(answer[1]);
	close(answer[1]);
	ssize_t got = pid > 0 ? read(answer[0], text, sizeof text - 1) : -1;
	close(answer[0]);
	if (pid < 0)
		return fail_errno(err, ERR_UNAVAILABLE, errno, "cannot start a process");
	while (waitpid(pid, &end, 0) < 0 && errno == EINTR)
		continue;
	if (WIFEXITED(end) && WEXITSTATUS(end) == 0)
		return OK;
	return fail(err, ERR_UNAVAILABLE, "%s", got > 0 ? text : "it ended before it could work");
}
