/* SPDX-License-Identifier: Apache-2.0 */
#include "benchmark/task.h"

#include "benchmark/task_read.h"
#include "core/arena.h"
#include "core/auto.h"
#include "core/file.h"
#include "core/hash.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

enum { LIST_MAX = 64 << 20 /* bytes of the paths of all tasks */ };

/* The files of one task: a run of the list, which is sorted. */
struct group {
	char id[TASK_ID_MAX];
	size_t first, count;
};

struct groups {
	struct group *at; /* owned */
	size_t count;
};

static void groups_free(struct groups *g)
{
	free(g->at);
}

static void arena_auto(struct arena **a)
{
	arena_free(*a);
}

/* "SUITE/NAME" of "SUITE/NAME/file". */
static enum status id_of(const char *path, char ret[static TASK_ID_MAX], struct error *err)
{
	struct slice all = slice_of_string(path);
	size_t suite = slice_find(all, '/');
	struct slice rest = slice_part(all, suite + 1, all.size);
	size_t name = slice_find(rest, '/');
	if (!suite || !name || name >= rest.size)
		return fail(err, ERR_CONFIG, "%s: belongs to no task; a task is a folder SUITE/LANGUAGE-NAME; "
			    "move the file elsewhere", path);
	if (!slice_to_string(slice_part(all, 0, suite + 1 + name), ret, TASK_ID_MAX))
		return fail(err, ERR_CONFIG, "%s: SUITE/LANGUAGE-NAME is longer than %d bytes", path, TASK_ID_MAX - 1);
	return OK;
}

static int by_id(const void *a, const void *b)
{
	const struct group *left = a, *right = b;
	return strcmp(left->id, right->id);
}

static enum status group_files(const struct file_entry *files, size_t count, struct groups *ret, struct error *err)
{
	for (size_t i = 0; i < count; i++) {
		char id[TASK_ID_MAX];
		enum status status = id_of(files[i].path, id, err);
		if (status)
			return status;
		if (ret->count && !strcmp(ret->at[ret->count - 1].id, id)) {
			ret->at[ret->count - 1].count++;
			continue;
		}
		if (ret->count == TASK_COUNT_MAX)
			return fail(err, ERR_LIMIT, "more than %d tasks", TASK_COUNT_MAX);
		ret->at = must_realloc(ret->at, ret->count + 1, sizeof *ret->at);
		struct group *g = &ret->at[ret->count++];
		*g = (struct group){.first = i, .count = 1};
		memcpy(g->id, id, sizeof id);
	}
	if (!ret->count)
		return fail(err, ERR_NO_INPUT, "holds no task; name a folder of folders SUITE/LANGUAGE-NAME");
	qsort(ret->at, ret->count, sizeof *ret->at, by_id);
	return OK;
}

/* Each file as its path, its size in decimal, both ended by a NUL, and its bytes. */
static void hash_file(struct hash *h, const char *path, struct slice content)
{
	AUTO_TEXT struct text head = text_make(FILE_PATH_MAX + 32);
	text_add_string(&head, path);
	text_add(&head, slice_of("", 1));
	text_add_u64(&head, content.size);
	text_add(&head, slice_of("", 1));
	hash_add(h, text_slice(&head));
	hash_add(h, content);
}

static enum status load_file(int fd, const struct file_entry *file, size_t below, struct task *task, struct hash *h,
			     struct error *err)
{
	AUTO_TEXT struct text content = text_make(TASK_FILE_MAX);
	enum status status = file_read(fd, file->path, TASK_FILE_MAX, &content, err);
	if (status)
		return status;
	hash_file(h, file->path, text_slice(&content));
	status = task_read_file(task, file->path + below, text_slice(&content), err);
	return status ? fail_in(err, "%s", file->path) : OK;
}

static enum status load_group(int fd, const struct file_entry *files, const struct group *g, struct task *task,
			      struct hash *h, struct error *err)
{
	enum status status = task_read_begin(task, g->id, err);
	for (size_t i = 0; i < g->count && !status; i++)
		status = load_file(fd, &files[g->first + i], strlen(g->id) + 1, task, h, err);
	if (!status && (status = task_read_end(task, err)) != OK)
		status = fail_in(err, "%s", g->id);
	return status;
}

static enum status load_all(int fd, struct tasks *ret, struct error *err)
{
	AUTO(arena_auto) struct arena *arena = arena_new(LIST_MAX);
	AUTO(groups_free) struct groups groups = {0};
	AUTO_HASH struct hash *hash = hash_new();
	struct file_entry *files = NULL;
	size_t count = 0;
	enum status status = file_list(fd, arena, &files, &count, err);
	if (!status)
		status = group_files(files, count, &groups, err);
	if (status)
		return status;
	ret->at = must_alloc(groups.count, sizeof *ret->at);
	for (size_t i = 0; i < groups.count && !status; i++)
		status = load_group(fd, files, &groups.at[i], &ret->at[ret->count++], hash, err);
	unsigned char digest[HASH_SIZE];
	hash_peek(hash, digest);
	hash_text(digest, ret->sha256);
	return status;
}

enum status tasks_load(const char *path, struct tasks *ret, struct error *err)
{
	AUTO_FD int fd = -1;
	*ret = (struct tasks){0};
	enum status status = file_open_folder(AT_FDCWD, path, &fd, err);
	if (status)
		return status;
	status = load_all(fd, ret, err);
	if (status) {
		tasks_free(ret);
		return fail_in(err, "%s", path);
	}
	return OK;
}
