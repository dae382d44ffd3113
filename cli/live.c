/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/live.h"

#include "cli/terminal.h"
#include "core/clock.h"
#include "core/json.h"

#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

enum {
	LINE_TEXT_MAX = 4096,
	FIRST_PLAIN_S = 10, /* between plain lines; the pause grows to the longest */
	LONGEST_PLAIN_S = 300,
	EGRESS_TOLD_MAX = 20,
	ROWS_LEAST = 5,
};

static const char RED[] = "\033[1;31m", PLAIN[] = "\033[0m";

struct live live_start(bool quiet)
{
	struct live l = {
		.quiet = quiet,
		.terminal = !quiet && terminal_draws(2),
		.plain_step_ns = FIRST_PLAIN_S * CLOCK_SECOND,
		.started_ns = clock_mono(),
	};
	l.colour = l.terminal && terminal_colours(2);
	l.plain_ns = l.started_ns + l.plain_step_ns;
	return l;
}

static void put(const struct text *t)
{
	/* a terminal that went away is no reason to end the watch */
	if (t->size && write(2, t->at, t->size) < 0)
		return;
}

static bool is_raw(void)
{
	struct termios mode;
	return tcgetattr(2, &mode) != 0 || !(mode.c_lflag & ICANON);
}

void live_release(struct live *l)
{
	AUTO_TEXT struct text t = text_make(LINE_TEXT_MAX);
	if (!l->drawn)
		return;
	/* whole screen scrolls again, our line is wiped, the cursor is where it was */
	text_addf(&t, "\0337\033[r\033[%u;1H\033[K\0338", l->rows);
	put(&t);
	l->drawn = false;
}

/* Sets the region, or sets it anew when the window has changed its size. */
static bool claim(struct live *l)
{
	AUTO_TEXT struct text t = text_make(LINE_TEXT_MAX);
	struct winsize size;
	if (is_raw() || ioctl(2, TIOCGWINSZ, &size) != 0 || size.ws_row < ROWS_LEAST) {
		live_release(l);
		return false;
	}
	if (l->drawn && l->rows == size.ws_row && l->columns == size.ws_col)
		return true;
	/* a line feed first, so that a cursor on the last row comes up from it */
	text_addf(&t, "\n\0337\033[1;%ur\0338\033[1A", size.ws_row - 1u);
	put(&t);
	l->rows = size.ws_row;
	l->columns = size.ws_col;
	l->drawn = true;
	return true;
}

static void add_sum(struct text *t, uint64_t n, const char *one, const char *many)
{
	text_addf(t, "  %llu %s", (unsigned long long)n, text_plural(n, one, many));
}

static void add_sums(const struct live *l, struct text *t)
{
	int64_t s = (clock_mono() - l->started_ns) / CLOCK_SECOND;
	text_addf(t, "airgap %02lld:%02lld:%02lld", (long long)(s / 3600), (long long)(s / 60 % 60),
		  (long long)(s % 60));
	add_sum(t, l->processes, "process", "processes");
	add_sum(t, l->local, "local", "local");
	if (l->egress && l->colour)
		text_add_string(t, RED);
	add_sum(t, l->egress, "EGRESS ATTEMPT", l->egress ? "EGRESS ATTEMPTS" : "egress attempts");
	if (l->egress && l->colour)
		text_add_string(t, PLAIN);
	add_sum(t, l->names, "name looked up", "names looked up");
	add_sum(t, l->lost, "lost", "lost");
}

static void draw(struct live *l)
{
	AUTO_TEXT struct text t = text_make(LINE_TEXT_MAX);
	if (!claim(l))
		return;
	/* no wrap while we are there; the colour codes take no room on it */
	text_addf(&t, "\0337\033[%u;1H\033[K\033[?7l", l->rows);
	add_sums(l, &t);
	text_add_string(&t, "\033[?7h\0338");
	put(&t);
}

void live_say(struct live *l, const char *text)
{
	AUTO_TEXT struct text t = text_make(LINE_TEXT_MAX);
	if (l->quiet)
		return;
	text_add_string(&t, "airgap-verify: ");
	text_add_printable(&t, slice_of_string(text), LINE_TEXT_MAX / 8);
	/* in raw mode a line feed alone goes straight down */
	text_add_string(&t, l->terminal ? "\r\n" : "\n");
	put(&t);
}

/* One that is the same as the last one said is not said again. */
static bool add_attempt(struct live *l, const struct json_member m[], struct text *t)
{
	char buffers[4][256];
	struct slice comm = {0}, call = {0}, proto = {0}, dst = {0};
	int64_t pid = 0, port = 0;
	json_i64(&m[1].value, &pid);
	json_string(&m[2].value, buffers[0], sizeof buffers[0], &comm);
	json_string(&m[3].value, buffers[1], sizeof buffers[1], &call);
	json_string(&m[4].value, buffers[2], sizeof buffers[2], &proto);
	json_string(&m[5].value, buffers[3], sizeof buffers[3], &dst);
	json_i64(&m[6].value, &port);
	/* connect() of a datagram socket sends nothing: by itself it is no attempt that counts */
	bool pointed = slice_is(call, "connect") && slice_is(proto, "udp");
	text_add_string(t, pointed ? "a socket pointed out: " : "egress attempt: ");
	text_add_printable(t, comm, 32);
	text_addf(t, " (pid %lld) ", (long long)pid);
	text_add_printable(t, call, 32);
	text_add_char(t, ' ');
	text_add_printable(t, proto, 16);
	text_add_string(t, " to ");
	text_add_printable(t, dst, 64);
	text_addf(t, " port %lld%s", (long long)port, pointed ? "; nothing is sent by that" : "");
	bool again = !strcmp(l->said, text_string(t));
	snprintf(l->said, sizeof l->said, "%s", text_string(t));
	return !again;
}

static void hear_egress(struct live *l, const struct json_member m[])
{
	AUTO_TEXT struct text t = text_make(LINE_TEXT_MAX), line = text_make(LINE_TEXT_MAX);
	if (l->quiet || l->told >= EGRESS_TOLD_MAX || !add_attempt(l, m, &t))
		return;
	l->told++;
	text_addf(&line, "%sairgap-verify: %s%s%s", l->colour ? RED : "", text_string(&t), l->colour ? PLAIN : "",
		  l->terminal ? "\r\n" : "\n");
	put(&line);
	if (l->told == EGRESS_TOLD_MAX)
		live_say(l, "further ones are only counted");
}

void live_hear(struct live *l, struct slice line)
{
	struct json_member m[] = {
		{.key = "say"},	 {.key = "pid"},  {.key = "comm"},  {.key = "call"},  {.key = "proto"},
		{.key = "dst"},	 {.key = "dport"}, {.key = "processes"}, {.key = "local"},
		{.key = "egress"}, {.key = "names"}, {.key = "lost"}, {.key = "text"},
	};
	char buffer[LINE_TEXT_MAX];
	struct slice say, text;
	if (json_read_object(line, m, LENGTH(m), NULL) ||
	    !json_string(&m[0].value, buffer, sizeof buffer, &say))
		return;
	if (slice_is(say, "sums")) {
		uint64_t *sums[] = {&l->processes, &l->local, &l->egress, &l->names, &l->lost};
		for (size_t i = 0; i < LENGTH(sums); i++)
			json_u64(&m[7 + i].value, UINT64_MAX, sums[i]);
	} else if (slice_is(say, "egress")) {
		hear_egress(l, m);
	} else if (slice_is(say, "text") && json_string(&m[12].value, buffer, sizeof buffer, &text) &&
		   text.size < sizeof buffer) {
		char plain[LINE_TEXT_MAX];
		if (slice_to_string(text, plain, sizeof plain))
			live_say(l, plain);
	}
}

void live_tick(struct live *l)
{
	int64_t now = clock_mono();
	if (l->quiet || !l->running)
		return;
	if (l->terminal) {
		draw(l);
		return;
	}
	if (now < l->plain_ns)
		return;
	if (l->plain_step_ns < LONGEST_PLAIN_S * CLOCK_SECOND)
		l->plain_step_ns += l->plain_step_ns / 2;
	l->plain_ns = now + l->plain_step_ns;
	AUTO_TEXT struct text t = text_make(LINE_TEXT_MAX);
	add_sums(l, &t);
	text_add_char(&t, '\n');
	put(&t);
}

void live_end(struct live *l)
{
	l->running = false;
	live_release(l);
}
