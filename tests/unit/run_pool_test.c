/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "benchmark/run_parts.h"

#include <signal.h>
#include <sys/resource.h>

/* Answers of which it is known without the sandbox what they are. */
static struct run_job *job(const struct task *task, unsigned sample)
{
	struct run_job *j = must_alloc(1, sizeof *j);
	*j = (struct run_job){.model = "m", .task = task, .sample = sample, .asked = asked_nothing(), .said = text_make(64),
			      .verdict = {.outcome = OUTCOME_REFUSED}};
	text_add_string(&j->said, "no");
	return j;
}

static size_t lines_of(const struct scratch *f)
{
	size_t size, count = 0;
	char *all = scratch_get(f, RECORD_NAME, &size);
	for (size_t i = 0; i < size; i++)
		count += all[i] == '\n';
	free(all);
	return count;
}

static void every_answer_is_recorded(void **state)
{
	enum { JOBS = 100 };
	const struct scratch *f = *state;
	struct task task = {.id = "complete/a"};
	struct error err = {0};
	struct record *r;
	size_t judged, passed;
	assert_int_equal(record_create(f->fd, &r, &err), OK);
	struct run_pool *p = run_pool_start(NULL, r, 4);
	for (unsigned i = 0; i < JOBS; i++)
		assert_int_equal(run_pool_put(p, job(&task, i), &err), OK);
	assert_int_equal(run_pool_drain(p, &err), OK);
	run_pool_counts(p, &judged, &passed);
	assert_int_equal(judged, JOBS);
	assert_int_equal(passed, 0);
	run_pool_reset(p);
	run_pool_counts(p, &judged, &passed);
	assert_int_equal(judged, 0);
	run_pool_end(p, false);
	assert_int_equal(record_close(r, &err), OK);
	assert_int_equal(lines_of(f), JOBS);
}

/* A full disk ends the run: whoever puts more in is told. */
static void failed_write_comes_back(void **state)
{
	const struct scratch *f = *state;
	struct task task = {.id = "complete/a"};
	struct rlimit before, none;
	struct error err = {0}, drained = {0};
	struct record *r;
	assert_int_equal(record_create(f->fd, &r, &err), OK);
	struct run_pool *p = run_pool_start(NULL, r, 2);
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	none = before;
	none.rlim_cur = 0;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &none), 0);
	assert_int_equal(run_pool_put(p, job(&task, 0), &err), OK);
	enum status status = run_pool_drain(p, &drained);
	enum status next = run_pool_put(p, job(&task, 1), &err);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	assert_int_equal(status, ERR_IO);
	assert_int_equal(next, ERR_IO);
	assert_contains(err.text, RECORD_NAME);
	run_pool_end(p, false);
	assert_int_equal(record_close(r, &err), OK);
}

static void tasks_that_can_be_done(void **state)
{
	enum { EACH = 3 };
	struct run_settings *s = must_alloc(1, sizeof *s);
	struct judge_languages languages = {{"Python", "", "node", "bash"}};
	struct run_tasks t = {.chosen = NULL};
	(void)state;
	run_settings_usual(s);
	t.all.at = must_alloc(TASK_LANGUAGES * EACH, sizeof *t.all.at);
	for (size_t i = 0; i < TASK_LANGUAGES * EACH; i++)
		t.all.at[t.all.count++] = (struct task){.suite = i % 2 ? TASK_EDIT : TASK_REPAIR, .language = (enum task_language)(i / EACH),
							.difficulty = (enum task_difficulty)(i % EACH)};
	run_tasks_choose(s, &languages, &t);
	assert_int_equal(t.chosen_count, (TASK_LANGUAGES - 1) * EACH);
	assert_int_equal(t.left_out[TASK_C], EACH);
	assert_int_equal(t.left_out[TASK_PYTHON], 0);
	free(t.chosen);
	t.chosen_count = 0;
	s->limit = 1;
	run_tasks_choose(s, &languages, &t);
	assert_int_equal(t.chosen_count, 2); /* one of each suite */
	free(t.chosen);
	t.chosen_count = 0;
	s->limit = 0;
	s->difficulties[TASK_HARD] = s->languages[TASK_SHELL] = s->suites[TASK_EDIT] = false;
	run_tasks_choose(s, &languages, &t);
	for (size_t i = 0; i < t.chosen_count; i++)
		assert_true(t.chosen[i]->suite == TASK_REPAIR && t.chosen[i]->difficulty != TASK_HARD &&
			    t.chosen[i]->language != TASK_SHELL && t.chosen[i]->language != TASK_C);
	assert_int_equal(t.chosen_count, 2);
	run_tasks_free(&t);
	free(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(every_answer_is_recorded),
		scratch_test(failed_write_comes_back),
		cmocka_unit_test(tasks_that_can_be_done),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
