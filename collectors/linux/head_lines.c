/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/linux/head_lines.h"

#include "core/auto.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/stat.h>

struct head_lines head_lines_none(void)
{
	return (struct head_lines){.folder = -1, .fd = -1};
}

/* A file that is there, or a new one for the owner of the folder: we may be root. */
static enum status open_or_create(int folder, const char *name, int *ret, struct error *err)
{
	enum { FLAGS = O_WRONLY | O_APPEND | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC };
	struct stat st;
	int fd = openat(folder, name, FLAGS);
	if (fd < 0 && errno == ENOENT) {
		fd = openat(folder, name, FLAGS | O_CREAT | O_EXCL, 0600);
		if (fd >= 0 && geteuid() == 0 && (fstat(folder, &st) != 0 || fchown(fd, st.st_uid, st.st_gid) != 0)) {
			auto_close(&fd);
			return fail_errno(err, ERR_CREATE, errno, "%s: cannot be given to the folder's owner", name);
		}
	}
	*ret = fd;
	return fd >= 0 ? OK : fail_errno(err, ERR_CREATE, errno, "%s", name);
}

/* Did a line stay torn, when somebody before us died? Where we may not read, nobody can tell. */
static bool is_torn(const struct head_lines *l)
{
	struct stat st;
	char last = '\n';
	AUTO_FD int fd = openat(l->folder, l->name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	return fd >= 0 && fstat(fd, &st) == 0 && st.st_size > 0 && pread(fd, &last, 1, st.st_size - 1) == 1 && last != '\n';
}

/* With a second name, or as a link, it could be any file that we may write to and the user may not. */
enum status head_lines_open(struct slice folder, const char *name, struct head_lines *ret, struct error *err)
{
	char path[HEAD_PLACE_MAX];
	struct stat st;
	*ret = head_lines_none();
	snprintf(ret->name, sizeof ret->name, "%s", name);
	if (!slice_to_string(folder, path, sizeof path))
		return fail(err, ERR_CONFIG, "not the path of a folder");
	enum status status = file_open_folder(AT_FDCWD, path, &ret->folder, err);
	if (!status)
		status = open_or_create(ret->folder, name, &ret->fd, err);
	if (!status && (fstat(ret->fd, &st) != 0 || !S_ISREG(st.st_mode) || st.st_nlink != 1))
		status = fail(err, ERR_CREATE, "%s: not a file with this one name", name);
	ret->torn = !status && is_torn(ret);
	return status;
}

/* In one piece, so that lines of sessions that run at the same time do not mix. */
enum status head_lines_add(struct head_lines *l, struct slice line, struct error *err)
{
	AUTO_TEXT struct text whole = text_make(HEAD_LINE_MAX + 2);
	ssize_t done;
	if (l->torn)
		text_add_char(&whole, '\n');
	text_add(&whole, line);
	text_add_char(&whole, '\n');
	while ((done = write(l->fd, whole.at, whole.size)) < 0 && errno == EINTR)
		;
	l->torn = done > 0 && (size_t)done < whole.size;
	if (done < 0)
		return fail_errno(err, ERR_IO, errno, "cannot write %s", l->name);
	return l->torn || done == 0 ? fail(err, ERR_IO, "cannot write all of a line to %s", l->name) : OK;
}

bool head_lines_within_reach(const struct head_lines *l, uid_t uid)
{
	int flags = 0;
	if (uid == 0)
		return true;
	if (ioctl(l->fd, FS_IOC_GETFLAGS, &flags) == 0 && (flags & FS_APPEND_FL))
		return false;
	return faccessat(l->folder, ".", W_OK, AT_EACCESS) == 0 || faccessat(l->folder, l->name, W_OK, AT_EACCESS) == 0;
}

void head_lines_close(struct head_lines *l)
{
	auto_close(&l->folder);
	auto_close(&l->fd);
	l->folder = l->fd = -1;
}
