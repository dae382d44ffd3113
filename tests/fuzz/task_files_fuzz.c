/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Paths of files, one a line, as a model names them: none that is taken leads out of the
 * work folder, and all of them can be written beside one another.
 */
#include "benchmark/task.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static void require(bool holds)
{
	if (!holds)
		abort();
}

/* How deep the path goes; -1 where a step of it leads above its beginning or nowhere. */
static int depth_of(struct slice path)
{
	int depth = 0;
	while (path.size) {
		struct slice step = slice_part(path, 0, slice_find(path, '/'));
		if (slice_is(step, "") || slice_is(step, ".") || slice_is(step, ".."))
			return -1;
		depth++;
		path = slice_part(path, step.size + 1, path.size);
	}
	return depth;
}

static void check(const struct task_files *f)
{
	require(f->count <= TASK_FILES_MAX);
	for (size_t i = 0; i < f->count; i++) {
		const char *path = f->at[i].path;
		require(depth_of(slice_of_string(path)) > 0 && path[strlen(path) - 1] != '/');
		require(!strchr("/-@", path[0]));
		require(task_files_find(f, path) == &f->at[i]);
		for (size_t k = 0; k < f->count; k++) {
			size_t size = strlen(f->at[k].path);
			require(i == k || strncmp(path, f->at[k].path, size) != 0 || (path[size] && path[size] != '/'));
		}
	}
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct task_files files = {0};
	struct cursor c = cursor_over(slice_of(data, size));
	struct slice line;
	while (cursor_line(&c, &line, NULL)) {
		char path[2 * TASK_PATH_MAX];
		struct error err = {0};
		size_t before = files.count;
		if (!slice_to_string(line, path, sizeof path))
			continue;
		enum status status = task_files_put(&files, path, line, &err);
		require(status == OK ? task_files_find(&files, path) != NULL : err.text[0] && files.count == before);
		if (!status)
			require(slice_equal(text_slice(&task_files_find(&files, path)->content), line));
	}
	check(&files);
	task_files_free(&files);
	return 0;
}
