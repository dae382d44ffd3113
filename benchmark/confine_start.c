/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Between the fork and bubblewrap's start only system calls are made: another thread may
 * hold any lock of the C library at that moment. Users are changed by the bare call, as
 * the library's own would change those of all our threads.
 */
#include "benchmark/confine_start.h"

#include "core/auto.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/sched.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
	CLEAR = 200, /* above every descriptor that is handed on */
	FILES_MAX = 256,
	UID_SMALL = 61000, /* where a namespace of users knows no large numbers */
	UID_SMALL_COUNT = 3000,
	NOT_STARTED = 127,
};

static char *const environment[] = {(char[]){"PATH=/usr/bin:/bin"}, NULL};

/* A memory file that reads from its beginning and cannot be changed. */
static int hand_on(struct slice bytes)
{
	int fd = memfd_create("data", MFD_ALLOW_SEALING);
	size_t done = 0;
	while (fd >= 0 && done < bytes.size) {
		struct slice rest = slice_part(bytes, done, bytes.size);
		ssize_t put = write(fd, rest.at, rest.size);
		if (put <= 0)
			return -1;
		done += (size_t)put;
	}
	if (fd < 0 || lseek(fd, 0, SEEK_SET) != 0 ||
	    fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL) != 0)
		return -1;
	return fd;
}

static bool limit(int resource, uint64_t max)
{
	struct rlimit now;
	if (getrlimit((__rlimit_resource_t)resource, &now) != 0)
		return false;
	rlim_t wanted = max < now.rlim_max ? max : now.rlim_max;
	return setrlimit((__rlimit_resource_t)resource, &(struct rlimit){wanted, wanted}) == 0;
}

static bool set_limits(const struct start *s)
{
	return limit(RLIMIT_CORE, 0) && limit(RLIMIT_MSGQUEUE, 0) && limit(RLIMIT_NOFILE, FILES_MAX) &&
	       limit(RLIMIT_FSIZE, s->file_limit) && limit(RLIMIT_CPU, s->cpu_seconds) &&
	       limit(RLIMIT_DATA, s->data_limit) &&
	       (!s->process_limit || limit(RLIMIT_NPROC, s->process_limit));
}

/* The kernel bounds the processes of every user but root, and keeps them from each other. */
static bool change_user(uid_t uid)
{
	if (syscall(SYS_setgroups, 0, NULL) != 0)
		return false;
	for (int i = 0; i < 2; i++) {
		if (syscall(SYS_setresgid, uid, uid, uid) == 0 && syscall(SYS_setresuid, uid, uid, uid) == 0)
			return true;
		uid = UID_SMALL + uid % UID_SMALL_COUNT;
	}
	return false;
}

static void reset_signals(void)
{
	struct sigaction usual;
	sigset_t none;
	memset(&usual, 0, sizeof usual);
	usual.sa_handler = SIG_DFL;
	for (int i = 1; i < NSIG; i++)
		sigaction(i, &usual, NULL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

/* First out of the way of the numbers that they are to have, then there. Every other
 * one is closed. */
static bool place_descriptors(const struct start *s)
{
	const int wanted[] = {s->in >= 0 ? s->in : hand_on(s->input), s->out, s->out, s->result, s->status, s->go};
	int clear[LENGTH(wanted)];
	for (size_t i = 0; i < LENGTH(wanted); i++)
		if (wanted[i] < 0 || (clear[i] = fcntl(wanted[i], F_DUPFD_CLOEXEC, CLEAR)) < 0)
			return false;
	for (size_t i = 0; i < LENGTH(wanted); i++)
		if (dup2(clear[i], (int)i) < 0)
			return false;
	if (syscall(SYS_close_range, START_DATA, UINT_MAX, 0) != 0)
		return false;
	for (size_t i = 0; i < s->data_count; i++)
		if (hand_on(s->data[i]) != START_DATA + (int)i)
			return false;
	return true;
}

/* Whatever runs out of memory first, it shall not be another's program. */
static void be_first_to_go(void)
{
	AUTO_FD int fd = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
	if (fd >= 0 && write(fd, "1000", 4) < 0)
		return;
}

static _Noreturn void become(const struct start *s, pid_t parent)
{
	setsid(); /* an interrupt from the keyboard is ours to handle */
	be_first_to_go();
	if (!place_descriptors(s) || !set_limits(s) || (s->uid && !change_user(s->uid)))
		_exit(NOT_STARTED);
	/* cleared by a change of the user */
	if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0 || getppid() != parent)
		_exit(NOT_STARTED);
	reset_signals();
	execve(s->program, s->argv, environment);
	_exit(NOT_STARTED);
}

static pid_t start_in(const struct group *g)
{
	struct clone_args args = {
		.flags = CLONE_INTO_CGROUP,
		.exit_signal = SIGCHLD,
		.cgroup = (unsigned)g->folder,
	};
	return (pid_t)syscall(SYS_clone3, &args, sizeof args);
}

enum status start_run(const struct start *s, const struct group *g, pid_t *ret, struct error *err)
{
	sigset_t all, before;
	pid_t parent = getpid();
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before); /* no handler of ours runs in the child */
	/* posix_spawn() can do none of what becomes of the child */
	pid_t pid = g->kind == GROUP_V2 ? start_in(g) : vfork(); /* NOLINT(clang-analyzer-*) */
	if (pid == 0)
		become(s, parent);
	int code = errno;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (pid < 0)
		return fail_errno(err, ERR_UNAVAILABLE, code, "cannot start %s", s->program);
	*ret = pid;
	return OK;
}
