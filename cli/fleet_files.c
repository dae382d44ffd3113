/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/fleet_files.h"

#include "core/auto.h"
#include "core/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { ARENA_MAX = 1 << 30 };

static enum status add(struct fleet_files *f, const char *path, struct error *err)
{
	const char *kept = arena_string(f->arena, slice_of_string(path));
	if (!kept || f->count == FILE_COUNT_MAX)
		return fail(err, ERR_LIMIT, "more than %d bundles at once", FILE_COUNT_MAX);
	if (f->count == f->capacity) {
		f->capacity = f->capacity ? 2 * f->capacity : 64;
		f->paths = must_realloc(f->paths, f->capacity, sizeof *f->paths);
	}
	f->paths[f->count++] = kept;
	return OK;
}

static enum status add_folder(struct fleet_files *f, const char *folder, struct error *err)
{
	AUTO_FD int fd = -1;
	struct file_entry *entries;
	size_t count = 0;
	enum status status = file_open_folder(AT_FDCWD, folder, &fd, err);
	if (!status)
		status = file_list(fd, f->arena, &entries, &count, err);
	if (status)
		return fail_in(err, "%s", folder);
	for (size_t i = 0; i < count && !status; i++) {
		char path[FILE_PATH_MAX];
		if (!entries[i].regular || !slice_ends(slice_of_string(entries[i].path), ".zip"))
			continue;
		if (snprintf(path, sizeof path, "%s/%s", folder, entries[i].path) >= (int)sizeof path)
			status = fail(err, ERR_LIMIT, "%s: a path that is too long", folder);
		else
			status = add(f, path, err);
	}
	return status;
}

enum status fleet_files_find(char *const names[], size_t count, struct fleet_files *ret, struct error *err)
{
	enum status status = OK;
	*ret = (struct fleet_files){.arena = arena_new(ARENA_MAX)};
	for (size_t i = 0; i < count && !status; i++) {
		struct stat st;
		if (stat(names[i], &st) != 0)
			status = fail_errno(err, ERR_NO_INPUT, errno, "%s", names[i]);
		else
			status = S_ISDIR(st.st_mode) ? add_folder(ret, names[i], err) : add(ret, names[i], err);
	}
	return status;
}

void fleet_files_free(struct fleet_files *f)
{
	arena_free(f->arena);
	free(f->paths);
	*f = (struct fleet_files){0};
}
