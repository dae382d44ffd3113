/* SPDX-License-Identifier: Apache-2.0 */
#include "core/error.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

enum status fail(struct error *err, enum status status, const char *format, ...)
{
	if (err) {
		va_list args;
		va_start(args, format);
		vsnprintf(err->text, sizeof err->text, format, args);
		va_end(args);
		err->status = status;
	}
	return status;
}

static enum status status_of_errno(int code, enum status otherwise)
{
	switch (code) {
	case EACCES:
	case EPERM:
		return ERR_PERMISSION;
	case ENOENT:
	case ENOTDIR:
		return ERR_NO_INPUT;
	case ENOSPC:
	case EDQUOT:
	case EIO:
		return ERR_IO;
	default:
		return otherwise;
	}
}

enum status fail_errno(struct error *err, enum status status, int code, const char *format, ...)
{
	status = status_of_errno(code, status);
	if (!err)
		return status;
	va_list args;
	va_start(args, format);
	vsnprintf(err->text, sizeof err->text, format, args);
	va_end(args);
	size_t used = strlen(err->text);
	snprintf(err->text + used, sizeof err->text - used, ": %s", strerror(code));
	err->status = status;
	return status;
}

enum status fail_in(struct error *err, const char *format, ...)
{
	if (!err)
		return ERR_INTERNAL;
	char before[ERROR_TEXT_MAX];
	va_list args;
	va_start(args, format);
	vsnprintf(before, sizeof before, format, args);
	va_end(args);
	char after[ERROR_TEXT_MAX];
	memcpy(after, err->text, sizeof after);
	/* both halves are bounded; what does not fit is cut at the end */
	size_t used = strlen(before);
	if (used && !strncmp(after, before, used) && (after[used] == ':' || after[used] == '/'))
		return err->status;
	memcpy(err->text, before, used);
	snprintf(err->text + used, sizeof err->text - used, ": %s", after);
	return err->status;
}

int error_exit(enum status status)
{
	static const int exits[] = {
		[OK] = EX_OK,
		[ERR_USAGE] = EX_USAGE,
		[ERR_MALFORMED] = EX_DATAERR,
		[ERR_LIMIT] = EX_DATAERR,
		[ERR_NO_INPUT] = EX_NOINPUT,
		[ERR_UNAVAILABLE] = EX_UNAVAILABLE,
		[ERR_INTERNAL] = EX_SOFTWARE,
		[ERR_CREATE] = EX_CANTCREAT,
		[ERR_IO] = EX_IOERR,
		[ERR_PERMISSION] = EX_NOPERM,
		[ERR_CONFIG] = EX_CONFIG,
		[ERR_STORE] = EX_SOFTWARE,
		[ERR_BUSY] = EX_TEMPFAIL,
	};
	return (size_t)status < LENGTH(exits) ? exits[status] : EX_SOFTWARE;
}

_Noreturn void die(const char *format, ...)
{
	va_list args;
	va_start(args, format);
	fputs("airgap-verify: ", stderr);
	vfprintf(stderr, format, args);
	fputc('\n', stderr);
	va_end(args);
	exit(EX_SOFTWARE);
}

void *must_alloc(size_t count, size_t size)
{
	void *block = calloc(count ? count : 1, size ? size : 1);
	if (!block)
		die("out of memory (%zu × %zu bytes)", count, size);
	return block;
}

void *must_realloc(void *block, size_t count, size_t size)
{
	if (size && count > SIZE_MAX / size)
		die("out of memory (%zu × %zu bytes)", count, size);
	size_t bytes = count * size;
	void *grown = realloc(block, bytes ? bytes : 1);
	if (!grown)
		die("out of memory (%zu bytes)", bytes);
	return grown;
}

char *must_strdup(const char *text)
{
	size_t size = strlen(text) + 1;
	char *copy = must_alloc(size, 1);
	memcpy(copy, text, size);
	return copy;
}
