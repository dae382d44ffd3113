/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/linux/notify_turn.h"

void notify_turn_open(struct notify_turn *t)
{
	pthread_mutex_init(&t->lock, NULL);
	pthread_cond_init(&t->free, NULL);
}

void notify_turn_close(struct notify_turn *t)
{
	pthread_cond_destroy(&t->free);
	pthread_mutex_destroy(&t->lock);
}

void notify_turn_begin(struct notify_worker *w)
{
	struct notify_turn *t = &w->server->turn;
	pthread_mutex_lock(&t->lock);
	t->at_hand -= w->at_hand;
	w->at_hand = false;
	while (t->waiting > (w->waited ? 1 : 0) && !t->over) {
		t->resting++;
		pthread_cond_wait(&t->free, &t->lock);
		t->resting--;
		w->waited = false;
	}
	t->waiting++;
	pthread_mutex_unlock(&t->lock);
}

void notify_turn_end(struct notify_worker *w, bool got)
{
	struct notify_turn *t = &w->server->turn;
	pthread_mutex_lock(&t->lock);
	t->waiting--;
	t->received += got;
	t->at_hand += got;
	w->at_hand = got;
	w->waited = false;
	pthread_mutex_unlock(&t->lock);
}

bool notify_turn_pass(struct notify_turn *t)
{
	pthread_mutex_lock(&t->lock);
	bool there = t->waiting > 0 || t->resting > 0;
	if (t->waiting == 0 && t->resting > 0)
		pthread_cond_signal(&t->free);
	pthread_mutex_unlock(&t->lock);
	return there;
}

bool notify_turn_is_stuck(struct notify_turn *t)
{
	pthread_mutex_lock(&t->lock);
	bool stuck = t->at_hand > 0 && t->waiting == 0 && t->received == t->looked_at;
	t->looked_at = t->received;
	pthread_mutex_unlock(&t->lock);
	return stuck;
}

void notify_turn_stop(struct notify_turn *t)
{
	pthread_mutex_lock(&t->lock);
	t->over = true;
	pthread_cond_broadcast(&t->free);
	pthread_mutex_unlock(&t->lock);
}
