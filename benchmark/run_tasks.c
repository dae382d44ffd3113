/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which tasks a run has.
 */
#include "benchmark/run.h"
#include "benchmark/problems.h"
#include "core/hash.h"

#include <stdlib.h>
#include <string.h>

/* Puts the tasks of `more` behind those of `all`, whose hash becomes that of both. */
static enum status append(struct tasks *all, struct tasks *more, struct error *err)
{
	unsigned char digest[HASH_SIZE];
	AUTO_HASH struct hash *hash = hash_new();
	if (all->count + more->count > TASK_COUNT_MAX)
		return fail(err, ERR_LIMIT, "more than %d tasks", TASK_COUNT_MAX);
	all->at = must_realloc(all->at, all->count + more->count, sizeof *all->at);
	memcpy(all->at + all->count, more->at, more->count * sizeof *more->at);
	if (all->count > 0) {
		hash_add(hash, slice_of_string(all->sha256));
		hash_add(hash, slice_of_string(more->sha256));
		hash_peek(hash, digest);
		hash_text(digest, all->sha256);
	} else {
		memcpy(all->sha256, more->sha256, sizeof all->sha256);
	}
	all->count += more->count;
	free(more->at); /* the tasks themselves are now in `all` */
	*more = (struct tasks){0};
	return OK;
}

static int compare(const void *a, const void *b)
{
	return strcmp(((const struct task *)a)->id, ((const struct task *)b)->id);
}

static enum status sort(struct tasks *all, struct error *err)
{
	if (all->count > 0)
		qsort(all->at, all->count, sizeof *all->at, compare);
	for (size_t i = 1; i < all->count; i++)
		if (!strcmp(all->at[i - 1].id, all->at[i].id))
			return fail(err, ERR_CONFIG, "two tasks are called %s; rename one", all->at[i].id);
	return OK;
}

static enum status add_folder(const char *path, struct tasks *all, struct error *err)
{
	struct tasks more = {0};
	enum status status = tasks_load(path, &more, err);
	if (!status && more.count > 0)
		status = append(all, &more, err);
	tasks_free(&more);
	return status;
}

static enum status add_problems(const char *path, struct tasks *all, struct error *err)
{
	struct tasks more = {0};
	enum status status = problems_load(path, &more, err);
	if (!status && more.count > 0)
		status = append(all, &more, err);
	tasks_free(&more);
	return status;
}

enum status run_tasks_load(const struct run_settings *s, struct tasks *ret, struct error *err)
{
	char own[4096];
	*ret = (struct tasks){0};
	enum status status = tasks_folder(own, err);
	if (!status)
		status = add_folder(own, ret, err);
	for (size_t i = 0; i < s->folder_count && !status; i++)
		status = add_folder(s->folders[i], ret, err);
	for (size_t i = 0; i < s->problem_count && !status; i++)
		status = add_problems(s->problems[i], ret, err);
	return status ? status : sort(ret, err);
}

/* Of those that are chosen `limit` of each suite, evenly over their order: the first ones
 * would all be of one language. */
static void thin_out(struct run_tasks *t, size_t limit)
{
	size_t of_suite[TASK_SUITES] = {0}, seen[TASK_SUITES] = {0}, kept = 0;
	for (size_t i = 0; i < t->chosen_count; i++)
		of_suite[t->chosen[i]->suite]++;
	for (size_t i = 0; i < t->chosen_count; i++) {
		enum task_suite suite = t->chosen[i]->suite;
		if (seen[suite]++ * limit % of_suite[suite] < limit)
			t->chosen[kept++] = t->chosen[i];
	}
	t->chosen_count = kept;
}

void run_tasks_choose(const struct run_settings *s, const struct judge_languages *languages, struct run_tasks *t)
{
	t->chosen = must_alloc(t->all.count, sizeof(struct task *));
	for (size_t i = 0; i < t->all.count; i++) {
		const struct task *task = &t->all.at[i];
		if (!s->suites[task->suite] || !s->languages[task->language] || !s->difficulties[task->difficulty])
			continue;
		if (!languages->version[task->language][0]) {
			t->left_out[task->language]++;
			continue;
		}
		t->chosen[t->chosen_count++] = task;
	}
	if (s->limit)
		thin_out(t, s->limit);
}

void run_tasks_free(struct run_tasks *t)
{
	free(t->chosen);
	tasks_free(&t->all);
	*t = (struct run_tasks){0};
}
