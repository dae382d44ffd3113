/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/log_file.h"

#include "core/auto.h"
#include "core/file.h"
#include "core/windows/open_at.h"
#include "core/windows/wide.h"

#include <errno.h>
#include <fcntl.h>
#include <io.h>
#include <string.h>

enum { SHARE_ALL = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE };

/* Links are followed: the log is where its program writes it. */
static HANDLE open_path(const char *path, DWORD access)
{
	AUTO_FREE wchar_t *wide = must_alloc(WIDE_MAX, sizeof *wide);
	if (!wide_from(path, wide, WIDE_MAX)) {
		SetLastError(ERROR_INVALID_NAME);
		return INVALID_HANDLE_VALUE;
	}
	return CreateFileW(wide, access, SHARE_ALL, NULL, OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, NULL);
}

static bool read_id(HANDLE file, struct log_file_id *ret, bool *ret_regular)
{
	BY_HANDLE_FILE_INFORMATION info;
	if (!GetFileInformationByHandle(file, &info))
		return false;
	ret->device = info.dwVolumeSerialNumber;
	ret->number = (uint64_t)info.nFileIndexHigh << 32 | info.nFileIndexLow;
	*ret_regular = !(info.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY);
	return true;
}

int log_file_open(const char *path, struct log_file_id *ret_id, const char **ret_problem)
{
	bool regular = false;
	*ret_problem = NULL;
	HANDLE file = open_path(path, GENERIC_READ);
	if (file == INVALID_HANDLE_VALUE) {
		DWORD code = GetLastError();
		if (code == ERROR_ACCESS_DENIED)
			*ret_problem = "no permission to read it";
		else if (code == ERROR_SHARING_VIOLATION)
			*ret_problem = "its program lets nobody read it meanwhile";
		else if (code != ERROR_FILE_NOT_FOUND && code != ERROR_PATH_NOT_FOUND)
			*ret_problem = "cannot be opened";
		return -1;
	}
	if (GetFileType(file) != FILE_TYPE_DISK || !read_id(file, ret_id, &regular) || !regular) {
		*ret_problem = "not a regular file";
		CloseHandle(file);
		return -1;
	}
	return open_at_descriptor(file, _O_RDONLY);
}

bool log_file_look(const char *path, struct log_file_id *ret)
{
	bool regular, found = false;
	HANDLE file = open_path(path, FILE_READ_ATTRIBUTES);
	if (file == INVALID_HANDLE_VALUE)
		return false;
	found = read_id(file, ret, &regular);
	CloseHandle(file);
	return found;
}

bool log_file_size(int fd, uint64_t *ret)
{
	LARGE_INTEGER size;
	if (!GetFileSizeEx((HANDLE)_get_osfhandle(fd), &size))
		return false;
	*ret = (uint64_t)size.QuadPart;
	return true;
}

long log_file_read(int fd, void *ret, size_t size, uint64_t at)
{
	OVERLAPPED where = {.Offset = (DWORD)at, .OffsetHigh = (DWORD)(at >> 32)};
	DWORD got = 0;
	if (ReadFile((HANDLE)_get_osfhandle(fd), ret, (DWORD)size, &got, &where) ||
	    GetLastError() == ERROR_HANDLE_EOF)
		return (long)got;
	errno = EIO;
	return -1;
}

void log_file_full_path(const char *path, char *ret, size_t capacity)
{
	AUTO_FREE wchar_t *wide = must_alloc(WIDE_MAX, sizeof *wide);
	AUTO_FREE wchar_t *full = must_alloc(WIDE_MAX, sizeof *full);
	ret[0] = 0;
	if (!wide_from(path, wide, WIDE_MAX))
		return;
	DWORD size = GetFullPathNameW(wide, WIDE_MAX, full, NULL);
	if (size > 0 && size < WIDE_MAX)
		wide_string(full, ret, capacity);
}

const char *log_file_name(const char *path)
{
	const char *name = path;
	for (const char *c = path; *c; c++)
		if (*c == '\\' || *c == '/')
			name = c + 1;
	return name;
}
