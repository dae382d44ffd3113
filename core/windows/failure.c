/* SPDX-License-Identifier: Apache-2.0 */
#include "core/windows/failure.h"

#include "core/windows/wide.h"

#include <windows.h>

#include <stdio.h>
#include <string.h>

enum { MESSAGE_MAX = 512 /* units of what Windows says */ };

/* winerror.h of MinGW lacks them. */
#ifndef ERROR_ELEVATION_REQUIRED
#define ERROR_ELEVATION_REQUIRED 740L
#endif
#ifndef ERROR_DISK_QUOTA_EXCEEDED
#define ERROR_DISK_QUOTA_EXCEEDED 1295L
#endif

static enum status status_of(unsigned long code, enum status otherwise)
{
	switch (code) {
	case ERROR_ACCESS_DENIED:
	case ERROR_PRIVILEGE_NOT_HELD:
	case ERROR_ELEVATION_REQUIRED:
		return ERR_PERMISSION;
	case ERROR_FILE_NOT_FOUND:
	case ERROR_PATH_NOT_FOUND:
	case ERROR_DIRECTORY:
		return ERR_NO_INPUT;
	case ERROR_DISK_FULL:
	case ERROR_HANDLE_DISK_FULL:
	case ERROR_DISK_QUOTA_EXCEEDED:
	case ERROR_CRC:
	case ERROR_IO_DEVICE:
		return ERR_IO;
	default:
		return otherwise;
	}
}

void failure_text(unsigned long code, char *ret, size_t capacity)
{
	wchar_t wide[MESSAGE_MAX];
	size_t size = FormatMessageW(FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS, NULL,
				     code, 0, wide, MESSAGE_MAX, NULL);
	while (size && (wide[size - 1] <= L' ' || wide[size - 1] == L'.'))
		size--;
	wide[size < MESSAGE_MAX ? size : MESSAGE_MAX - 1] = 0;
	wide_string(wide, ret, capacity);
	if (size == 0)
		snprintf(ret, capacity, "Windows error %lu", code);
}

enum status fail_windows(struct error *err, enum status status, unsigned long code,
			 const char *format, ...)
{
	status = status_of(code, status);
	if (!err)
		return status;
	char what[ERROR_TEXT_MAX / 2];
	failure_text(code, what, sizeof what);
	va_list args;
	va_start(args, format);
	vsnprintf(err->text, sizeof err->text, format, args);
	va_end(args);
	size_t used = strlen(err->text);
	snprintf(err->text + used, sizeof err->text - used, ": %s", what);
	err->status = status;
	return status;
}
