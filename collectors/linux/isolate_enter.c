/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/linux/isolate.h"

#include "collectors/linux/isolate_link.h"
#include "core/auto.h"
#include "core/file.h"
#include "core/socket_address.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/if.h>
#include <sched.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>

enum { BACKLOG = 128 };

static bool set_capabilities(uint64_t set)
{
	struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
	struct __user_cap_data_struct data[2] = {0};
	for (int i = 0; i < 2; i++)
		data[i].effective = data[i].permitted = (uint32_t)(set >> 32 * i);
	return syscall(SYS_capset, &header, data) == 0;
}

static enum status fail_forbidden(int code, const char *what, struct error *err)
{
	const char *why, *remedy;
	AUTO_FD int sys = open("/proc/sys", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (isolate_forbidden(sys, &why, &remedy))
		return fail(err, ERR_UNAVAILABLE, "isolate: %s; %s", why, remedy);
	return fail_errno(err, ERR_UNAVAILABLE, code, "isolate: %s (in a container it takes a profile that allows user "
			  "namespaces)", what);
}

static bool put(const char *path, const char *text)
{
	AUTO_FD int fd = open(path, O_WRONLY | O_CLOEXEC);
	ssize_t size = (ssize_t)strlen(text);
	return fd >= 0 && write(fd, text, (size_t)size) == size;
}

/* user_namespaces(7): everybody may map their own user and group to themselves. With the
 * right to make namespaces on the machine, where we have it, so that what forbids them to
 * ordinary users does not forbid them to root on a user's behalf. */
static enum status new_namespaces(const struct invoker *who, struct error *err)
{
	char users[64], groups[64];
	prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0);
	enum status status = privilege_become(who, err);
	if (status)
		return status;
	if (who->through)
		set_capabilities(CAPABILITY(CAP_SYS_ADMIN)); /* where it was not kept, nothing is lost */
	prctl(PR_SET_KEEPCAPS, 0, 0, 0, 0);
	prctl(PR_SET_DUMPABLE, 1, 0, 0, 0); /* or /proc/self is root's */
	snprintf(users, sizeof users, "%u %u 1\n", getuid(), getuid());
	snprintf(groups, sizeof groups, "%u %u 1\n", getgid(), getgid());
	if (unshare(CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWNS | CLONE_NEWIPC) != 0)
		return fail_forbidden(errno, "no namespaces can be made here", err);
	if (!put("/proc/self/setgroups", "deny") || !put("/proc/self/gid_map", groups) ||
	    !put("/proc/self/uid_map", users))
		return fail_forbidden(errno, "the user cannot be mapped into the namespace", err);
	return OK;
}

static enum status raise_loopback(struct error *err)
{
	struct ifreq r = {.ifr_name = "lo"};
	AUTO_FD int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd < 0 || ioctl(fd, SIOCGIFFLAGS, &r) != 0)
		return fail_errno(err, ERR_UNAVAILABLE, errno, "isolate: no loopback");
	r.ifr_flags |= IFF_UP;
	if (ioctl(fd, SIOCSIFFLAGS, &r) != 0)
		return fail_forbidden(errno, "no rights over the namespace that was made", err);
	return OK;
}

static enum status listen_at(const struct carry *c, int *ret, struct error *err)
{
	char text[ADDRESS_TEXT_MAX];
	union socket_address here;
	int one = 1;
	socklen_t size = (socklen_t)socket_address_make(&c->address, c->port, &here);
	int fd = socket(here.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	*ret = fd;
	address_text(&c->address, text);
	if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one) != 0 ||
	    bind(fd, &here.any, size) != 0 || listen(fd, BACKLOG) != 0)
		return fail_errno(err, ERR_UNAVAILABLE, errno, "isolate: cannot listen at %s port %u inside", text, c->port);
	return OK;
}

static enum status open_sockets(const struct isolate *i, int fds[static ISOLATE_FDS], struct error *err)
{
	enum status status = OK;
	for (size_t n = 0; n < ISOLATE_FDS; n++)
		fds[n] = -1;
	fds[ISOLATE_ASK] = isolate_link_ask_open();
	fds[ISOLATE_NEWS] = isolate_link_news_open();
	fds[ISOLATE_TCP4] = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	fds[ISOLATE_UDP4] = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	fds[ISOLATE_TCP6] = socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
	fds[ISOLATE_UDP6] = socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	for (size_t n = 0; n <= ISOLATE_UDP4; n++)
		if (fds[n] < 0)
			return fail_errno(err, ERR_UNAVAILABLE, errno, "isolate: no sockets inside");
	for (size_t n = 0; n < i->options.carry_count && !status; n++)
		status = listen_at(&i->options.carry[n], &fds[ISOLATE_CARRIED + n], err);
	return status;
}

static enum status hand_over(int channel, const int fds[static ISOLATE_FDS], struct error *err)
{
	union {
		struct cmsghdr head;
		char room[CMSG_SPACE(ISOLATE_FDS * sizeof(int))];
	} control = {0};
	int out[ISOLATE_FDS] = {0};
	size_t count = 0;
	for (size_t n = 0; n < ISOLATE_FDS; n++)
		if (fds[n] >= 0)
			out[count++] = fds[n];
	struct iovec part = {"f", 1};
	struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = control.room,
				 .msg_controllen = CMSG_SPACE(count * sizeof(int))};
	control.head = (struct cmsghdr){.cmsg_len = CMSG_LEN(count * sizeof(int)), .cmsg_level = SOL_SOCKET,
					.cmsg_type = SCM_RIGHTS};
	memcpy(CMSG_DATA(&control.head), out, count * sizeof(int));
	if (sendmsg(channel, &message, MSG_NOSIGNAL) != 1)
		return fail_errno(err, ERR_INTERNAL, errno, "isolate: cannot hand sockets out");
	return OK;
}

/* What whoever started us left open: a socket leads out, and so does a folder. Files and
 * pipes stay, as they do where nothing is isolated. */
static void close_inherited(struct isolate *i)
{
	AUTO_DIR DIR *open_ones = opendir("/proc/self/fd");
	struct dirent *entry;
	while (open_ones && (entry = readdir(open_ones)) != NULL) {
		uint64_t fd;
		struct stat st;
		if (!slice_u64(slice_of_string(entry->d_name), INT32_MAX, &fd) || (int)fd == dirfd(open_ones) ||
		    fstat((int)fd, &st) != 0 || !(S_ISSOCK(st.st_mode) || S_ISDIR(st.st_mode)))
			continue;
		if (fd <= 2)
			i->sockets_standard++;
		else if (!(fcntl((int)fd, F_GETFD) & FD_CLOEXEC)) {
			close((int)fd);
			i->sockets_closed++;
		}
	}
}

/* A dump may be given to a program outside (core(5)): a limit of one byte keeps from that,
 * too, where one of none would not. */
static void no_dumps(void)
{
	setrlimit(RLIMIT_CORE, &(struct rlimit){1, 1});
}

/* Nothing that is executed gets any back: root's programs and those with capabilities are
 * held down by the bounding set, others by no_new_privs, which the filter sets. */
static enum status drop_capabilities(struct error *err)
{
	for (int n = 0; prctl(PR_CAPBSET_READ, n, 0, 0, 0) >= 0; n++)
		if (prctl(PR_CAPBSET_DROP, n, 0, 0, 0) != 0)
			return fail_errno(err, ERR_UNAVAILABLE, errno, "isolate: a capability cannot be given up");
	prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
	if (!set_capabilities(0))
		return fail_errno(err, ERR_UNAVAILABLE, errno, "isolate: the capabilities cannot be given up");
	return OK;
}

static enum status enter(struct isolate *i, const struct invoker *who, int channel, struct error *err)
{
	int fds[ISOLATE_FDS];
	i->uid = who->uid;
	close_inherited(i);
	no_dumps();
	enum status status = new_namespaces(who, err);
	if (!status)
		status = raise_loopback(err);
	if (!status)
		status = isolate_mounts(i, who->home, err);
	if (!status)
		status = open_sockets(i, fds, err);
	if (!status)
		status = drop_capabilities(err);
	if (!status)
		status = isolate_filter(err);
	if (status)
		return status;
	isolate_prove(i, fds);
	status = hand_over(channel, fds, err);
	for (size_t n = 0; n < ISOLATE_FDS; n++)
		auto_close(&fds[n]);
	return status;
}

enum status isolate_enter(struct isolate *i, const struct invoker *who, int channel, struct error *err)
{
	enum status status = enter(i, who, channel, err);
	if (status)
		i->problem = *err;
	return status;
}

enum status isolate_try(const struct invoker *who, struct error *err)
{
	struct error *told = mmap(NULL, sizeof *told, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	int wait_status = -1;
	if (told == MAP_FAILED)
		return fail_errno(err, ERR_UNAVAILABLE, errno, "isolate: no shared memory");
	pid_t pid = fork();
	if (pid == 0)
		_exit(new_namespaces(who, told) || raise_loopback(told));
	if (pid > 0)
		waitpid(pid, &wait_status, 0);
	enum status status = told->status;
	if (status)
		*err = *told;
	else if (wait_status != 0)
		status = fail(err, ERR_UNAVAILABLE, "isolate: no namespaces can be tried here");
	munmap(told, sizeof *told);
	return status;
}
