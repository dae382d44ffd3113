/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/linux/isolate_state.h"

#include "core/auto.h"
#include "core/file.h"

#include <errno.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>

/* A socket that listens outside, which nobody inside may reach. */
static int bait_open(const char *name, bool abstract)
{
	struct sockaddr_un at = {.sun_family = AF_UNIX};
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	size_t size = strlen(name);
	memcpy(at.sun_path + abstract, name, size);
	size += offsetof(struct sockaddr_un, sun_path) + 1;
	if (fd >= 0 && bind(fd, (const struct sockaddr *)&at, (socklen_t)size) == 0 && listen(fd, 1) == 0)
		return fd;
	auto_close(&fd);
	return -1;
}

static enum status open_baits(struct isolation *i, const char *id, struct error *err)
{
	struct isolate *s = i->shared;
	snprintf(s->bait, sizeof s->bait, "/tmp/airgap-verify-%.16s", id);
	snprintf(s->bait_name, sizeof s->bait_name, "airgap-verify-%.16s", id);
	i->bait[0] = bait_open(s->bait, false);
	i->bait[1] = bait_open(s->bait_name, true);
	if (i->bait[0] < 0 || i->bait[1] < 0)
		return fail_errno(err, ERR_UNAVAILABLE, errno, "isolate: no socket can be made in /tmp to try it by");
	return OK;
}

static void pass(struct isolation *i, struct slice path)
{
	struct isolate *s = i->shared;
	if (path.size == 0 || path.at[0] != '/' || s->pass_count == ISOLATE_PASSED_MAX)
		return;
	char *copy = must_alloc(path.size + 1, 1);
	memcpy(copy, path.at, path.size);
	i->owned[i->owned_count++] = copy;
	s->pass[s->pass_count++] = copy;
}

/* The folder of a file; of one in a folder that is hidden as a whole, the file itself. */
static void pass_folder_of(struct isolation *i, struct slice path)
{
	size_t slash = path.size;
	while (slash > 0 && path.at[slash - 1] != '/')
		slash--;
	struct slice folder = slice_part(path, 0, slash > 1 ? slash - 1 : slash);
	bool alone = slice_is(folder, "/tmp") || slice_is(folder, "/var/tmp") || slice_is(folder, "/dev/shm");
	pass(i, alone ? path : folder);
}

/* Programs, and logs that the watch keeps, wherever they lie. */
static void list_passed(struct isolation *i, const struct watch_options *o)
{
	const char *path = getenv("PATH");
	struct cursor c = cursor_over(slice_of_string(path ? path : ""));
	struct slice part;
	for (bool more = true; more;) {
		more = cursor_until(&c, ':', FILE_PATH_MAX, &part);
		pass(i, more ? part : cursor_rest(&c));
	}
	pass_folder_of(i, slice_of_string(o->command[0]));
	for (size_t n = 0; n < o->log_count + o->context_count; n++) {
		struct slice log = slice_of_string(n < o->log_count ? o->logs[n] : o->contexts[n - o->log_count]);
		size_t equals = slice_find(log, '=');
		if (log.size && log.at[0] != '/' && equals < log.size)
			log = slice_part(log, equals + 1, log.size);
		pass_folder_of(i, log);
	}
}

enum status isolation_new(const struct watch *w, struct isolation **ret, struct error *err)
{
	struct isolation *i = must_alloc(1, sizeof *i);
	*i = (struct isolation){.channel = {-1, -1}, .bait = {-1, -1}, .relay_channel = -1};
	for (size_t n = 0; n < ISOLATE_FDS; n++)
		i->fds[n] = -1;
	*ret = i;
	i->shared = mmap(NULL, sizeof *i->shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (i->shared == MAP_FAILED) {
		i->shared = NULL;
		return fail_errno(err, ERR_UNAVAILABLE, errno, "isolate: no shared memory");
	}
	i->shared->options = *w->options->isolate;
	i->shared->collector = w->suite;
	char folder[PATH_MAX];
	if (realpath(w->options->folder, folder) && strlen(folder) < sizeof i->shared->folder)
		snprintf(i->shared->folder, sizeof i->shared->folder, "%.*s", ISOLATE_PATH_MAX - 1, folder);
	list_passed(i, w->options);
	enum status status = open_baits(i, w->options->id, err);
	if (!status)
		status = unix_list_read(&i->shared->before, err);
	if (status)
		return status;
	for (size_t n = 0; n < i->shared->before.count; n++)
		if (!unix_list_path(&i->shared->before.at[n], i->shared->paths[n]))
			i->shared->paths[n][0] = 0;
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, i->channel) != 0)
		return fail_errno(err, ERR_UNAVAILABLE, errno, "cannot make a socket pair");
	return OK;
}

static enum status enter(void *context, const struct invoker *who, struct error *err)
{
	struct isolation *i = context;
	close(i->channel[0]);
	close(i->bait[0]);
	close(i->bait[1]);
	enum status status = isolate_enter(i->shared, who, i->channel[1], err);
	close(i->channel[1]);
	return status;
}

void isolation_inside(struct isolation *i, struct launch_hooks *hooks)
{
	hooks->enter = enter;
	hooks->enter_context = i;
}

static bool take_sockets(struct isolation *i)
{
	union {
		struct cmsghdr head;
		char room[CMSG_SPACE(ISOLATE_FDS * sizeof(int))];
	} control = {0};
	char byte;
	struct iovec part = {&byte, 1};
	struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = control.room,
				 .msg_controllen = sizeof control.room};
	ssize_t got;
	while ((got = recvmsg(i->channel[0], &message, MSG_CMSG_CLOEXEC)) < 0 && errno == EINTR)
		;
	if (got != 1 || message.msg_controllen < CMSG_LEN(sizeof(int)) || control.head.cmsg_type != SCM_RIGHTS)
		return false;
	int in[ISOLATE_FDS];
	size_t count = (control.head.cmsg_len - CMSG_LEN(0)) / sizeof(int), fixed = count - i->shared->options.carry_count;
	memcpy(in, CMSG_DATA(&control.head), count * sizeof(int));
	for (size_t n = 0; n < count; n++)
		i->fds[n < fixed ? n : ISOLATE_CARRIED + n - fixed] = in[n];
	return fixed >= ISOLATE_UDP4 && fixed <= ISOLATE_CARRIED;
}

enum status isolation_begin(struct isolation *i, const struct launch *l, struct error *err)
{
	auto_close(&i->channel[1]);
	i->channel[1] = -1;
	bool done = launch_enter(l) && take_sockets(i);
	/* they are of no further use, and one lies in the file system */
	for (int n = 0; n < 2; n++)
		auto_close(&i->bait[n]);
	i->bait[0] = i->bait[1] = -1;
	unlink(i->shared->bait);
	if (done)
		return OK;
	if (i->shared->problem.status) {
		*err = i->shared->problem;
		return err->status;
	}
	return fail(err, ERR_UNAVAILABLE, "isolate: the command's process ended before it was isolated");
}

void isolation_free(struct isolation *i)
{
	if (!i)
		return;
	for (int n = 0; n < 2; n++) {
		auto_close(&i->channel[n]);
		auto_close(&i->bait[n]);
	}
	for (size_t n = 0; n < ISOLATE_FDS; n++)
		auto_close(&i->fds[n]);
	for (size_t n = 0; n < i->owned_count; n++)
		free(i->owned[n]);
	auto_close(&i->relay_channel);
	if (i->shared)
		munmap(i->shared, sizeof *i->shared);
	free(i);
}
