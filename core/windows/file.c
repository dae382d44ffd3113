/* SPDX-License-Identifier: Apache-2.0 */
#include "core/file.h"

#include "core/auto.h"
#include "core/windows/failure.h"
#include "core/windows/open_at.h"

#include <errno.h>
#include <fcntl.h>
#include <io.h>
#include <stdio.h>
#include <winternl.h>

enum { SHARE_ALL = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE };

static const struct open_at existing_folder = {
	.access = FILE_LIST_DIRECTORY | FILE_TRAVERSE | FILE_READ_ATTRIBUTES,
	.share = SHARE_ALL,
	.disposition = FILE_OPEN,
	.options = FILE_DIRECTORY_FILE,
	.follow = true,
};

static HANDLE handle_of(int fd)
{
	return fd < 0 ? INVALID_HANDLE_VALUE : (HANDLE)_get_osfhandle(fd);
}

static enum status take(HANDLE handle, int flags, const char *path, int *ret_fd, struct error *err)
{
	int fd = open_at_descriptor(handle, flags);
	if (fd < 0)
		return fail_errno(err, ERR_IO, errno, "%s", path);
	*ret_fd = fd;
	return OK;
}

enum status file_open_folder(int dirfd, const char *path, int *ret_fd, struct error *err)
{
	HANDLE handle;
	DWORD code = open_at(dirfd, path, &existing_folder, &handle);
	if (code == ERROR_DIRECTORY)
		return fail(err, ERR_NO_INPUT, "%s: is no folder", path);
	if (code)
		return fail_windows(err, ERR_NO_INPUT, code, "%s", path);
	return take(handle, _O_RDONLY, path, ret_fd, err);
}

enum status file_make_folder(int dirfd, const char *path, int *ret_fd, struct error *err)
{
	struct open_at how = existing_folder;
	HANDLE handle;
	how.disposition = FILE_CREATE;
	how.private_to_us = true;
	how.follow = false;
	DWORD code = open_at(dirfd, path, &how, &handle);
	if (code)
		return fail_windows(err, ERR_CREATE, code, "cannot make the folder %s", path);
	return take(handle, _O_RDONLY, path, ret_fd, err);
}

enum status file_open(int dirfd, const char *path, int *ret_fd, struct error *err)
{
	static const struct open_at how = {
		.access = FILE_READ_DATA | FILE_READ_ATTRIBUTES,
		.share = SHARE_ALL,
		.disposition = FILE_OPEN,
		.options = FILE_NON_DIRECTORY_FILE,
	};
	HANDLE handle;
	DWORD code = open_at(dirfd, path, &how, &handle);
	if (code == ERROR_CANT_ACCESS_FILE)
		return fail(err, ERR_NO_INPUT,
			    "%s: a symbolic link, and such are not followed; name the file itself", path);
	if (code)
		return fail_windows(err, ERR_NO_INPUT, code, "%s", path);
	if (GetFileType(handle) != FILE_TYPE_DISK) {
		CloseHandle(handle);
		return fail(err, ERR_NO_INPUT, "%s: not a regular file", path);
	}
	return take(handle, _O_RDONLY, path, ret_fd, err);
}

enum status file_read(int dirfd, const char *path, size_t max, struct text *ret, struct error *err)
{
	AUTO_FD int fd = -1;
	enum status status = file_open(dirfd, path, &fd, err);
	size_t total = 0;
	char buffer[16384];
	while (!status) {
		DWORD got = 0;
		if (!ReadFile(handle_of(fd), buffer, sizeof buffer, &got, NULL))
			return fail_windows(err, ERR_IO, GetLastError(), "%s", path);
		if (got == 0)
			return OK;
		total += got;
		if (total > max)
			return fail(err, ERR_LIMIT, "%s: larger than %zu bytes", path, max);
		text_add(ret, slice_of(buffer, got));
		if (ret->overflow)
			return fail(err, ERR_LIMIT, "%s: larger than its buffer", path);
	}
	return status;
}

enum status file_write_fd(int fd, struct slice bytes, const char *name, struct error *err)
{
	struct cursor c = cursor_over(bytes);
	while (cursor_left(&c) > 0) {
		struct slice part = slice_part(cursor_rest(&c), 0, 1 << 30);
		DWORD done = 0;
		if (!WriteFile(handle_of(fd), part.at, (DWORD)part.size, &done, NULL))
			return fail_windows(err, ERR_IO, GetLastError(), "cannot write %s", name);
		cursor_skip(&c, done);
	}
	return OK;
}

void file_offer(int fd, struct slice bytes)
{
	DWORD done;
	(void)WriteFile(handle_of(fd), bytes.at, (DWORD)bytes.size, &done, NULL);
}

void file_set_waiting(int fd)
{
	DWORD mode = PIPE_READMODE_BYTE | PIPE_WAIT;
	(void)SetNamedPipeHandleState(handle_of(fd), &mode, NULL, NULL);
}

enum status file_create(int dirfd, const char *name, int *ret_fd, struct error *err)
{
	/* without FILE_WRITE_DATA every write goes to the end; others may read, not write */
	static const struct open_at how = {
		.access = FILE_APPEND_DATA | FILE_READ_ATTRIBUTES,
		.share = FILE_SHARE_READ,
		.disposition = FILE_CREATE,
		.options = FILE_NON_DIRECTORY_FILE,
		.private_to_us = true,
	};
	HANDLE handle;
	DWORD code = open_at(dirfd, name, &how, &handle);
	if (code)
		return fail_windows(err, ERR_CREATE, code, "cannot make %s", name);
	return take(handle, _O_APPEND, name, ret_fd, err);
}

enum status file_sync(int fd, const char *name, struct error *err)
{
	if (!FlushFileBuffers(handle_of(fd)))
		return fail_windows(err, ERR_IO, GetLastError(), "cannot write %s", name);
	return OK;
}

enum status file_close(int *fd, const char *name, struct error *err)
{
	if (close(take_fd(fd)) != 0)
		return fail_errno(err, ERR_IO, errno, "cannot finish %s", name);
	return OK;
}

/* What a run before left behind is replaced, but a link is not written through. */
enum status file_begin(int dirfd, const char *name, struct file_output *ret, struct error *err)
{
	static const struct open_at left_over = {
		.access = DELETE,
		.share = SHARE_ALL,
		.disposition = FILE_OPEN,
		.options = FILE_NON_DIRECTORY_FILE,
	};
	static const struct open_at how = {
		.access = FILE_WRITE_DATA | FILE_READ_ATTRIBUTES | DELETE,
		.share = FILE_SHARE_READ,
		.disposition = FILE_CREATE,
		.options = FILE_NON_DIRECTORY_FILE,
		.private_to_us = true,
	};
	HANDLE handle;
	*ret = (struct file_output){.dirfd = dirfd, .fd = -1};
	int name_size = snprintf(ret->name, sizeof ret->name, "%s", name);
	int size = snprintf(ret->temporary, sizeof ret->temporary, "%s.part", name);
	if (name_size < 0 || size < 0 || (size_t)size >= sizeof ret->temporary)
		return fail(err, ERR_LIMIT, "%s: the name is too long", name);
	if (open_at(dirfd, ret->temporary, &left_over, &handle) == 0) {
		open_at_remove(handle);
		CloseHandle(handle);
	}
	DWORD code = open_at(dirfd, ret->temporary, &how, &handle);
	if (code)
		return fail_windows(err, ERR_CREATE, code, "cannot write %s", name);
	return take(handle, 0, name, &ret->fd, err);
}

/* The rename goes by the open file: to open it again for that could fail, as long as a
 * scanner looks at it. */
enum status file_commit(struct file_output *out, struct error *err)
{
	enum status status = file_sync(out->fd, out->name, err);
	DWORD code = status ? 0 : open_at_rename(handle_of(out->fd), out->dirfd, out->name);
	if (code)
		status = fail_windows(err, ERR_IO, code, "cannot put %s in its place", out->name);
	if (!status)
		status = file_close(&out->fd, out->name, err);
	if (status)
		file_abandon(out);
	out->temporary[0] = 0;
	return status;
}

void file_abandon(struct file_output *out)
{
	if (out->fd >= 0) {
		open_at_remove(handle_of(out->fd));
		close(take_fd(&out->fd));
	}
	out->temporary[0] = 0;
}
