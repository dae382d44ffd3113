/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/bench_check.h"

#include "benchmark/problems.h"
#include "core/json.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { OUTPUT_MAX = 16 << 20, THREADS_MAX = 64 };

/* What came of one task's answers. */
struct tried {
	const char *folder; /* of its tasks; NULL: of a file of problems, whose solution is in it */
	const struct task *task;
	size_t right, right_passed, wrong, wrong_failed;
	int64_t wall_ns; /* the longest run of a right answer */
	char first[256]; /* the first that did not behave */
};

struct checking {
	struct confine *confine;
	struct tried *tried; /* owned */
	size_t count, next;
	pthread_mutex_t lock; /* of `next` and `err` */
	struct error err;
};

static bool is_good(const struct tried *t)
{
	return t->right > 0 && t->right == t->right_passed && t->wrong == t->wrong_failed;
}

static void note(struct tried *t, const struct task_trial *trial, const struct verdict_of_run *v)
{
	bool passed = v->outcome == OUTCOME_PASSED;
	if (trial->right) {
		t->right++;
		t->right_passed += passed;
		t->wall_ns = v->wall_ns > t->wall_ns ? v->wall_ns : t->wall_ns;
	} else {
		t->wrong++;
		t->wrong_failed += !passed;
	}
	if (trial->right != passed && !t->first[0])
		snprintf(t->first, sizeof t->first, "%s: %s%s%s", trial->name, outcome_name(v->outcome), v->detail[0] ? ": " : "",
			 v->detail);
}

/* A published problem comes with its solution, and with no wrong answer. */
static enum status trials_of(const struct tried *t, struct task_trial **ret, size_t *ret_count, struct error *err)
{
	if (t->folder)
		return task_trials(t->folder, t->task, ret, ret_count, err);
	*ret = must_alloc(1, sizeof **ret);
	**ret = (struct task_trial){.name = "solution", .right = true};
	*ret_count = 1;
	return task_files_put(&(*ret)->files, t->task->answer, text_slice(&t->task->solution), err);
}

static enum status try_answers(struct confine *confine, struct tried *t, struct error *err)
{
	struct task_trial *trials = NULL;
	size_t count = 0;
	enum status status = trials_of(t, &trials, &count, err);
	for (size_t i = 0; i < count; i++) {
		struct verdict_of_run v = {.outcome = OUTCOME_FAILED};
		if (!status)
			status = judge_answer(confine, t->task, &trials[i].files, &v, err);
		if (!status)
			note(t, &trials[i], &v);
		task_files_free(&trials[i].files);
	}
	free(trials);
	return status ? fail_in(err, "%s", t->task->id) : OK;
}

static void *work(void *context)
{
	struct checking *c = context;
	for (;;) {
		struct error err = {0};
		pthread_mutex_lock(&c->lock);
		size_t i = c->err.status ? c->count : c->next;
		c->next += i < c->count;
		pthread_mutex_unlock(&c->lock);
		if (i >= c->count)
			return NULL;
		if (try_answers(c->confine, &c->tried[i], &err)) {
			pthread_mutex_lock(&c->lock);
			c->err = err;
			pthread_mutex_unlock(&c->lock);
		}
	}
}

static enum status try_all(struct checking *c, struct error *err)
{
	pthread_t threads[THREADS_MAX];
	long cpus = sysconf(_SC_NPROCESSORS_ONLN);
	unsigned wanted = cpus < 1 ? 1 : cpus > THREADS_MAX ? THREADS_MAX : (unsigned)cpus, count = 0;
	pthread_mutex_init(&c->lock, NULL);
	for (unsigned i = 1; i < wanted; i++)
		if (pthread_create(&threads[count], NULL, work, c) == 0)
			count++;
	work(c);
	for (unsigned i = 0; i < count; i++)
		pthread_join(threads[i], NULL);
	pthread_mutex_destroy(&c->lock);
	return c->err.status ? fail(err, c->err.status, "%s", c->err.text) : OK;
}

static void add_text(const struct tried *t, struct text *out)
{
	text_addf(out, "%-44s %-10s %-6s  right %zu/%zu  wrong %zu/%zu  %4lld ms%s%s\n", t->task->id,
		  task_language_name(t->task->language), task_difficulty_name(t->task->difficulty), t->right_passed, t->right,
		  t->wrong_failed, t->wrong, (long long)(t->wall_ns / 1000000), t->first[0] ? "  " : "", t->first);
}

static void add_json(const struct tried *t, struct json *j)
{
	json_begin_object(j, NULL);
	json_add_string(j, "task", t->task->id);
	json_add_string(j, "language", task_language_name(t->task->language));
	json_add_string(j, "difficulty", task_difficulty_name(t->task->difficulty));
	json_add_bool(j, "good", is_good(t));
	json_add_u64(j, "right", t->right);
	json_add_u64(j, "right_passed", t->right_passed);
	json_add_u64(j, "wrong", t->wrong);
	json_add_u64(j, "wrong_failed", t->wrong_failed);
	json_add_i64(j, "run_ns", t->wall_ns);
	json_add_string(j, "detail", t->first[0] ? t->first : NULL);
	json_end_object(j);
}

static void print(const struct checking *c, bool as_json, size_t bad)
{
	AUTO_TEXT struct text out = text_make(OUTPUT_MAX);
	struct json j = json_on(&out);
	if (as_json)
		json_begin_array(&j, NULL);
	for (size_t i = 0; i < c->count; i++)
		if (as_json)
			add_json(&c->tried[i], &j);
		else
			add_text(&c->tried[i], &out);
	if (as_json)
		json_end_array(&j);
	else
		text_addf(&out, "%zu %s, %zu of them %s not behave", c->count, text_plural(c->count, "task", "tasks"), bad,
			  text_plural(bad, "does", "do"));
	text_add_char(&out, '\n');
	fputs(text_string(&out), stdout);
}

/* Those of one folder, or of one file of problems, that are chosen. */
static enum status add_tasks(struct checking *c, const char *folder, const char *problems,
			     const struct run_settings *s, struct run_tasks *ret, struct error *err)
{
	struct judge_languages languages;
	enum status status = judge_languages(c->confine, &languages, err);
	if (!status)
		status = folder ? tasks_load(folder, &ret->all, err) : problems_load(problems, &ret->all, err);
	if (status)
		return status;
	run_tasks_choose(s, &languages, ret);
	c->tried = must_realloc(c->tried, c->count + ret->chosen_count, sizeof *c->tried);
	for (size_t i = 0; i < ret->chosen_count; i++)
		c->tried[c->count++] = (struct tried){.folder = folder, .task = ret->chosen[i]};
	for (size_t i = 0; i < TASK_LANGUAGES; i++)
		if (ret->left_out[i])
			fprintf(stderr, "airgap-verify: %s is not in the sandbox: %zu %s left out\n",
				run_settings_language(i), ret->left_out[i], text_plural(ret->left_out[i], "task is", "tasks are"));
	return OK;
}

static enum status check_all(struct checking *c, const struct bench_options *o, const struct run_settings *s,
			     struct run_tasks *tasks, bool *ret_good, struct error *err)
{
	static char own[4096]; /* the rows point to it */
	size_t bad = 0;
	enum status status = tasks_folder(own, err);
	if (!status)
		status = add_tasks(c, own, NULL, s, &tasks[0], err);
	for (size_t i = 0; i < s->folder_count && !status; i++)
		status = add_tasks(c, s->folders[i], NULL, s, &tasks[1 + i], err);
	for (size_t i = 0; i < s->problem_count && !status; i++)
		status = add_tasks(c, NULL, s->problems[i], s, &tasks[1 + s->folder_count + i], err);
	if (!status && c->count == 0)
		status = fail(err, ERR_USAGE, "of these suites, languages and difficulties there is no task that can be tried here");
	if (!status)
		status = try_all(c, err);
	if (status)
		return status;
	for (size_t i = 0; i < c->count; i++)
		bad += !is_good(&c->tried[i]);
	print(c, o->common.json, bad);
	*ret_good = bad == 0;
	return OK;
}

enum status bench_check(const struct bench_options *o, const struct run_settings *s, bool *ret_good,
			struct error *err)
{
	size_t sources = 1 + s->folder_count + s->problem_count;
	struct run_tasks *tasks = must_alloc(sources, sizeof *tasks);
	struct checking c = {.count = 0};
	*ret_good = false;
	enum status status = confine_open(&c.confine, err);
	if (!status)
		status = check_all(&c, o, s, tasks, ret_good, err);
	confine_close(c.confine);
	for (size_t i = 0; i < sources; i++)
		run_tasks_free(&tasks[i]);
	free(tasks);
	free(c.tried);
	return status;
}
