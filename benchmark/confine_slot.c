/* SPDX-License-Identifier: Apache-2.0 */
#include "benchmark/confine_slot.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Above what systemd gives to containers and below 2^31: nobody's; others for another
 * process that confines at the same time. */
#define UID_FIRST 2000000000u

enum { UID_SLOTS = 32, UID_PROCESSES = 1 << 22 };

enum slot_state { SLOT_IDLE, SLOT_ASKED, SLOT_DONE, SLOT_LEAVE };

struct slot {
	struct slot *next, *next_idle;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	enum slot_state state;
	bool has_thread;
	uid_t uid; /* 0: our own */
	struct group group;
	/* of what is asked */
	const struct start *start;
	pid_t pid;
	enum status status;
	struct error *err;
};

static void *serve(void *argument)
{
	struct slot *s = argument;
	struct error why = {0};
	enum status joined = group_join(&s->group, &why);
	pthread_mutex_lock(&s->lock);
	while (s->state != SLOT_LEAVE) {
		if (s->state != SLOT_ASKED) {
			pthread_cond_wait(&s->changed, &s->lock);
			continue;
		}
		if (joined)
			*s->err = why;
		s->status = joined ? joined : start_run(s->start, &s->group, &s->pid, s->err);
		s->state = SLOT_DONE;
		pthread_cond_broadcast(&s->changed);
	}
	pthread_mutex_unlock(&s->lock);
	return NULL;
}

static void slot_free(struct slot *s)
{
	pthread_cond_destroy(&s->changed);
	pthread_mutex_destroy(&s->lock);
	group_remove(&s->group);
	free(s);
}

static enum status slot_new(const struct slots *all, struct slot **ret, struct error *err)
{
	if (all->count >= SLOTS_MAX)
		return fail(err, ERR_LIMIT, "more than %d runs at a time", SLOTS_MAX);
	struct slot *s = must_alloc(1, sizeof *s);
	if (geteuid() == 0)
		s->uid = UID_FIRST + (uid_t)getpid() % UID_PROCESSES * UID_SLOTS + all->count % UID_SLOTS;
	pthread_mutex_init(&s->lock, NULL);
	pthread_cond_init(&s->changed, NULL);
	enum status status = group_make(&all->groups, all->count, &s->group, err);
	s->has_thread = s->group.kind == GROUP_V1;
	if (!status && s->has_thread && pthread_create(&s->thread, NULL, serve, s) != 0)
		status = fail(err, ERR_UNAVAILABLE, "cannot start a thread");
	if (status) {
		slot_free(s);
		return status;
	}
	*ret = s;
	return OK;
}

static void slot_end(struct slot *s)
{
	if (!s->has_thread) {
		slot_free(s);
		return;
	}
	pthread_mutex_lock(&s->lock);
	s->state = SLOT_LEAVE;
	pthread_cond_broadcast(&s->changed);
	pthread_mutex_unlock(&s->lock);
	pthread_join(s->thread, NULL);
	slot_free(s);
}

void slots_open(struct slots *s, const struct group_base *groups)
{
	memset(s, 0, sizeof *s);
	pthread_mutex_init(&s->lock, NULL);
	s->groups = *groups;
}

void slots_close(struct slots *s)
{
	while (s->all) {
		struct slot *first = s->all;
		s->all = first->next;
		slot_end(first);
	}
	pthread_mutex_destroy(&s->lock);
}

enum status slots_take(struct slots *s, struct slot **ret, struct error *err)
{
	enum status status = OK;
	pthread_mutex_lock(&s->lock);
	if (s->idle) {
		*ret = s->idle;
		s->idle = s->idle->next_idle;
	} else {
		status = slot_new(s, ret, err);
		if (!status) {
			(*ret)->next = s->all;
			s->all = *ret;
			s->count++;
		}
	}
	pthread_mutex_unlock(&s->lock);
	return status;
}

void slots_give(struct slots *s, struct slot *slot)
{
	pthread_mutex_lock(&s->lock);
	slot->next_idle = s->idle;
	s->idle = slot;
	pthread_mutex_unlock(&s->lock);
}

struct group *slot_group(struct slot *slot)
{
	return &slot->group;
}

enum status slot_start(struct slot *slot, struct start *start, pid_t *ret, struct error *err)
{
	struct error why = {0};
	start->uid = slot->uid;
	if (!slot->has_thread)
		return start_run(start, &slot->group, ret, err);
	pthread_mutex_lock(&slot->lock);
	slot->start = start;
	/* cppcheck-suppress autoVariables; the thread that writes to it is waited for */
	slot->err = &why;
	slot->state = SLOT_ASKED;
	pthread_cond_broadcast(&slot->changed);
	while (slot->state != SLOT_DONE)
		pthread_cond_wait(&slot->changed, &slot->lock);
	slot->state = SLOT_IDLE;
	*ret = slot->pid;
	enum status status = slot->status;
	pthread_mutex_unlock(&slot->lock);
	if (status && err)
		*err = why;
	return status;
}
