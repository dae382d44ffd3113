/* SPDX-License-Identifier: Apache-2.0 */
#include "core/file.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum status file_have_folder(int dirfd, const char *path, struct error *err)
{
	if (mkdirat(dirfd, path, 0700) != 0 && errno != EEXIST)
		return fail_errno(err, ERR_CREATE, errno, "cannot make the folder %s", path);
	return OK;
}

enum status file_have_folders_above(int dirfd, const char *path, struct error *err)
{
	char folder[FILE_PATH_MAX];
	enum status status = OK;
	const char *at = *path == '/' ? path + 1 : path; /* the root is there */
	while (!status && (at = strchr(at, '/')) != NULL) {
		snprintf(folder, sizeof folder, "%.*s", (int)(at++ - path), path);
		status = file_have_folder(dirfd, folder, err);
	}
	return status;
}
