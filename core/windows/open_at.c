/* SPDX-License-Identifier: Apache-2.0 */
#include "core/windows/open_at.h"

#include "core/auto.h"
#include "core/windows/private.h"
#include "core/windows/wide.h"

#include <fcntl.h>
#include <io.h>
#include <winternl.h>

/* Of ntdll since Windows Vista, but in no header. */
NTSTATUS NTAPI RtlDosPathNameToNtPathName_U_WithStatus(const wchar_t *path, UNICODE_STRING *ret,
						       wchar_t **ret_name, void *relative);

static bool is_relative(const wchar_t *path)
{
	return path[0] && path[0] != L'\\' && path[1] != L':';
}

static void turn_slashes(wchar_t *path)
{
	for (; *path; path++)
		if (*path == L'/')
			*path = L'\\';
}

static HANDLE root_of(int dirfd, const wchar_t *path)
{
	return dirfd == AT_FDCWD || !is_relative(path) ? NULL : (HANDLE)_get_osfhandle(dirfd);
}

enum reparse { REPARSE_NONE, REPARSE_DATA, REPARSE_NAME };

/* A reparse point stands for another name (a link, a junction), or says where the data of
 * this file lies: compressed, in a cloud. */
static enum reparse reparse_of(HANDLE handle)
{
	FILE_ATTRIBUTE_TAG_INFO info;
	if (!GetFileInformationByHandleEx(handle, FileAttributeTagInfo, &info, sizeof info) ||
	    !(info.FileAttributes & FILE_ATTRIBUTE_REPARSE_POINT))
		return REPARSE_NONE;
	return IsReparseTagNameSurrogate(info.ReparseTag) ? REPARSE_NAME : REPARSE_DATA;
}

static NTSTATUS create(HANDLE root, UNICODE_STRING *name, const struct open_at *how, ULONG disposition,
		       ULONG options, HANDLE *ret)
{
	OBJECT_ATTRIBUTES attributes;
	IO_STATUS_BLOCK block;
	void *descriptor = how->private_to_us ? private_descriptor() : NULL;
	InitializeObjectAttributes(&attributes, name, OBJ_CASE_INSENSITIVE, root, descriptor);
	return NtCreateFile(ret, how->access | SYNCHRONIZE, &attributes, &block, NULL,
			    FILE_ATTRIBUTE_NORMAL, how->share, disposition,
			    how->options | options | FILE_SYNCHRONOUS_IO_NONALERT, NULL, 0);
}

static DWORD open_name(HANDLE root, UNICODE_STRING *name, const struct open_at *how, HANDLE *ret)
{
	NTSTATUS status = create(root, name, how, how->disposition,
				 how->follow ? 0 : FILE_OPEN_REPARSE_POINT, ret);
	if (status < 0)
		return RtlNtStatusToDosError(status);
	enum reparse reparse = how->follow ? REPARSE_NONE : reparse_of(*ret);
	if (reparse == REPARSE_NONE)
		return 0;
	HANDLE itself = *ret;
	status = 0;
	if (reparse == REPARSE_DATA) {
		/* the same file again (an empty name), for its data and not for the point */
		UNICODE_STRING nothing = {0};
		status = create(itself, &nothing, how, FILE_OPEN, 0, ret);
	}
	CloseHandle(itself);
	return reparse == REPARSE_NAME ? ERROR_CANT_ACCESS_FILE
	       : status < 0            ? RtlNtStatusToDosError(status)
				       : 0;
}

DWORD open_at(int dirfd, const char *path, const struct open_at *how, HANDLE *ret)
{
	AUTO_FREE wchar_t *wide = must_alloc(WIDE_MAX, sizeof *wide);
	UNICODE_STRING name;
	if (!wide_from(path, wide, WIDE_MAX) || !wide[0])
		return ERROR_INVALID_NAME;
	turn_slashes(wide);
	HANDLE root = root_of(dirfd, wide);
	if (root) {
		/* the last unit would make its size in bytes run over */
		size_t size = wcslen(wide) * sizeof *wide;
		if (size > UINT16_MAX - sizeof *wide)
			return ERROR_FILENAME_EXCED_RANGE;
		name = (UNICODE_STRING){(USHORT)size, (USHORT)(size + sizeof *wide), wide};
		return open_name(root, &name, how, ret);
	}
	NTSTATUS status = RtlDosPathNameToNtPathName_U_WithStatus(wide, &name, NULL, NULL);
	if (status < 0)
		return RtlNtStatusToDosError(status);
	DWORD code = open_name(NULL, &name, how, ret);
	RtlFreeUnicodeString(&name);
	return code;
}

int open_at_descriptor(HANDLE handle, int flags)
{
	int fd = _open_osfhandle((intptr_t)handle, flags | _O_BINARY | _O_NOINHERIT);
	if (fd < 0)
		CloseHandle(handle);
	return fd;
}

DWORD open_at_rename(HANDLE handle, int dirfd, const char *name)
{
	AUTO_FREE wchar_t *wide = must_alloc(WIDE_MAX, sizeof *wide);
	if (!wide_from(name, wide, WIDE_MAX) || !is_relative(wide))
		return ERROR_INVALID_NAME;
	turn_slashes(wide);
	size_t size = wcslen(wide) * sizeof *wide, all = sizeof(FILE_RENAME_INFO) + size;
	AUTO_FREE FILE_RENAME_INFO *info = must_alloc(all, 1);
	info->ReplaceIfExists = TRUE;
	info->RootDirectory = (HANDLE)_get_osfhandle(dirfd);
	info->FileNameLength = (DWORD)size;
	memcpy(info->FileName, wide, size);
	IO_STATUS_BLOCK block;
	NTSTATUS status = NtSetInformationFile(handle, &block, info, (ULONG)all, FileRenameInformation);
	return status < 0 ? RtlNtStatusToDosError(status) : 0;
}

DWORD open_at_remove(HANDLE handle)
{
	FILE_DISPOSITION_INFO info = {TRUE};
	IO_STATUS_BLOCK block;
	NTSTATUS status =
		NtSetInformationFile(handle, &block, &info, sizeof info, FileDispositionInformation);
	return status < 0 ? RtlNtStatusToDosError(status) : 0;
}
