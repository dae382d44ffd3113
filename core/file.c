/* SPDX-License-Identifier: Apache-2.0 */
#include "core/file.h"

#include "core/auto.h"
#include "core/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum status file_open_folder(int dirfd, const char *path, int *ret_fd, struct error *err)
{
	int fd = openat(dirfd, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0 && errno == ENOTDIR)
		return fail(err, ERR_NO_INPUT, "%s: is no folder", path);
	if (fd < 0)
		return fail_errno(err, ERR_NO_INPUT, errno, "%s", path);
	*ret_fd = fd;
	return OK;
}

enum status file_make_folder(int dirfd, const char *path, int *ret_fd, struct error *err)
{
	if (mkdirat(dirfd, path, 0700) != 0)
		return fail_errno(err, ERR_CREATE, errno, "cannot make the folder %s", path);
	return file_open_folder(dirfd, path, ret_fd, err);
}

enum status file_open(int dirfd, const char *path, int *ret_fd, struct error *err)
{
	/* O_NONBLOCK: a FIFO must not hold us up before it is refused */
	AUTO_FD int fd = openat(dirfd, path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0 && errno == ELOOP)
		return fail(err, ERR_NO_INPUT,
			    "%s: a symbolic link, and such are not followed; name the file itself", path);
	if (fd < 0)
		return fail_errno(err, ERR_NO_INPUT, errno, "%s", path);
	struct stat st;
	if (fstat(fd, &st) != 0)
		return fail_errno(err, ERR_IO, errno, "%s", path);
	if (!S_ISREG(st.st_mode))
		return fail(err, ERR_NO_INPUT, "%s: not a regular file", path);
	*ret_fd = take_fd(&fd);
	return OK;
}

enum status file_read(int dirfd, const char *path, size_t max, struct text *ret, struct error *err)
{
	AUTO_FD int fd = -1;
	enum status status = file_open(dirfd, path, &fd, err);
	if (status)
		return status;
	size_t total = 0;
	char buffer[16384];
	for (;;) {
		ssize_t got = read(fd, buffer, sizeof buffer);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return fail_errno(err, ERR_IO, errno, "%s", path);
		if (got == 0)
			return OK;
		total += (size_t)got;
		if (total > max)
			return fail(err, ERR_LIMIT, "%s: larger than %zu bytes", path, max);
		text_add(ret, slice_of(buffer, (size_t)got));
		if (ret->overflow)
			return fail(err, ERR_LIMIT, "%s: larger than its buffer", path);
	}
}

enum status file_write_fd(int fd, struct slice bytes, const char *name, struct error *err)
{
	struct cursor c = cursor_over(bytes);
	while (cursor_left(&c) > 0) {
		ssize_t done = write(fd, cursor_rest(&c).at, cursor_left(&c));
		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			return fail_errno(err, ERR_IO, errno, "cannot write %s", name);
		cursor_skip(&c, (size_t)done);
	}
	return OK;
}

void file_offer(int fd, struct slice bytes)
{
	if (write(fd, bytes.at, bytes.size) < 0)
		return;
}

void file_set_waiting(int fd)
{
	fcntl(fd, F_SETFL, O_WRONLY);
}

enum status file_create(int dirfd, const char *name, int *ret_fd, struct error *err)
{
	int fd = openat(dirfd, name, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_NOFOLLOW | O_CLOEXEC,
			0600);
	if (fd < 0)
		return fail_errno(err, ERR_CREATE, errno, "cannot make %s", name);
	*ret_fd = fd;
	return OK;
}

enum status file_sync(int fd, const char *name, struct error *err)
{
	if (fsync(fd) != 0)
		return fail_errno(err, ERR_IO, errno, "cannot write %s", name);
	return OK;
}

enum status file_lock(int fd, bool shared, int wait_ms, const char *name, struct error *err)
{
	enum { AGAIN_MS = 20 };
	int64_t until_ns = clock_mono() + wait_ms * CLOCK_MILLISECOND;
	while (flock(fd, (shared ? LOCK_SH : LOCK_EX) | LOCK_NB) != 0) {
		if (errno != EWOULDBLOCK && errno != EINTR)
			return fail_errno(err, ERR_IO, errno, "%s: cannot be locked", name);
		if (clock_mono() > until_ns)
			return fail(err, ERR_BUSY, "%s: somebody else keeps it locked", name);
		poll(NULL, 0, AGAIN_MS);
	}
	return OK;
}

enum status file_close(int *fd, const char *name, struct error *err)
{
	if (close(take_fd(fd)) != 0)
		return fail_errno(err, ERR_IO, errno, "cannot finish %s", name);
	return OK;
}

/* A rename would put a file in the place of /dev/null, or of /dev/stdout, which is a link; it cannot
 * put one in that of a folder. */
static enum status check_place(int dirfd, const char *name, struct error *err)
{
	struct stat st;
	if (fstatat(dirfd, name, &st, 0) != 0 || S_ISREG(st.st_mode))
		return OK;
	if (S_ISDIR(st.st_mode))
		return fail(err, ERR_CREATE, "%s is a folder, and a file was to be written: name a file in it, or another", name);
	return fail(err, ERR_CREATE, "%s is a device, pipe or socket, and none of them is replaced", name);
}

enum status file_begin(int dirfd, const char *name, struct file_output *ret, struct error *err)
{
	*ret = (struct file_output){.dirfd = dirfd, .fd = -1};
	int name_size = snprintf(ret->name, sizeof ret->name, "%s", name);
	int size = snprintf(ret->temporary, sizeof ret->temporary, "%s.part", name);
	if (name_size < 0 || size < 0 || (size_t)size >= sizeof ret->temporary)
		return fail(err, ERR_LIMIT, "%s: the name is too long", name);
	enum status status = check_place(dirfd, name, err);
	if (status)
		return status;
	if (unlinkat(dirfd, ret->temporary, 0) != 0 && errno != ENOENT)
		return fail_errno(err, ERR_CREATE, errno, "cannot write %s", name);
	ret->fd = openat(dirfd, ret->temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
			 0600);
	if (ret->fd < 0)
		return fail_errno(err, ERR_CREATE, errno, "cannot write %s", name);
	return OK;
}

enum status file_commit(struct file_output *out, struct error *err)
{
	enum status status = file_sync(out->fd, out->name, err);
	if (!status)
		status = file_close(&out->fd, out->name, err);
	if (!status && renameat(out->dirfd, out->temporary, out->dirfd, out->name) != 0)
		status = fail_errno(err, ERR_IO, errno, "cannot put %s in its place", out->name);
	if (status)
		file_abandon(out);
	out->temporary[0] = 0;
	return status;
}

void file_abandon(struct file_output *out)
{
	if (out->fd >= 0)
		close(take_fd(&out->fd));
	if (out->temporary[0])
		unlinkat(out->dirfd, out->temporary, 0);
	out->temporary[0] = 0;
}

enum status file_map(int dirfd, const char *path, struct slice *ret, struct error *err)
{
	AUTO_FD int fd = -1;
	enum status status = file_open(dirfd, path, &fd, err);
	if (status)
		return status;
	struct stat st;
	if (fstat(fd, &st) != 0)
		return fail_errno(err, ERR_IO, errno, "%s", path);
	*ret = (struct slice){NULL, (size_t)st.st_size};
	if (st.st_size == 0)
		return OK;
	void *mapped = mmap(NULL, ret->size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (mapped == MAP_FAILED)
		return fail_errno(err, ERR_IO, errno, "cannot map %s", path);
	madvise(mapped, ret->size, MADV_SEQUENTIAL);
	ret->at = mapped;
	return OK;
}

void file_unmap(struct slice *mapped)
{
	if (mapped->size && mapped->at)
		munmap((void *)(uintptr_t)mapped->at, mapped->size);
	*mapped = (struct slice){0};
}
