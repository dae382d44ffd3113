/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/linux/tracefs.h"

#include "core/auto.h"
#include "core/error.h"

#include <fcntl.h>
#include <sched.h>
#include <stdbool.h>
#include <sys/mount.h>

static bool is_there(void)
{
	return access("/sys/kernel/tracing/events/syscalls", X_OK) == 0 ||
	       access("/sys/kernel/debug/tracing/events/syscalls", X_OK) == 0;
}

struct tracefs tracefs_enter(void)
{
	struct tracefs t = {-1, -1, -1};
	if (is_there())
		return t;
	AUTO_FD int back = open("/proc/self/ns/mnt", O_RDONLY | O_CLOEXEC);
	AUTO_FD int folder = open(".", O_PATH | O_DIRECTORY | O_CLOEXEC);
	AUTO_FD int root = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (back < 0 || folder < 0 || root < 0 || unshare(CLONE_NEWNS) != 0)
		return t;
	t.back = take_fd(&back);
	t.folder = take_fd(&folder);
	t.root = take_fd(&root);
	/* private first, or the mount would show outside */
	if (mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0)
		mount("tracefs", "/sys/kernel/tracing", "tracefs",
		      MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL);
	return t;
}

/* Going back sets the root to that of the namespace, which is another one for who
 * runs in a chroot. */
void tracefs_leave(struct tracefs *t)
{
	if (t->back >= 0 && setns(t->back, CLONE_NEWNS) == 0) {
		if (fchdir(t->root) != 0 || chroot(".") != 0)
			die("cannot go back to the root folder");
		if (fchdir(t->folder) != 0)
			t->folder = -1; /* a folder that was removed under us: paths are absolute */
	}
	auto_close(&t->back);
	auto_close(&t->folder);
	auto_close(&t->root);
	*t = (struct tracefs){-1, -1, -1};
}
