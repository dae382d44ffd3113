/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/audit_lock.h"

#include "core/auto.h"
#include "core/clock.h"
#include "core/file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>

enum { HOLDER_MAX = 256 };

/* "PID since TIME", as whoever holds it wrote. */
static enum status tell_holder(int fd, const char *path, struct error *err)
{
	char text[HOLDER_MAX];
	ssize_t got = pread(fd, text, sizeof text, 0);
	struct slice who = slice_of(text, got > 0 ? (size_t)got : 0);
	who = slice_part(who, 0, slice_find(who, '\n'));
	return fail(err, ERR_BUSY, "another audit runs in %s: process %.*s; wait for its end, or name another place with --state DIR",
		    path, who.size ? (int)who.size : 15, who.size ? (const char *)who.at : "(not told yet)");
}

enum status audit_lock(int folder, const char *path, int *ret_fd, struct error *err)
{
	char now[CLOCK_TEXT_MAX];
	AUTO_TEXT struct text who = text_make(HOLDER_MAX);
	AUTO_FD int fd = openat(folder, "lock", O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0)
		return fail_errno(err, ERR_CREATE, errno, "cannot make %s/lock", path);
	if (flock(fd, LOCK_EX | LOCK_NB) != 0)
		return errno == EWOULDBLOCK ? tell_holder(fd, path, err) : fail_errno(err, ERR_IO, errno, "cannot lock %s/lock", path);
	clock_text(clock_now().wall_ns, 0, now);
	text_addf(&who, "%d since %s\n", (int)getpid(), now);
	if (ftruncate(fd, 0) != 0)
		return fail_errno(err, ERR_IO, errno, "cannot write %s/lock", path);
	enum status status = file_write_fd(fd, text_slice(&who), "the lock", err);
	*ret_fd = status ? -1 : take_fd(&fd);
	return status;
}
