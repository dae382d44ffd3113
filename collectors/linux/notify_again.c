/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/linux/notify_again.h"

#include "collectors/linux/notify_call.h"
#include "collectors/linux/notify_state.h"

#include <errno.h>
#include <string.h>

/* Under the lock: is somebody else at the same call, made before a signal came? */
static bool is_at_hand(const struct notify_worker *w)
{
	const struct notify_server *s = w->server;
	for (size_t i = 0; i < s->count; i++) {
		const struct notify_worker *o = s->workers[i];
		if (o != w && o->busy && o->request->pid == w->request->pid &&
		    !memcmp(&o->request->data, &w->request->data, sizeof w->request->data))
			return true;
	}
	return false;
}

bool notify_again_done(struct notify_worker *w, int64_t *ret)
{
	struct notify_server *s = w->server;
	if (s->killable)
		return false;
	pthread_mutex_lock(&s->lock);
	while (is_at_hand(w))
		pthread_cond_wait(&s->done, &s->lock);
	/* one that was given up already is not done at all: what comes behind it was or is */
	bool gone = !notify_valid(w);
	bool done = gone || notify_unheard_take(&s->unheard, w->request, ret);
	if (gone)
		*ret = -ECANCELED;
	w->busy = true;
	pthread_mutex_unlock(&s->lock);
	return done;
}

int64_t notify_again_mend(struct notify_worker *w, int64_t value)
{
	struct notify_server *s = w->server;
	if (s->killable || value != -EISCONN)
		return value;
	pthread_mutex_lock(&s->lock);
	bool connected = notify_unheard_connected(&s->unheard, w->request);
	pthread_mutex_unlock(&s->lock);
	return connected ? 0 : value;
}

void notify_again_end(struct notify_worker *w, bool sent, int64_t value)
{
	struct notify_server *s = w->server;
	if (s->killable)
		return;
	pthread_mutex_lock(&s->lock);
	if (value != NOTIFY_GO_ON)
		notify_unheard_keep(&s->unheard, w->request, value, sent);
	w->busy = false;
	pthread_cond_broadcast(&s->done);
	pthread_mutex_unlock(&s->lock);
}
