/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/linux/notify_queue.h"

#include "core/error.h"

#include <pthread.h>
#include <stdlib.h>

struct notify_queue {
	pthread_mutex_t lock;
	pthread_cond_t room;
	size_t first, count;
	struct notify_record slots[NOTIFY_QUEUE_SLOTS];
};

struct notify_queue *notify_queue_new(void)
{
	struct notify_queue *q = must_alloc(1, sizeof *q);
	pthread_mutex_init(&q->lock, NULL);
	pthread_cond_init(&q->room, NULL);
	return q;
}

void notify_queue_free(struct notify_queue *q)
{
	if (!q)
		return;
	pthread_cond_destroy(&q->room);
	pthread_mutex_destroy(&q->lock);
	free(q);
}

void notify_queue_put(struct notify_queue *q, const struct notify_record *record)
{
	pthread_mutex_lock(&q->lock);
	while (q->count == NOTIFY_QUEUE_SLOTS)
		pthread_cond_wait(&q->room, &q->lock);
	q->slots[(q->first + q->count++) % NOTIFY_QUEUE_SLOTS] = *record;
	pthread_mutex_unlock(&q->lock);
}

bool notify_queue_take(struct notify_queue *q, struct notify_record *ret)
{
	pthread_mutex_lock(&q->lock);
	bool there = q->count > 0;
	if (there) {
		*ret = q->slots[q->first];
		q->first = (q->first + 1) % NOTIFY_QUEUE_SLOTS;
		q->count--;
		pthread_cond_signal(&q->room);
	}
	pthread_mutex_unlock(&q->lock);
	return there;
}
