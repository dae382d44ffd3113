/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/session_watch.h"

#include "cli/live.h"
#include "core/clock.h"
#include "core/json.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

enum {
	TICK_MS = 200,
	GIVE_UP_MS = 300000, /* the collector tells something five times a second */
	GRACE_MS = 1500, /* between asking the command to end and ending the watch */
};

/* Set by the handler: how often, and whether by the terminal. */
static volatile sig_atomic_t interrupts, sent, terminations, stops;

static void on_signal(int signal, siginfo_t *info, void *context)
{
	(void)context;
	if (signal == SIGTERM || signal == SIGHUP) {
		terminations++;
		return;
	}
	if (signal == SIGTSTP) {
		stops++;
		return;
	}
	interrupts++;
	if (info->si_code != SI_KERNEL)
		sent++; /* to us alone: the command did not get it */
}

static void set_handlers(void)
{
	static const int handled[] = {SIGINT, SIGTERM, SIGHUP, SIGTSTP};
	struct sigaction action = {.sa_sigaction = on_signal, .sa_flags = SA_SIGINFO};
	for (size_t i = 0; i < LENGTH(handled); i++)
		sigaction(handled[i], &action, NULL);
	signal(SIGQUIT, SIG_IGN); /* the command's */
	/* writing to the terminal's last row must not stop a background front */
	signal(SIGTTOU, SIG_IGN);
}

static void reset_handlers(void)
{
	static const int handled[] = {SIGINT, SIGTERM, SIGHUP, SIGTSTP, SIGQUIT};
	for (size_t i = 0; i < LENGTH(handled); i++)
		signal(handled[i], SIG_DFL);
}

struct course {
	struct collect *collect;
	bool alone; /* there is no command of ours that an interrupt could be meant for */
	struct live live;
	struct watched result;
	char buffer[8192];
	size_t used;
	int handled, forwarded, ended, stopped;
	int64_t end_ns; /* when the watch is told to end; 0: not */
	int64_t heard_ns; /* when the collector said something */
	bool woken;
};

static void hear_phase(struct course *c, struct slice line)
{
	struct json_member m[] = {{.key = "say"}, {.key = "phase"}, {.key = "value"}};
	char buffers[2][64];
	struct slice say, phase;
	int64_t value;
	if (json_read_object(line, m, LENGTH(m), NULL) ||
	    !json_string(&m[0].value, buffers[0], sizeof buffers[0], &say) || !slice_is(say, "phase") ||
	    !json_string(&m[1].value, buffers[1], sizeof buffers[1], &phase) ||
	    !json_i64(&m[2].value, &value))
		return;
	if (slice_is(phase, "running"))
		c->live.running = true;
	if (slice_is(phase, "ended")) {
		c->result.command_known = true;
		c->result.command = (int)value;
	}
	if (slice_is(phase, "after"))
		live_end(&c->live);
}

static void hear_done(struct course *c, struct slice line)
{
	struct json_member m[] = {{.key = "say"}, {.key = "sha256"}};
	char buffer[64];
	struct slice say;
	if (!json_read_object(line, m, LENGTH(m), NULL) &&
	    json_string(&m[0].value, buffer, sizeof buffer, &say) && slice_is(say, "done") &&
	    m[1].value.type == JSON_STRING)
		c->result.evidence_known =
			slice_hex_bytes(m[1].value.raw, HASH_SIZE, c->result.evidence);
}

static void hear(struct course *c)
{
	struct cursor at = cursor_over(slice_of(c->buffer, c->used));
	struct slice line;
	while (cursor_until(&at, '\n', sizeof c->buffer, &line)) {
		hear_phase(c, line);
		hear_done(c, line);
		live_hear(&c->live, line);
	}
	size_t left = cursor_left(&at);
	/* a line longer than the buffer is none of ours */
	if (left == sizeof c->buffer)
		left = 0;
	memmove(c->buffer, c->buffer + c->used - left, left);
	c->used = left;
}

/* False once the collector has closed its side, or is gone: a process of it that somebody
 * stopped may hold the pipe open for ever. */
static bool listen_once(struct course *c)
{
	struct pollfd from = {.fd = c->collect->status, .events = POLLIN};
	bool ended = collect_ended(c->collect); /* asked first: then all that it said is there */
	if (poll(&from, 1, TICK_MS) <= 0)
		return !ended;
	ssize_t got = read(from.fd, c->buffer + c->used, sizeof c->buffer - c->used);
	if (got < 0)
		return errno == EINTR || errno == EAGAIN;
	c->used += (size_t)got;
	c->heard_ns = clock_mono();
	hear(c);
	return got > 0;
}

/* Who is watched may be the same user and stop the collector: what the kernel kept
 * meanwhile is read when it goes on. One that cannot be woken (its control group is
 * frozen, a debugger holds it) is ended, and the evidence has no end. */
static void keep_awake(struct course *c)
{
	int64_t silent = clock_mono() - c->heard_ns;
	if (collect_wake(c->collect) && !c->woken) {
		c->woken = true;
		live_say(&c->live, "something stopped the collector; it was woken");
	}
	if (silent > GIVE_UP_MS * CLOCK_MILLISECOND)
		collect_kill(c->collect);
}

/* Job control: the command was stopped by the same key. The terminal goes back whole,
 * and the line is drawn again when the job goes on. */
static void obey_stop(struct course *c)
{
	if (c->stopped == stops)
		return;
	c->stopped = stops;
	live_release(&c->live);
	/* by the default way: nothing stops where no shell could wake it */
	signal(SIGTSTP, SIG_DFL);
	raise(SIGTSTP);
	set_handlers();
}

static void obey_signals(struct course *c)
{
	int64_t now = clock_mono();
	obey_stop(c);
	while (c->forwarded < sent) {
		c->forwarded++;
		collect_order(c->collect, 'i');
	}
	if (c->handled < interrupts) {
		if (c->handled == 0 && interrupts == 1 && !c->alone)
			live_say(&c->live, "interrupt: the command was told; once more ends the watch");
		c->handled = interrupts;
	}
	if (!c->end_ns && (interrupts > (c->alone ? 0 : 1) || terminations > 0)) {
		live_say(&c->live, "ending the watch; the report follows");
		collect_order(c->collect, 't');
		c->end_ns = now + (c->alone ? 0 : GRACE_MS * CLOCK_MILLISECOND);
	}
	if (c->end_ns && now >= c->end_ns && !c->ended) {
		collect_order(c->collect, 'e');
		c->ended = 1;
	}
}

struct watched session_watch(struct collect *collect, bool alone, bool quiet)
{
	struct course c = {.collect = collect, .alone = alone, .live = live_start(quiet), .heard_ns = clock_mono()};
	set_handlers();
	while (listen_once(&c)) {
		obey_signals(&c);
		keep_awake(&c);
		live_tick(&c.live);
	}
	live_end(&c.live);
	c.result.collector = collect_wait(collect);
	reset_handlers();
	return c.result;
}
