/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/linux/notify_turn.h"

void notify_turn_begin(struct notify_worker *w)
{
	struct notify_server *s = w->server;
	pthread_mutex_lock(&s->lock);
	s->at_hand -= w->at_hand;
	w->at_hand = false;
	while (s->waiting > (w->waited ? 1 : 0) && !atomic_load(&s->ending)) {
		s->resting++;
		pthread_cond_wait(&s->turn, &s->lock);
		s->resting--;
		w->waited = false;
	}
	s->waiting++;
	pthread_mutex_unlock(&s->lock);
}

void notify_turn_end(struct notify_worker *w, bool got)
{
	struct notify_server *s = w->server;
	pthread_mutex_lock(&s->lock);
	s->waiting--;
	s->received += got;
	s->at_hand += got;
	w->at_hand = got;
	w->waited = false;
	pthread_mutex_unlock(&s->lock);
}

bool notify_turn_pass(struct notify_server *s)
{
	if (s->waiting > 0)
		return true;
	if (s->resting > 0)
		pthread_cond_signal(&s->turn);
	return s->resting > 0;
}

bool notify_turn_is_stuck(struct notify_server *s)
{
	bool stuck = s->count == 0 || (s->at_hand > 0 && s->waiting == 0 && s->received == s->looked_at);
	s->looked_at = s->received;
	return stuck;
}

void notify_turn_stop(struct notify_server *s)
{
	pthread_mutex_lock(&s->lock);
	pthread_cond_broadcast(&s->turn);
	pthread_mutex_unlock(&s->lock);
}
