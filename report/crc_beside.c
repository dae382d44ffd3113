/* SPDX-License-Identifier: Apache-2.0 */
#include "report/crc_beside.h"

#include "core/error.h"

#include <pthread.h>
#include <stdlib.h>
#include <zlib.h>

struct crc_beside {
	pthread_t thread;
	bool threaded; /* else the caller computes */
	pthread_mutex_t mutex;
	pthread_cond_t changed;
	struct slice bytes; /* to be taken next; empty: none */
	bool ended;
	uLong crc; /* the thread's while there are bytes */
};

static uLong add(uLong crc, struct slice bytes)
{
	return crc32(crc, bytes.at, (uInt)bytes.size);
}

static void *run(void *context)
{
	struct crc_beside *c = context;
	pthread_mutex_lock(&c->mutex);
	while (!c->ended) {
		if (c->bytes.size == 0) {
			pthread_cond_wait(&c->changed, &c->mutex);
			continue;
		}
		struct slice bytes = c->bytes;
		uLong crc = c->crc;
		pthread_mutex_unlock(&c->mutex);
		crc = add(crc, bytes);
		pthread_mutex_lock(&c->mutex);
		c->crc = crc;
		c->bytes.size = 0;
		pthread_cond_broadcast(&c->changed);
	}
	pthread_mutex_unlock(&c->mutex);
	return NULL;
}

struct crc_beside *crc_beside_new(void)
{
	struct crc_beside *c = must_alloc(1, sizeof *c);
	*c = (struct crc_beside){.mutex = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER, .crc = crc32(0, NULL, 0)};
	c->threaded = pthread_create(&c->thread, NULL, run, c) == 0;
	return c;
}

/* The mutex is held when it returns. */
static void wait_for_it(struct crc_beside *c)
{
	pthread_mutex_lock(&c->mutex);
	while (c->bytes.size > 0)
		pthread_cond_wait(&c->changed, &c->mutex);
}

void crc_beside_free(struct crc_beside *c)
{
	if (!c)
		return;
	if (c->threaded) {
		wait_for_it(c);
		c->ended = true;
		pthread_cond_broadcast(&c->changed);
		pthread_mutex_unlock(&c->mutex);
		pthread_join(c->thread, NULL);
	}
	pthread_cond_destroy(&c->changed);
	pthread_mutex_destroy(&c->mutex);
	free(c);
}

void crc_beside_add(struct crc_beside *c, struct slice bytes)
{
	if (!c->threaded) {
		c->crc = add(c->crc, bytes);
		return;
	}
	wait_for_it(c);
	c->bytes = bytes;
	pthread_cond_broadcast(&c->changed);
	pthread_mutex_unlock(&c->mutex);
}

uint32_t crc_beside_take(struct crc_beside *c)
{
	if (c->threaded)
		wait_for_it(c);
	uint32_t crc = (uint32_t)c->crc;
	c->crc = crc32(0, NULL, 0);
	if (c->threaded)
		pthread_mutex_unlock(&c->mutex);
	return crc;
}
