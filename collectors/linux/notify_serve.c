/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/linux/notify_serve.h"

#include "collectors/linux/notify_again.h"
#include "collectors/linux/notify_call.h"
#include "collectors/linux/notify_state.h"
#include "collectors/linux/notify_turn.h"
#include "core/clock.h"

#include <errno.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>

#ifndef SECCOMP_USER_NOTIF_FD_SYNC_WAKE_UP
#define SECCOMP_USER_NOTIF_FD_SYNC_WAKE_UP (1UL << 0)
#define SECCOMP_IOCTL_NOTIF_SET_FLAGS SECCOMP_IOW(4, __u64)
#endif

enum {
	STACK_SIZE = 256 << 10,
	SIGNAL_TURNS = 2, /* a signal that still waits by then is for this thread */
	SOON_CALLS = 16, SOON_US = 500, /* so many that took less: such as they are follow */
	RESTART = 512,	  /* ERESTARTSYS: the kernel makes EINTR of it, or begins the call anew */
};

static int wake_signal(void)
{
	return SIGRTMIN;
}

static void on_wake(int number)
{
	(void)number; /* only ends what a thread waits for */
}

/* These wait for a lock, and whoever waits may be woken (on_wake()). */
static bool tell_kernel(const struct notify_server *s, unsigned long what, void *about)
{
	int result;
	while ((result = ioctl(s->listener, what, about)) != 0 && errno == EINTR)
		;
	return result == 0;
}

bool notify_valid(struct notify_worker *w)
{
	return !atomic_load(&w->server->given_up) && tell_kernel(w->server, SECCOMP_IOCTL_NOTIF_ID_VALID, &w->request->id);
}

const struct notify_known *notify_look(struct notify_worker *w)
{
	const struct notify_known *k = notify_who(w->server->programs, &w->callers, w->request->pid);
	if (!k && notify_valid(w))
		atomic_fetch_add(&w->server->lost, 1); /* whoever it is, it is not done */
	return k;
}

void notify_put(struct notify_worker *w, const struct notify_record *record)
{
	notify_queue_put(w->server->queue, record);
}

/* Nobody is to wait for ever for who could not be looked at. */
static void refuse(struct notify_worker *w)
{
	struct seccomp_notif_resp response = {.id = w->request->id, .error = -EPERM};
	(void)tell_kernel(w->server, SECCOMP_IOCTL_NOTIF_SEND, &response);
}

static void answer(struct notify_worker *w)
{
	struct notify_call call = {.worker = w, .request = w->request};
	struct seccomp_notif_resp response = {.id = w->request->id};
	call.record.mono_ns = clock_mono();
	/* that it is still the one who asked is looked at before anything is done */
	const struct notify_known *lately = notify_who_lately(&w->callers, w->request->pid);
	if (lately) {
		notify_asked_by(&call, lately);
	} else if (!notify_certain(&call)) {
		refuse(w);
		return;
	}
	w->interrupted = false;
	int64_t value;
	if (!notify_again_done(w, &value))
		value = notify_again_mend(w, notify_answer(&call));
	if (value == NOTIFY_GO_ON)
		response.flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE;
	else if (value < 0)
		response.error = (int)value;
	else
		response.val = value;
	/* fails where the caller is gone, or has a signal to take */
	bool sent = tell_kernel(w->server, SECCOMP_IOCTL_NOTIF_SEND, &response);
	notify_again_end(w, sent, value);
}

/* Has everybody who was under the filter ended? */
static bool is_over(int listener)
{
	struct pollfd watched = {.fd = listener, .events = POLLIN};
	return poll(&watched, 1, 0) > 0 && (watched.revents & (POLLHUP | POLLERR | POLLNVAL));
}

static void *work(void *context)
{
	struct notify_worker *w = context;
	struct notify_server *s = w->server;
	notify_callers_open(&w->callers);
	/* unlike who writes the evidence: somebody waits for the answer */
	sched_setscheduler(0, SCHED_OTHER, &(struct sched_param){0});
	while (!atomic_load(&s->ending)) {
		memset(w->request, 0, s->request_size);
		notify_turn_begin(w);
		bool got = ioctl(s->listener, SECCOMP_IOCTL_NOTIF_RECV, w->request) == 0;
		int code = errno;
		notify_turn_end(w, got);
		if (got)
			answer(w);
		else if (code != EINTR && is_over(s->listener))
			break;
	}
	notify_turn_stop(&s->turn);
	notify_callers_close(&w->callers);
	atomic_store(&w->ended, true);
	return NULL;
}

/* All signals but the one that wakes are for the thread that began all this. */
static int start_thread(struct notify_worker *w)
{
	pthread_attr_t attributes;
	sigset_t all, before;
	sigfillset(&all);
	sigdelset(&all, wake_signal());
	pthread_attr_init(&attributes);
	pthread_attr_setstacksize(&attributes, STACK_SIZE);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	int code = pthread_create(&w->thread, &attributes, work, w);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	pthread_attr_destroy(&attributes);
	return code;
}

/* Under the lock. */
static bool add_worker(struct notify_server *s)
{
	if (s->count == NOTIFY_WORKERS_MAX || atomic_load(&s->ending))
		return false;
	struct notify_worker *w = must_alloc(1, sizeof *w);
	w->server = s;
	w->request = must_alloc(1, s->request_size);
	if (start_thread(w) != 0) {
		free(w->request);
		free(w);
		return false;
	}
	s->workers[s->count++] = w;
	return true;
}

/* Under the lock: does somebody wait for the next call, or goes there now? */
static bool is_attended(struct notify_server *s)
{
	return notify_turn_pass(&s->turn) || add_worker(s);
}

bool notify_block(struct notify_worker *w, const struct notify_record *early)
{
	struct notify_server *s = w->server;
	pthread_mutex_lock(&s->lock);
	/* where those before were over at once nobody is sent there, unless a look finds that this one is not */
	bool soon = s->soon >= SOON_CALLS && s->count < NOTIFY_WORKERS_MAX;
	bool left = soon || is_attended(s);
	if (left) {
		w->waited = !soon;
		w->blocked_ns = clock_mono();
		w->early = early;
		w->told = w->interrupted = false;
		w->turns = 0;
	}
	pthread_mutex_unlock(&s->lock);
	return left;
}

bool notify_unblock(struct notify_worker *w)
{
	bool was_soon = clock_mono() - w->blocked_ns < SOON_US * (CLOCK_MILLISECOND / 1000);
	pthread_mutex_lock(&w->server->lock);
	w->server->soon = was_soon ? w->server->soon + 1 : 0;
	w->blocked_ns = 0;
	w->early = NULL;
	bool told = w->told;
	pthread_mutex_unlock(&w->server->lock);
	return told;
}

int64_t notify_interrupted(const struct notify_worker *w, int64_t value)
{
	return value == -EINTR && w->interrupted ? -RESTART : value;
}

/* Under the lock. */
static void look_at(struct notify_worker *w)
{
	bool gone = !notify_valid(w);
	if (!gone && w->server->killable && notify_who_signalled(w->request->pid))
		w->turns++;
	else
		w->turns = 0;
	w->interrupted = w->interrupted || w->turns >= SIGNAL_TURNS;
	if (gone || w->interrupted)
		pthread_kill(w->thread, wake_signal());
}

uint64_t notify_serve_lost(struct notify_server *s)
{
	return atomic_load(&s->lost);
}

void notify_serve_look(struct notify_server *s, void (*tell)(void *context, const struct notify_record *r),
		       void *context)
{
	pthread_mutex_lock(&s->lock);
	/* or is there none at all, for the first could not be started? */
	if (notify_turn_is_stuck(&s->turn) || s->count == 0)
		(void)is_attended(s);
	int64_t held = clock_mono() - NOTIFY_HELD_MS * CLOCK_MILLISECOND;
	for (size_t i = 0; i < s->count; i++) {
		struct notify_worker *w = s->workers[i];
		if (!w->blocked_ns)
			continue;
		if (w->early && !w->told && w->blocked_ns < held) {
			w->told = true;
			tell(context, w->early);
		}
		look_at(w);
	}
	pthread_mutex_unlock(&s->lock);
}

static size_t request_size(void)
{
	struct seccomp_notif_sizes sizes = {0};
	size_t ours = sizeof(struct seccomp_notif);
	if (syscall(SYS_seccomp, SECCOMP_GET_NOTIF_SIZES, 0, &sizes) != 0)
		return ours;
	return sizes.seccomp_notif > ours ? sizes.seccomp_notif : ours;
}

enum status notify_serve(int listener, bool killable, struct notify_queue *queue, struct notify_programs *programs,
			 struct notify_server **ret, struct error *err)
{
	struct notify_server *s = must_alloc(1, sizeof *s);
	sigaction(wake_signal(), &(struct sigaction){.sa_handler = on_wake}, NULL);
	/* on the caller's own processor, which has nothing else to do (Linux 6.6) */
	(void)ioctl(listener, SECCOMP_IOCTL_NOTIF_SET_FLAGS, SECCOMP_USER_NOTIF_FD_SYNC_WAKE_UP);
	s->listener = listener;
	s->killable = killable;
	s->request_size = request_size();
	s->queue = queue;
	s->programs = programs;
	pthread_mutex_init(&s->lock, NULL);
	pthread_cond_init(&s->done, NULL);
	notify_turn_open(&s->turn);
	pthread_mutex_lock(&s->lock);
	bool started = add_worker(s);
	pthread_mutex_unlock(&s->lock);
	*ret = s;
	return started ? OK : fail(err, ERR_UNAVAILABLE, "cannot start a thread");
}

bool notify_serve_ends(struct notify_server *s)
{
	size_t left = 0;
	atomic_store(&s->ending, true);
	pthread_mutex_lock(&s->lock); /* behind it no thread is added */
	pthread_mutex_unlock(&s->lock);
	notify_turn_stop(&s->turn);
	for (size_t i = 0; i < s->count; i++) {
		struct notify_worker *w = s->workers[i];
		if (w->joined)
			continue;
		if (atomic_load(&w->ended)) {
			pthread_join(w->thread, NULL);
			w->joined = true;
			continue;
		}
		pthread_kill(w->thread, wake_signal());
		left++;
	}
	return left > 0;
}

size_t notify_serve_give_up(struct notify_server *s)
{
	size_t left = 0;
	atomic_store(&s->given_up, true);
	for (size_t i = 0; i < s->count; i++)
		left += !s->workers[i]->joined;
	return left;
}

void notify_serve_free(struct notify_server *s)
{
	if (!s)
		return;
	for (size_t i = 0; i < s->count; i++) {
		free(s->workers[i]->request);
		free(s->workers[i]);
	}
	pthread_cond_destroy(&s->done);
	notify_turn_close(&s->turn);
	pthread_mutex_destroy(&s->lock);
	free(s);
}
