/* SPDX-License-Identifier: Apache-2.0 */
#include "core/file.h"

#include "core/auto.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>


struct listing {
	struct arena *arena;
	struct file_entry *entries; /* owned while listing */
	size_t count, capacity;
};

static enum status add(struct listing *l, const char *path, const struct stat *st, struct error *err)
{
	if (l->count == FILE_COUNT_MAX)
		return fail(err, ERR_LIMIT, "%s: more than %d files", path, FILE_COUNT_MAX);
	if (l->count == l->capacity) {
		l->capacity = l->capacity ? 2 * l->capacity : 64;
		l->entries = must_realloc(l->entries, l->capacity, sizeof *l->entries);
	}
	const char *copy = arena_string(l->arena, slice_of_string(path));
	if (!copy)
		return fail(err, ERR_LIMIT, "%s: the list of files is too long", path);
	l->entries[l->count++] = (struct file_entry){
		.path = copy,
		.size = (uint64_t)st->st_size,
		.regular = S_ISREG(st->st_mode),
	};
	return OK;
}

static enum status list_folder(struct listing *l, int fd, const char *below, unsigned depth,
			       struct error *err);

static enum status list_entry(struct listing *l, int fd, const char *below, const char *name,
			      unsigned depth, struct error *err)
{
	char path[FILE_PATH_MAX];
	int size = snprintf(path, sizeof path, "%s%s%s", below, *below ? "/" : "", name);
	if (size < 0 || (size_t)size >= sizeof path)
		return fail(err, ERR_LIMIT, "%s: the path is too long", name);
	struct stat st;
	if (fstatat(fd, name, &st, AT_SYMLINK_NOFOLLOW) != 0)
		return fail_errno(err, ERR_IO, errno, "%s", path);
	if (!S_ISDIR(st.st_mode))
		return add(l, path, &st, err);
	int inner = openat(fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (inner < 0)
		return fail_errno(err, ERR_IO, errno, "%s", path);
	return list_folder(l, inner, path, depth + 1, err);
}

/* Takes `fd` over. */
static enum status list_folder(struct listing *l, int fd, const char *below, unsigned depth,
			       struct error *err)
{
	AUTO_DIR DIR *dir = fdopendir(fd);
	if (!dir) {
		int code = errno;
		close(fd);
		return fail_errno(err, ERR_IO, code, "%s", below);
	}
	if (depth > FILE_DEPTH_MAX)
		return fail(err, ERR_LIMIT, "%s: folders nested deeper than %d", below, FILE_DEPTH_MAX);
	struct dirent *entry;
	for (errno = 0; (entry = readdir(dir)) != NULL; errno = 0) {
		if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, ".."))
			continue;
		enum status status = list_entry(l, fd, below, entry->d_name, depth, err);
		if (status)
			return status;
	}
	return errno ? fail_errno(err, ERR_IO, errno, "cannot list %s", *below ? below : ".") : OK;
}

static int by_path(const void *a, const void *b)
{
	const struct file_entry *left = a, *right = b;
	return strcmp(left->path, right->path);
}

enum status file_list(int dirfd, struct arena *arena, struct file_entry **ret, size_t *ret_count,
		      struct error *err)
{
	int fd = openat(dirfd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return fail_errno(err, ERR_IO, errno, "cannot open the folder");
	struct listing l = {.arena = arena};
	enum status status = list_folder(&l, fd, "", 0, err);
	if (!status && l.count) {
		qsort(l.entries, l.count, sizeof *l.entries, by_path);
		*ret = arena_alloc(arena, l.count * sizeof *l.entries);
		if (*ret)
			memcpy(*ret, l.entries, l.count * sizeof *l.entries);
		else
			status = fail(err, ERR_LIMIT, "the list of files is too long");
	}
	*ret_count = l.count;
	free(l.entries);
	return status;
}
