/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The course of a session: open with privileges, drop them, look before, let the
 * command go, watch, look after, close. One thread, one loop.
 */
#include "collectors/session.h"

#include "collectors/host.h"
#include "collectors/network.h"
#include "collectors/platform.h"
#include "collectors/processes.h"
#include "collectors/registry.h"
#include "core/auto.h"
#include "core/random.h"

#include <string.h>
#include <unistd.h>

enum {
	TICK_MS = 10,
	LAZY_TICK_MS = 25, /* where nobody waits: each tick costs, also in an hour in which nothing happens */
	TELL_MS = 200,
	MANY_ROUNDS = 24, SELDOM = 4, /* after so many rounds they come so much less often */
	ROUND_MAX_MS = 45000, /* three tools that each run into their timeout */
};

static void checkpoint(struct session *s, enum head_state state)
{
	AUTO_TEXT struct text lost = text_make(4096);
	session_lost(s, &lost);
	evidence_checkpoint(s->w.evidence, text_slice(&lost), state == HEAD_END);
	if (s->hand_on)
		s->untold.status = s->hand_on(s, state, &s->untold);
}

int64_t session_interval(int64_t interval_ns, unsigned rounds, uint32_t random)
{
	if (rounds > MANY_ROUNDS && interval_ns < INT64_MAX / (2 * SELDOM))
		interval_ns *= SELDOM;
	return interval_ns / 5 * 2 + (int64_t)((double)interval_ns * 1.2 * random / UINT32_MAX);
}

static int64_t next_interval(const struct session *s)
{
	uint32_t random;
	random_bytes(&random, sizeof random);
	return session_interval(s->w.options->interval_ns, s->rounds, random);
}

static void begin_round(struct session *s, const char *moment)
{
	struct round r = {.number = ++s->rounds, .moment = moment, .canaries = &s->canaries};
	network_look(&s->w);
	canary_open(&s->canaries, r.number);
	s->round_open = true;
	for (size_t i = 0; i < s->running_count; i++)
		if (s->running[i].collector->round)
			s->running[i].collector->round(s->running[i].state, &r);
}

static void close_round(struct session *s)
{
	for (size_t i = 0; i < s->running_count; i++)
		if (s->running[i].collector->closing)
			s->running[i].collector->closing(s->running[i].state);
	canary_close(&s->canaries, s->w.evidence);
	s->round_open = false;
}

static bool is_busy(const struct session *s)
{
	for (size_t i = 0; i < s->running_count; i++) {
		const struct running *r = &s->running[i];
		if (r->collector->busy && r->collector->busy(r->state))
			return true;
	}
	return false;
}

static void end_round_if_done(struct session *s)
{
	if (!s->round_open || is_busy(s))
		return;
	close_round(s);
	s->next_round_ns = clock_mono() + next_interval(s);
}

static void tell_front(struct session *s)
{
	AUTO_TEXT struct text lost = text_make(4096);
	int64_t now = clock_mono();
	if (now - s->told_ns < TELL_MS * CLOCK_MILLISECOND)
		return;
	s->told_ns = now;
	struct tell_sums sums = {
		.elapsed_ns = now - s->started_ns,
		.processes = processes_count(s->w.processes),
		.local = s->w.tally.local,
		.egress = s->w.tally.egress,
		.names = s->w.tally.names,
		.lost = session_lost(s, &lost),
	};
	tell_sums(&s->tell, &sums);
}

/* Some can wait, but not while a round looks for its canaries, nor once the command
 * has ended: then it counts whether it left anything behind. */
static void drain_collectors(struct session *s)
{
	int64_t now = clock_mono();
	bool urgent = s->round_open || s->command_ended || s->woken;
	s->woken = false;
	for (size_t i = 0; i < s->running_count; i++) {
		struct running *r = &s->running[i];
		if (!r->collector->drain || (!urgent && now - r->drained_ns < r->collector->pause_ns))
			continue;
		r->drained_ns = now;
		r->collector->drain(r->state);
	}
}

static void drain(struct session *s)
{
	drain_collectors(s);
	end_round_if_done(s);
	if (evidence_is_due(s->w.evidence, clock_mono()))
		checkpoint(s, HEAD_GOING);
	tell_front(s);
}

void session_command_ended(struct session *s, int status)
{
	if (s->command_ended)
		return;
	s->command_ended = true;
	s->command_status = status;
	s->ended_ns = clock_mono();
	session_write_command(s, "ended", "status", status);
	tell_phase(&s->tell, "ended", status);
}

void session_open_collectors(struct session *s, session_reasons reasons)
{
	enum watch_tier tier = s->w.options->tier;
	for (size_t i = 0; collectors[i]; i++) {
		struct running *r = &s->running[s->running_count];
		if (collectors[i]->wanted && !collectors[i]->wanted(s->w.options))
			continue;
		if (!platform_wants(s, collectors[i])) {
			if (tier != TIER_AUTO && tier != TIER_FULL)
				(void)fail(&reasons[i], ERR_UNAVAILABLE, "the session was to be of the tier %s", tier_name(tier));
			continue;
		}
		r->collector = collectors[i];
		if (collectors[i]->open(&s->w, &r->state, &reasons[i]))
			continue;
		s->running_count++;
		if (collectors[i]->wake)
			s->wake = collectors[i]->wake(r->state);
	}
}

bool session_is_running(const struct session *s, const char *name)
{
	for (size_t i = 0; i < s->running_count; i++)
		if (!strcmp(s->running[i].collector->name, name))
			return true;
	return false;
}

static bool is_over(struct session *s)
{
	int64_t now = clock_mono();
	const struct watch_options *o = s->w.options;
	uint32_t one;
	if (s->end)
		return true;
	if (evidence_status(s->w.evidence, NULL))
		s->end = "evidence could not be written";
	else if (o->duration_ns && now - s->started_ns >= o->duration_ns)
		s->end = "the time was up";
	else if (platform_watched_ended(s))
		s->end = "the process ended";
	else if (s->command_ended && platform_living(s, &one, 1) == 0)
		s->end = "the command ended";
	else if (s->command_ended && now - s->ended_ns >= o->linger_ns)
		s->end = "the command ended and left processes running";
	return s->end != NULL;
}

/* As long as each collector can wait, if nothing is urgent. */
static int tick(const struct session *s)
{
	bool lazy = !s->round_open && !s->command_ended;
	for (size_t i = 0; i < s->running_count && lazy; i++) {
		const struct collector *c = s->running[i].collector;
		lazy = !c->drain || c->pause_ns >= LAZY_TICK_MS * CLOCK_MILLISECOND;
	}
	return lazy ? LAZY_TICK_MS : TICK_MS;
}

static void watch_loop(struct session *s)
{
	while (!is_over(s)) {
		platform_wait(s, tick(s));
		platform_reap(s);
		drain(s);
		if (!s->round_open && clock_mono() >= s->next_round_ns)
			begin_round(s, "during");
	}
}

/* Ticks until the open round is done and its end was seen. */
static void finish_round(struct session *s)
{
	int64_t until = clock_mono() + ROUND_MAX_MS * CLOCK_MILLISECOND;
	while ((s->round_open || is_busy(s)) && clock_mono() < until && !evidence_status(s->w.evidence, NULL)) {
		platform_pause(TICK_MS);
		platform_reap(s);
		drain(s);
	}
	if (s->round_open)
		close_round(s);
}

static enum status look_before(struct session *s, session_reasons reasons, struct error *err)
{
	enum status status = host_write_session(s, platform_tier(s), err);
	if (!status)
		status = session_write_start(s, err);
	if (status)
		return status;
	session_write_witnesses(s, reasons);
	network_look(&s->w);
	platform_write_before(s);
	for (size_t i = 0; i < s->running_count; i++)
		if (s->running[i].collector->start)
			s->running[i].collector->start(s->running[i].state);
	tell_phase(&s->tell, "before", 0);
	begin_round(s, "before");
	finish_round(s);
	platform_note_helpers(s);
	if (s->hand_on)
		checkpoint(s, HEAD_OPEN); /* known elsewhere before the command can do anything about it */
	return evidence_status(s->w.evidence, err);
}

static enum status let_go(struct session *s, struct error *err)
{
	s->started_ns = clock_mono();
	if (!s->w.options->command) {
		session_write_command(s, "none", "pid", s->w.options->pid);
		tell_phase(&s->tell, "running", s->w.options->pid);
		return OK;
	}
	session_write_command(s, "started", "pid", s->w.command);
	tell_phase(&s->tell, "running", s->w.command);
	enum status status = platform_go(s, err);
	if (status) {
		session_write_failed(s, err->text);
		s->end = "the command could not be executed";
	}
	return status;
}

static void look_after(struct session *s)
{
	s->until_ns = clock_now().wall_ns;
	tell_phase(&s->tell, "after", 0);
	finish_round(s); /* one that was under way */
	session_write_left(s);
	begin_round(s, "after");
	finish_round(s);
	for (size_t i = 0; i < s->running_count; i++) {
		struct running *r = &s->running[i];
		r->lost = r->collector->stop(r->state);
		r->state = NULL;
	}
	session_write_close(s);
	checkpoint(s, HEAD_END);
}

static enum status run(struct session *s, struct error *err)
{
	session_reasons reasons = {0};
	enum status status = platform_open(s, reasons, err);
	if (!status)
		status = evidence_open(s->w.folder, "evidence.ndjson", s->w.options->id,
				       &s->w.evidence, err);
	if (!status)
		status = look_before(s, reasons, err);
	enum status executed = status ? status : let_go(s, err);
	if (status)
		return status;
	if (!executed)
		watch_loop(s);
	look_after(s);
	struct error broken = {0};
	unsigned char digest[HASH_SIZE];
	evidence_digest(s->w.evidence, digest);
	status = evidence_close(&s->w.evidence, &broken);
	if (status)
		*err = broken;
	else
		tell_done(&s->tell, digest, s->command_ended ? &s->command_status : NULL);
	if (!status && !executed && s->untold.status) {
		*err = s->untold;
		return err->status;
	}
	return status ? status : executed;
}

enum status session_run(const struct watch_options *options, struct error *err)
{
	struct session s = {
		.w = {.options = options, .folder = -1, .suite = getpid()},
		.tell = {.fd = options->status_fd},
		.wake = -1,
	};
	s.w.tell = &s.tell;
	s.w.processes = processes_new();
	enum status status = run(&s, err);
	evidence_abandon(&s.w.evidence);
	platform_close(&s);
	processes_free(s.w.processes);
	auto_close(&s.w.folder);
	return status;
}
