/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/inventory/tree.h"

#include "core/auto.h"
#include "core/file.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>

struct tree {
	const struct tree_visitor *visitor;
	char path[FILE_PATH_MAX];
};

static void pass(const struct tree *t, const char *reason)
{
	t->visitor->pass(t->visitor->to, reason, t->path);
}

static void pass_errno(const struct tree *t, int code)
{
	bool right = code == EACCES || code == EPERM;
	pass(t, right ? "files and folders that this user may not read" : "files and folders that could not be opened");
}

static bool is_kernel(int fd)
{
	struct statfs st;
	return fstatfs(fd, &st) == 0 && (st.f_type == PROC_SUPER_MAGIC || st.f_type == SYSFS_MAGIC ||
					 st.f_type == DEBUGFS_MAGIC || st.f_type == TRACEFS_MAGIC);
}

/* Adds "/name"; false where that is too long. */
static bool enter(struct tree *t, size_t length, const char *name)
{
	size_t slash = length > 0 && t->path[length - 1] != '/', size = strlen(name);
	if (length + slash + size >= sizeof t->path)
		return false;
	if (slash)
		t->path[length] = '/';
	memcpy(t->path + length + slash, name, size + 1);
	return true;
}

static enum status walk_folder(struct tree *t, int fd, unsigned depth, struct error *err);

/* What is behind the name may have been exchanged since it was listed. */
static enum status open_entry(struct tree *t, int folder, const char *name, unsigned depth, struct error *err)
{
	struct stat st;
	AUTO_FD int fd = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &st) != 0) {
		pass_errno(t, errno);
		return OK;
	}
	if (S_ISREG(st.st_mode))
		return t->visitor->visit(t->visitor->to, fd, t->path, err);
	if (S_ISDIR(st.st_mode) && !is_kernel(fd))
		return walk_folder(t, take_fd(&fd), depth + 1, err);
	pass(t, S_ISDIR(st.st_mode) ? "folders in which the kernel tells of itself: not read"
				    : "devices, pipes and sockets: not opened");
	return OK;
}

static enum status walk_entry(struct tree *t, int folder, const struct dirent *entry, unsigned depth,
			      struct error *err)
{
	struct stat st;
	mode_t mode = entry->d_type == DT_REG ? S_IFREG : entry->d_type == DT_DIR ? S_IFDIR : 0;
	if (!mode && fstatat(folder, entry->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0)
		mode = st.st_mode & S_IFMT;
	if (S_ISREG(mode) || S_ISDIR(mode))
		return open_entry(t, folder, entry->d_name, depth, err);
	pass(t, S_ISLNK(mode) ? "links: not followed" : "devices, pipes and sockets: not opened");
	return OK;
}

/* Takes `fd` over. */
static enum status walk_folder(struct tree *t, int fd, unsigned depth, struct error *err)
{
	size_t length = strlen(t->path);
	enum status status = OK;
	AUTO_DIR DIR *dir = depth > TREE_DEPTH_MAX ? NULL : fdopendir(fd);
	if (!dir) {
		close(fd);
		pass(t, depth > TREE_DEPTH_MAX ? "folders nested deeper than 64: not read"
					       : "files and folders that could not be opened");
		return OK;
	}
	const struct dirent *entry;
	for (errno = 0; !status && (entry = readdir(dir)) != NULL; errno = 0) {
		if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, ".."))
			continue;
		if (enter(t, length, entry->d_name))
			status = walk_entry(t, fd, entry, depth, err);
		else
			pass(t, "files and folders whose path is too long");
		t->path[length] = 0;
	}
	if (!status && errno)
		pass(t, "folders that could not be listed to their end");
	return status;
}

enum status tree_walk(const char *path, const struct tree_visitor *visitor, struct error *err)
{
	struct tree t = {.visitor = visitor};
	struct stat st;
	AUTO_FD int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &st) != 0)
		return fail_errno(err, ERR_NO_INPUT, errno, "%s", path);
	if (!S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode))
		return fail(err, ERR_NO_INPUT, "%s: neither a file nor a folder", path);
	if (snprintf(t.path, sizeof t.path, "%s", path) >= (int)sizeof t.path)
		return fail(err, ERR_LIMIT, "%s: the path is too long", path);
	if (S_ISREG(st.st_mode))
		return visitor->visit(visitor->to, fd, t.path, err);
	return walk_folder(&t, take_fd(&fd), 0, err);
}
