/* SPDX-License-Identifier: Apache-2.0 */
#include "benchmark/task.h"

#include "benchmark/task_read.h"
#include "core/arena.h"
#include "core/auto.h"
#include "core/file.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

enum { LIST_MAX = 1 << 20 /* bytes of the paths of one task */ };

struct trials {
	struct task_trial *at; /* owned until it is given away */
	size_t count;
	bool why; /* the last one says what is wrong with it */
};

static void trials_free(struct trials *t)
{
	for (size_t i = 0; i < t->count; i++)
		task_files_free(&t->at[i].files);
	free(t->at);
}

static void arena_auto(struct arena **a)
{
	arena_free(*a);
}

/* A wrong answer of which nobody knows what is wrong tries nothing. */
static enum status end_trial(const struct trials *t, struct error *err)
{
	const struct task_trial *last = t->count ? &t->at[t->count - 1] : NULL;
	if (last && !last->right && !t->why)
		return fail(err, ERR_CONFIG, "%s/WHY is missing; say in one line what is wrong with it", last->name);
	if (last && !last->files.count)
		return fail(err, ERR_CONFIG, "%s/ holds no file of an answer", last->name);
	return OK;
}

static enum status begin_trial(struct trials *t, struct slice name, struct error *err)
{
	enum status status = end_trial(t, err);
	if (status)
		return status;
	t->at = must_realloc(t->at, t->count + 1, sizeof *t->at);
	struct task_trial *trial = &t->at[t->count++];
	*trial = (struct task_trial){.right = slice_is(name, "reference")};
	t->why = false;
	return slice_to_string(name, trial->name, sizeof trial->name) ? OK : fail(err, ERR_INTERNAL, "a long name");
}

static enum status read_file(int fd, const char *path, struct trials *t, struct error *err)
{
	struct slice name;
	size_t below;
	enum status status = OK;
	if (!task_read_trial(path, &name, &below))
		return OK;
	if (!t->count || !slice_is(name, t->at[t->count - 1].name))
		status = begin_trial(t, name, err);
	if (status)
		return status;
	AUTO_TEXT struct text content = text_make(TASK_FILE_MAX);
	status = file_read(fd, path, TASK_FILE_MAX, &content, err);
	if (status)
		return status;
	struct task_trial *trial = &t->at[t->count - 1];
	if (!trial->right && !strcmp(path + below, "WHY")) {
		t->why = slice_trim(text_slice(&content)).size > 1;
		return OK;
	}
	status = task_files_put(&trial->files, path + below, text_slice(&content), err);
	return status ? fail_in(err, "%s", path) : OK;
}

static enum status read_all(int fd, struct trials *t, struct error *err)
{
	AUTO(arena_auto) struct arena *arena = arena_new(LIST_MAX);
	struct file_entry *files = NULL;
	size_t count = 0;
	enum status status = file_list(fd, arena, &files, &count, err);
	for (size_t i = 0; i < count && !status; i++)
		status = read_file(fd, files[i].path, t, err);
	return status ? status : end_trial(t, err);
}

enum status task_trials(const char *path, const struct task *task, struct task_trial **ret, size_t *ret_count,
			struct error *err)
{
	AUTO_FD int root = -1, fd = -1;
	AUTO(trials_free) struct trials t = {0};
	enum status status = file_open_folder(AT_FDCWD, path, &root, err);
	if (status)
		return status;
	if ((status = file_open_folder(root, task->id, &fd, err)) == OK && (status = read_all(fd, &t, err)) != OK)
		(void)fail_in(err, "%s", task->id);
	if (status)
		return fail_in(err, "%s", path);
	*ret_count = t.count;
	*ret = t.at;
	t = (struct trials){0};
	return OK;
}
