/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/linux/notify_path.h"

#include "core/auto.h"
#include "core/cursor.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <sys/syscall.h>

/* A folder of the thread's: "root" or "cwd". */
static int open_own(uint32_t tid, const char *what)
{
	char link[64];
	snprintf(link, sizeof link, "/proc/%u/%s", tid, what);
	int fd = open(link, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		errno = EPERM;
	return fd;
}

static int open_below(int folder, const char *path, uint64_t resolve)
{
	struct open_how how = {.flags = O_PATH | O_CLOEXEC, .resolve = resolve};
	return (int)syscall(SYS_openat2, folder, path, &how, sizeof how);
}

static int open_absolute(uint32_t tid, const char *path)
{
	AUTO_FD int root = open_own(tid, "root");
	return root < 0 ? -1 : open_below(root, path, RESOLVE_IN_ROOT);
}

/* A link that leads from the root on would be followed from ours, which is another one where the
 * thread is in a mount namespace: then it goes by way of the root. */
static int open_relative(uint32_t tid, const char *path)
{
	enum { CWD_MAX = 4096 };
	char link[64], whole[CWD_MAX + sizeof(struct sockaddr_un)];
	AUTO_FD int folder = open_own(tid, "cwd");
	int fd = folder < 0 ? -1 : open_below(folder, path, RESOLVE_NO_SYMLINKS);
	if (fd >= 0 || errno != ELOOP)
		return fd;
	snprintf(link, sizeof link, "/proc/%u/cwd", tid);
	ssize_t size = readlink(link, whole, CWD_MAX);
	if (size <= 0 || size == CWD_MAX)
		return -1;
	snprintf(whole + size, sizeof whole - (size_t)size, "/%s", path);
	return open_absolute(tid, whole);
}

int notify_path_open(uint32_t tid, const struct sockaddr_un *name, socklen_t size, struct notify_path *ret)
{
	char path[sizeof name->sun_path + 1];
	*ret = (struct notify_path){.address = *name, .size = size, .held = -1};
	size_t before = offsetof(struct sockaddr_un, sun_path);
	/* abstract names, and those that the kernel itself is to refuse */
	if (size <= before || size > sizeof *name || !name->sun_path[0])
		return 0;
	struct slice text = slice_of(name->sun_path, size - before);
	slice_to_string(slice_part(text, 0, slice_find(text, 0)), path, sizeof path);
	ret->held = path[0] == '/' ? open_absolute(tid, path) : open_relative(tid, path);
	if (ret->held < 0)
		return errno;
	int length = snprintf(ret->address.sun_path, sizeof ret->address.sun_path, "/proc/self/fd/%d", ret->held);
	ret->size = (socklen_t)(before + (size_t)length + 1);
	return 0;
}

void notify_path_close(struct notify_path *p)
{
	auto_close(&p->held);
	p->held = -1;
}
