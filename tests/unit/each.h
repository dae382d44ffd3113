/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_UNIT_EACH_H
#define TESTS_UNIT_EACH_H

/* Runs something for each number below a count, on all processors. */

#include <pthread.h>
#include <stdbool.h>
#include <stdatomic.h>
#include <stddef.h>
#include <unistd.h>

enum { EACH_THREADS_MAX = 64 };

struct each {
	size_t count;
	atomic_size_t next, wrong;
	bool (*run)(size_t i, void *context); /* false: it went wrong */
	void *context;
};

static inline void *each_work(void *argument)
{
	struct each *e = argument;
	for (size_t i; (i = atomic_fetch_add(&e->next, 1)) < e->count;)
		if (!e->run(i, e->context))
			atomic_fetch_add(&e->wrong, 1);
	return NULL;
}

/* How many went wrong. */
static inline size_t each_run(size_t count, bool (*run)(size_t i, void *context), void *context)
{
	struct each e = {.count = count, .run = run, .context = context};
	pthread_t threads[EACH_THREADS_MAX];
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	size_t started = 0;
	while ((long)started < processors && started < EACH_THREADS_MAX &&
	       pthread_create(&threads[started], NULL, each_work, &e) == 0)
		started++;
	each_work(&e);
	for (size_t i = 0; i < started; i++)
		pthread_join(threads[i], NULL);
	return e.wrong;
}

#endif
