/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/schedule_files.h"

#include "cli/schedule_text.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_MODE = 0644, FOLDER_MODE = 0755 };

enum status schedule_files_look(const char *path, enum schedule_found *ret, struct schedule_times *ret_times,
				struct error *err)
{
	AUTO_TEXT struct text text = text_make(SCHEDULE_TEXT_MAX);
	struct schedule_times times;
	struct stat st;
	*ret = SCHEDULE_ABSENT;
	if (lstat(path, &st) != 0)
		return errno == ENOENT || errno == ENOTDIR ? OK : fail_errno(err, ERR_IO, errno, "%s", path);
	*ret = SCHEDULE_FOREIGN;
	/* a link to /dev/null masks a unit, and such a decision is not ours to undo */
	if (!S_ISREG(st.st_mode) || st.st_size > SCHEDULE_TEXT_MAX)
		return OK;
	enum status status = file_read(AT_FDCWD, path, SCHEDULE_TEXT_MAX, &text, err);
	if (status)
		return status;
	if (schedule_times_of_file(text_slice(&text), ret_times ? ret_times : &times))
		*ret = SCHEDULE_OURS;
	return OK;
}

static enum status refuse_foreign(const char *path, enum schedule_found *ret, struct error *err)
{
	enum status status = schedule_files_look(path, ret, NULL, err);
	if (!status && *ret == SCHEDULE_FOREIGN)
		status = fail(err, ERR_CREATE, "%s was not written by schedule install, and is left as it is; move it away first",
			      path);
	return status;
}

static enum status make_folders(const char *path, struct error *err)
{
	char above[FILE_PATH_MAX];
	struct slice all = slice_of_string(path);
	for (size_t i = 1; i < all.size; i++) {
		if (all.at[i] != '/' || !slice_to_string(slice_part(all, 0, i), above, sizeof above))
			continue;
		if (mkdir(above, FOLDER_MODE) != 0 && errno != EEXIST && errno != EROFS)
			return fail_errno(err, ERR_CREATE, errno, "cannot make the folder %s", above);
	}
	return OK;
}

enum status schedule_files_write(const char *path, struct slice bytes, struct error *err)
{
	struct file_output out = {.fd = -1};
	enum schedule_found found;
	enum status status = refuse_foreign(path, &found, err);
	if (status)
		return status;
	mode_t before = umask(0022); /* folders that others read from, too */
	status = make_folders(path, err);
	umask(before);
	if (!status)
		status = file_begin(AT_FDCWD, path, &out, err);
	if (!status)
		status = file_write_fd(out.fd, bytes, path, err);
	if (!status && fchmod(out.fd, FILE_MODE) != 0)
		status = fail_errno(err, ERR_IO, errno, "%s", path);
	if (!status)
		status = file_commit(&out, err);
	file_abandon(&out);
	return status;
}

enum status schedule_files_remove(const char *path, bool *ret_was_there, struct error *err)
{
	enum schedule_found found = SCHEDULE_ABSENT;
	enum status status = refuse_foreign(path, &found, err);
	*ret_was_there = found != SCHEDULE_ABSENT;
	if (!status && found == SCHEDULE_OURS && unlink(path) != 0)
		return fail_errno(err, ERR_IO, errno, "cannot remove %s", path);
	return status;
}
