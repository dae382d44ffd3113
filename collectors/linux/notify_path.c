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
	return open(link, O_PATH | O_DIRECTORY | O_CLOEXEC);
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
	bool absolute = path[0] == '/';
	AUTO_FD int from = open_own(tid, absolute ? "root" : "cwd");
	if (from < 0)
		return EPERM;
	struct open_how how = {.flags = O_PATH | O_CLOEXEC, .resolve = absolute ? RESOLVE_IN_ROOT : 0};
	ret->held = (int)syscall(SYS_openat2, from, path, &how, sizeof how);
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
