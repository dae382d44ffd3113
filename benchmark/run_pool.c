/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Judges answers on all cores while the model writes the next one.
 */
#include "benchmark/run_parts.h"

#include <pthread.h>
#include <stdlib.h>

enum { THREADS_MAX = 64 };

struct run_pool {
	struct confine *confine; /* not owned, neither is the record */
	struct record *record;
	pthread_t threads[THREADS_MAX];
	unsigned thread_count;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	/* below: under the lock */
	struct run_job **waiting; /* a ring, owned */
	size_t room, first, count;
	unsigned busy, writing;
	bool ending, dropped;
	size_t judged, passed;
	struct error err; /* the first failure */
};

void run_job_free(struct run_job *job)
{
	if (!job)
		return;
	text_free(&job->said);
	task_files_free(&job->files);
	free(job);
}

static enum status judge_job(struct run_pool *p, struct run_job *job, struct error *err)
{
	if (job->verdict.outcome != OUTCOME_PASSED)
		return OK;
	enum status status = judge_answer(p->confine, job->task, &job->files, &job->verdict, err);
	return status ? fail_in(err, "%s", job->task->id) : OK;
}

static enum status write_job(struct run_pool *p, const struct run_job *job, struct error *err)
{
	struct record_answer a = {job->model, job->task, job->sample, job->seed, &job->asked, text_slice(&job->said),
				  &job->verdict};
	return record_answer(p->record, &a, err);
}

/* With the lock held, which is let go of meanwhile. */
static void do_job(struct run_pool *p, struct run_job *job)
{
	struct error err = {0};
	pthread_mutex_unlock(&p->lock);
	enum status status = judge_job(p, job, &err);
	pthread_mutex_lock(&p->lock);
	if (!status && !p->dropped) {
		p->writing++;
		pthread_mutex_unlock(&p->lock);
		status = write_job(p, job, &err);
		pthread_mutex_lock(&p->lock);
		p->writing--;
		p->judged++;
		p->passed += job->verdict.outcome == OUTCOME_PASSED;
	}
	if (status && !p->err.status)
		p->err = err;
	run_job_free(job);
}

static void *work(void *context)
{
	struct run_pool *p = context;
	pthread_mutex_lock(&p->lock);
	for (;;) {
		while (p->count == 0 && !p->ending)
			pthread_cond_wait(&p->changed, &p->lock);
		if (p->count == 0)
			break;
		struct run_job *job = p->waiting[p->first];
		p->first = (p->first + 1) % p->room;
		p->count--;
		p->busy++;
		do_job(p, job);
		p->busy--;
		pthread_cond_broadcast(&p->changed);
	}
	pthread_mutex_unlock(&p->lock);
	return NULL;
}

struct run_pool *run_pool_start(struct confine *confine, struct record *record, unsigned threads)
{
	struct run_pool *p = must_alloc(1, sizeof *p);
	if (threads > THREADS_MAX)
		threads = THREADS_MAX;
	*p = (struct run_pool){.confine = confine, .record = record, .room = 2u * (threads ? threads : 1)};
	p->waiting = must_alloc(p->room, sizeof(struct run_job *));
	pthread_mutex_init(&p->lock, NULL);
	pthread_cond_init(&p->changed, NULL);
	for (unsigned i = 0; i < threads; i++)
		if (pthread_create(&p->threads[p->thread_count], NULL, work, p) == 0)
			p->thread_count++;
	if (p->thread_count == 0)
		die("cannot start a thread");
	return p;
}

enum status run_pool_put(struct run_pool *p, struct run_job *job, struct error *err)
{
	pthread_mutex_lock(&p->lock);
	while (p->count == p->room && !p->err.status)
		pthread_cond_wait(&p->changed, &p->lock);
	struct error failed = p->err;
	if (!failed.status) {
		p->waiting[(p->first + p->count++) % p->room] = job;
		pthread_cond_broadcast(&p->changed);
	}
	pthread_mutex_unlock(&p->lock);
	if (!failed.status)
		return OK;
	run_job_free(job);
	return fail(err, failed.status, "%s", failed.text);
}

void run_pool_counts(struct run_pool *p, size_t *ret_judged, size_t *ret_passed)
{
	pthread_mutex_lock(&p->lock);
	*ret_judged = p->judged;
	*ret_passed = p->passed;
	pthread_mutex_unlock(&p->lock);
}

void run_pool_reset(struct run_pool *p)
{
	pthread_mutex_lock(&p->lock);
	p->judged = p->passed = 0;
	pthread_mutex_unlock(&p->lock);
}

enum status run_pool_drain(struct run_pool *p, struct error *err)
{
	pthread_mutex_lock(&p->lock);
	while (p->count > 0 || p->busy > 0)
		pthread_cond_wait(&p->changed, &p->lock);
	struct error failed = p->err;
	pthread_mutex_unlock(&p->lock);
	return failed.status ? fail(err, failed.status, "%s", failed.text) : OK;
}

void run_pool_end(struct run_pool *p, bool at_once)
{
	if (!p)
		return;
	pthread_mutex_lock(&p->lock);
	p->ending = true;
	p->dropped = at_once;
	for (; at_once && p->count > 0; p->count--, p->first = (p->first + 1) % p->room)
		run_job_free(p->waiting[p->first]);
	pthread_cond_broadcast(&p->changed);
	while (p->writing > 0)
		pthread_cond_wait(&p->changed, &p->lock);
	pthread_mutex_unlock(&p->lock);
	/* what still runs then goes with the process; it touches nothing but the pool */
	if (at_once)
		return;
	for (unsigned i = 0; i < p->thread_count; i++)
		pthread_join(p->threads[i], NULL);
	pthread_cond_destroy(&p->changed);
	pthread_mutex_destroy(&p->lock);
	free(p->waiting);
	free(p);
}
