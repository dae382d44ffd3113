/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/find_command.h"

#include "core/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* 0, or an errno value. */
static int try_path(const char *path)
{
	struct stat st;
	if (stat(path, &st) != 0)
		return errno;
	if (S_ISDIR(st.st_mode))
		return EISDIR;
	return faccessat(AT_FDCWD, path, X_OK, AT_EACCESS) == 0 ? 0 : errno;
}

/* The first one that can be executed; else the most telling failure. */
static int try_search(const char *name)
{
	const char *path = getenv("PATH");
	struct cursor c = cursor_over(slice_of_string(path ? path : "/usr/bin:/bin"));
	int code = ENOENT;
	for (bool more = true; more;) {
		char full[FILE_PATH_MAX];
		struct slice folder;
		more = cursor_until(&c, ':', FILE_PATH_MAX, &folder);
		if (!more)
			folder = cursor_rest(&c);
		if (snprintf(full, sizeof full, "%.*s/%s", folder.size ? (int)folder.size : 1,
			     folder.size ? (const char *)folder.at : ".", name) >= (int)sizeof full)
			continue;
		int tried = try_path(full);
		if (tried == 0)
			return 0;
		if (tried == EACCES)
			code = EACCES;
	}
	return code;
}

enum status find_command(const char *name, struct error *err)
{
	int code = strchr(name, '/') ? try_path(name) : try_search(name);
	switch (code) {
	case 0:
		return OK;
	case ENOENT:
	case ENOTDIR:
		return fail(err, ERR_NO_INPUT, "%s: no such command; nothing was run", name);
	case EACCES:
	case EISDIR:
		return fail(err, ERR_PERMISSION, "%s: %s; nothing was run", name,
			    code == EISDIR ? "is a folder" : "no permission to execute it");
	default:
		return fail_errno(err, ERR_UNAVAILABLE, code, "%s", name);
	}
}
