/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/linux/notify_enter.h"

#include "collectors/linux/notify_filter.h"
#include "core/auto.h"
#include "core/privilege.h"
#include "core/socket_address.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV
#define SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV (1UL << 5)
#endif

enum { ANSWER_MS = 5000 };

static bool obey(const struct notify_order *order)
{
	static const unsigned char v4_bytes[] = {127, 0, 0, 1}, v6_bytes[16] = {[15] = 1};
	struct address here = order->v6 ? address_v6(v6_bytes) : address_v4(v4_bytes);
	union socket_address a;
	socklen_t size = (socklen_t)socket_address_make(&here, order->port, &a);
	AUTO_FD int fd = socket(a.any.sa_family, (order->tcp ? SOCK_STREAM : SOCK_DGRAM) | SOCK_CLOEXEC, 0);
	if (order->tcp)
		return connect(fd, &a.any, size) == 0;
	return sendto(fd, "c", 1, 0, &a.any, size) == 1;
}

/* Nothing of the command's is open in it, and it ends with whoever gives the orders. */
static _Noreturn void be_canary(int orders)
{
	pid_t self = getpid();
	struct notify_order order;
	prctl(PR_SET_NAME, "airgap-canary");
	setsid(); /* signals of the terminal are for the command */
	/* a collector with file capabilities forks with them, and could not look into this one */
	if (!privilege_none() || dup2(orders, 0) != 0 || syscall(SYS_close_range, 1, UINT_MAX, 0) != 0 ||
	    write(0, &self, sizeof self) != sizeof self)
		_exit(1);
	while (read(0, &order, sizeof order) == sizeof order) {
		char done = obey(&order);
		if (write(0, &done, 1) != 1)
			break;
	}
	_exit(0);
}

/* Not a child of the command's, which could be surprised by it. */
static int begin_canary(int orders)
{
	int status;
	pid_t between = fork();
	if (between == 0) {
		pid_t canary = fork();
		if (canary == 0)
			be_canary(orders);
		_exit(canary < 0);
	}
	if (between < 0)
		return errno;
	while (waitpid(between, &status, 0) < 0)
		if (errno != EINTR)
			return errno;
	return status == 0 ? 0 : EAGAIN;
}

/* Who runs as the same user could otherwise be made to act for the session: by ptrace(2), its
 * memory, or a descriptor taken out of it. A Landlock domain (Linux 5.13) keeps all of these to
 * itself, whatever its rules are: here there is one that means nothing to an ordinary user, or (from
 * 6.12 on) that signals stay inside, so that the collector is not ended either. */
static bool confine(void)
{
	enum { VERSION_OF_SCOPES = 6, SCOPE_SIGNAL = 2, MAKE_BLOCK_DEVICE = 1 << 11 };
	struct landlock_rights {
		uint64_t files, network, scopes;
	} rights = {.scopes = SCOPE_SIGNAL};
	size_t size = sizeof rights;
	long version = syscall(SYS_landlock_create_ruleset, NULL, 0, 1 /* asks for the version */);
	if (version < VERSION_OF_SCOPES) {
		rights = (struct landlock_rights){.files = MAKE_BLOCK_DEVICE};
		size = sizeof rights.files;
	}
	int set = version < 1 ? -1 : (int)syscall(SYS_landlock_create_ruleset, &rights, size, 0);
	bool done = set >= 0 && syscall(SYS_landlock_restrict_self, set, 0) == 0;
	if (set >= 0)
		close(set);
	return done;
}

/* Yama (ptrace_scope): only descendants may be reached into. */
static bool is_guarded(void)
{
	char scope = 0;
	AUTO_FD int fd = open("/proc/sys/kernel/yama/ptrace_scope", O_RDONLY | O_CLOEXEC);
	return fd >= 0 && read(fd, &scope, 1) == 1 && scope > '0';
}

static void enter(int orders, unsigned long wanted, struct notify_entered *ret)
{
	struct sock_filter instructions[NOTIFY_FILTER_MAX];
	struct sock_fprog program = {.filter = instructions};
	program.len = (unsigned short)notify_filter(instructions);
	*ret = (struct notify_entered){.killable = wanted != 0};
	/* who changed its user may not be looked into, unless it says so */
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_DUMPABLE, 1, 0, 0, 0) != 0) {
		ret->code = errno;
		return;
	}
	ret->confined = confine() || is_guarded();
	ret->listener = (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER | wanted, &program);
	if (ret->listener < 0 && errno == EINVAL && wanted) {
		ret->killable = false;
		ret->listener = (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, &program);
	}
	ret->code = ret->listener < 0 ? errno : begin_canary(orders);
}

void notify_enter(int orders, struct notify_entered *ret)
{
	enter(orders, SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV, ret);
}

void notify_enter_old(int orders, struct notify_entered *ret)
{
	enter(orders, 0, ret);
}

enum status notify_fetch(pid_t command, const struct notify_entered *entered, int orders, int *ret_listener,
			 pid_t *ret_canary, struct error *err)
{
	struct pollfd told = {.fd = orders, .events = POLLIN};
	AUTO_FD int process = (int)syscall(SYS_pidfd_open, command, 0);
	*ret_listener = -1;
	if (process < 0)
		return fail_errno(err, ERR_UNAVAILABLE, errno, "no pidfd_open (Linux 5.3)");
	if (poll(&told, 1, ANSWER_MS) <= 0 || read(orders, ret_canary, sizeof *ret_canary) != sizeof *ret_canary)
		return fail(err, ERR_UNAVAILABLE, "the test process under the filter could not be started");
	*ret_listener = (int)syscall(SYS_pidfd_getfd, process, entered->listener, 0);
	if (*ret_listener >= 0)
		return OK;
	return fail_errno(err, ERR_UNAVAILABLE, errno, "the filter's listener cannot be taken (pidfd_getfd, Linux 5.6)");
}
