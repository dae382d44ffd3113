/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The witness of the unprivileged tier: every call by which a process of the session could
 * reach another machine is done for it (notify_call.h), and recorded here.
 */
#include "collectors/registry.h"

#include "collectors/linux/image.h"
#include "collectors/linux/notify_canary.h"
#include "collectors/linux/notify_follow.h"
#include "collectors/linux/notify_probe.h"
#include "collectors/linux/notify_serve.h"
#include "collectors/linux/notify_write.h"
#include "collectors/linux/platform_state.h"
#include "collectors/tell.h"
#include "core/auto.h"
#include "core/clock.h"

#include <poll.h>
#include <stdlib.h>

enum {
	RECORDS_A_DRAIN = 8192,
	END_MS = 5000, /* threads whose calls are at hand have so long for them */
};

struct witness {
	struct watch *w;
	int listener;
	bool killable, confined, died;
	struct notify_queue *queue;
	struct notify_programs *programs;
	struct notify_server *server;
	struct notify_writer *writer;
	struct notify_follow *follow;
	struct notify_canary canary;
};

static enum status check(const struct watch *w, struct error *err)
{
	if (!w->command)
		return fail(err, ERR_UNAVAILABLE, "it witnesses a command that the session starts, not what runs already");
	return notify_try(err); /* with another process: what the command has taken on it cannot put off */
}

/* The command is put under the filter while it is held back. */
static enum status seccomp_open(struct watch *w, void **ret_state, struct error *err)
{
	struct notify_entered entered;
	struct platform *p = w->platform;
	struct witness *s = must_alloc(1, sizeof *s);
	*s = (struct witness){.w = w, .listener = -1};
	enum status status = check(w, err);
	bool begun = !status;
	if (!status)
		status = launch_prepare(&p->launch, &entered, sizeof entered, err);
	if (!status && entered.code)
		status = fail_errno(err, ERR_UNAVAILABLE, entered.code, "no filter that asks (Linux 5.6)");
	if (!status)
		status = notify_fetch(w->command, &entered, p->orders[0], &s->listener, &s->canary.pid, err);
	if (status) {
		p->stuck = begun;
		free(s);
		return status;
	}
	s->killable = entered.killable;
	s->confined = entered.confined;
	s->canary.orders = p->orders[0];
	s->queue = notify_queue_new();
	s->programs = notify_programs_new();
	s->writer = notify_writer_new(w, s->programs, (uint32_t)s->canary.pid);
	s->follow = notify_follow_new();
	*ret_state = s;
	return OK;
}

/* Without privileges: they are given up by now. */
static void seccomp_start(void *state)
{
	struct witness *s = state;
	struct error err = {0};
	watch_witness(s->w, "seccomp", "confined", s->confined ? "on" : "missing",
		      s->confined ? "the session cannot reach into programs outside of it"
				  : "the session could make other programs of its user act for it",
		      s->confined ? "" : "Landlock (Linux 5.13), or kernel.yama.ptrace_scope = 1");
	tell_say(s->w->tell, s->w->options->isolate
				     ? "the calls of the command are watched where it is isolated; sudo inside of it does not work, nor can it there"
				     : "the calls of the command are watched, and sudo inside of it does not work (the unprivileged tier); "
				       "where the command needs it, run airgap-verify itself with sudo");
	if (notify_serve(s->listener, s->killable, s->queue, s->programs, &s->server, &err)) {
		s->died = true;
		watch_witness(s->w, "seccomp", NULL, "died", err.text, "");
	}
}

static void tell(void *context, const struct notify_record *r)
{
	notify_write_record(context, r);
}

static bool write_some(struct witness *s)
{
	struct notify_record r;
	for (size_t i = 0; i < RECORDS_A_DRAIN; i++) {
		if (!notify_queue_take(s->queue, &r))
			return false;
		notify_write_record(s->writer, &r);
		notify_follow_add(s->follow, &r);
	}
	return true;
}

static void seccomp_drain(void *state)
{
	struct witness *s = state;
	write_some(s);
	if (s->server)
		notify_serve_look(s->server, tell, s->writer);
	notify_follow_look(s->follow, tell, s->writer);
	notify_canary_drain(&s->canary);
	notify_write_work(s->writer);
}

static void seccomp_round(void *state, const struct round *r)
{
	struct witness *s = state;
	notify_canary_round(&s->canary, r->canaries);
}

static bool seccomp_busy(void *state)
{
	const struct witness *s = state;
	return notify_canary_busy(&s->canary);
}

static uint64_t seccomp_lost(void *state)
{
	const struct witness *s = state; /* who finds no room waits, and with it the caller */
	return s->server ? notify_serve_lost(s->server) : 0;
}

/* Threads that nothing ends stand in memory of the session's, which is not filled as long as it likes:
 * they, and what they need, are left to the end of this process. */
static uint64_t end_threads(struct witness *s)
{
	int64_t until = clock_mono() + END_MS * CLOCK_MILLISECOND;
	while (notify_serve_ends(s->server)) {
		if (clock_mono() > until)
			return notify_serve_give_up(s->server);
		write_some(s);
		poll(NULL, 0, 1);
	}
	return 0;
}

static uint64_t seccomp_stop(void *state)
{
	struct witness *s = state;
	uint64_t stuck = s->server ? end_threads(s) : 0;
	while (write_some(s))
		;
	while (notify_write_work(s->writer))
		;
	uint64_t lost = seccomp_lost(s) + stuck;
	notify_follow_free(s->follow);
	notify_writer_free(s->writer);
	if (!stuck) {
		/* from here on the kernel refuses what asks: nobody is left to answer */
		auto_close(&s->listener);
		notify_serve_free(s->server);
		notify_programs_free(s->programs);
		notify_queue_free(s->queue);
	}
	free(s);
	return lost;
}

const struct collector collector_seccomp = {
	.name = "seccomp",
	.witnesses = "every connect and send of the session's own processes, with process and outcome",
	.needs = "a command to start as an ordinary user; Linux 5.9 or later",
	.canaries = true,
	.probe = notify_probe,
	.open = seccomp_open,
	.start = seccomp_start,
	.drain = seccomp_drain,
	.round = seccomp_round,
	.busy = seccomp_busy,
	.stop = seccomp_stop,
	.lost = seccomp_lost,
};
