/* SPDX-License-Identifier: Apache-2.0 */
#include "benchmark/task.h"

#include "core/file.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_folder(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* Where the last '/' of the path stands; its size where there is none. */
static size_t last_slash(struct slice path)
{
	for (size_t i = path.size; i > 0; i--)
		if (path.at[i - 1] == '/')
			return i - 1;
	return path.size;
}

/* The tree that the program was built in: beside the nearest folder "build" above it. */
static bool beside_build(struct slice self, char ret[static FILE_PATH_MAX])
{
	for (size_t slash; (slash = last_slash(self)) < self.size;) {
		self = slice_part(self, 0, slash);
		if (!slice_ends(self, "/build"))
			continue;
		struct slice tree = slice_part(self, 0, last_slash(self));
		int size = snprintf(ret, FILE_PATH_MAX, "%.*s/schema/tasks", (int)tree.size,
				    tree.size ? (const char *)tree.at : "");
		if (size > 0 && size < FILE_PATH_MAX && is_folder(ret))
			return true;
	}
	return false;
}

enum status tasks_folder(char ret[static FILE_PATH_MAX], struct error *err)
{
	char self[FILE_PATH_MAX];
	ssize_t size = readlink("/proc/self/exe", self, sizeof self);
	if (size > 0 && beside_build(slice_of(self, (size_t)size), ret))
		return OK;
	(void)snprintf(ret, FILE_PATH_MAX, "%s/tasks", DATADIR);
	if (is_folder(ret))
		return OK;
	return fail(err, ERR_NO_INPUT,
		    "the tasks are neither beside the build folder of this program nor in %s; run make install, or name "
		    "a folder of tasks", ret);
}
