/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/bench_progress.h"

#include "cli/terminal.h"
#include "core/clock.h"

#include <stdio.h>

enum { DRAWN_MS = 200, FIRST_PLAIN_S = 10, LONGEST_PLAIN_S = 300, LINE_MAX_BYTES = 1024, NAME_SHOWN = 40 };

struct bench_progress bench_progress_start(bool quiet)
{
	return (struct bench_progress){
		.quiet = quiet,
		.terminal = terminal_draws(2),
		.step_ns = FIRST_PLAIN_S * CLOCK_SECOND,
	};
}

static void add_left(struct text *t, int64_t ns)
{
	int64_t s = ns / CLOCK_SECOND;
	if (s >= 2 * 3600)
		text_addf(t, "  %lld h %02lld min left", (long long)(s / 3600), (long long)(s / 60 % 60));
	else if (s >= 120)
		text_addf(t, "  %lld min left", (long long)(s / 60));
	else
		text_addf(t, "  %lld s left", (long long)s);
}

void bench_progress_line(const struct run_state *state, struct text *ret)
{
	text_add_printable(ret, slice_of_string(state->model), NAME_SHOWN);
	text_addf(ret, "  task %zu of %zu  %zu of %zu passed", state->task, state->tasks, state->passed, state->judged);
	if (state->tokens_per_s > 0)
		text_addf(ret, "  %.1f tokens/s", state->tokens_per_s);
	if (state->left_ns >= 0)
		add_left(ret, state->left_ns);
}

static void clear(struct bench_progress *p)
{
	if (p->drawn)
		fputs(TERMINAL_ERASE, stderr);
	p->drawn = false;
}

void bench_progress_say(void *context, const char *text)
{
	struct bench_progress *p = context;
	AUTO_TEXT struct text line = text_make(4 * LINE_MAX_BYTES);
	if (p->quiet)
		return;
	clear(p);
	text_add_string(&line, "airgap-verify: ");
	text_add_printable(&line, slice_of_string(text), LINE_MAX_BYTES);
	text_add_char(&line, '\n');
	fputs(text_string(&line), stderr);
}

void bench_progress_tick(void *context, const struct run_state *state)
{
	struct bench_progress *p = context;
	int64_t now = clock_mono();
	if (p->quiet || now < p->next_ns)
		return;
	AUTO_TEXT struct text line = text_make(LINE_MAX_BYTES);
	if (p->terminal) {
		p->next_ns = now + DRAWN_MS * CLOCK_MILLISECOND;
		text_add_char(&line, '\r');
	} else {
		p->next_ns = now + p->step_ns;
		if (p->step_ns < LONGEST_PLAIN_S * CLOCK_SECOND)
			p->step_ns += p->step_ns / 2;
	}
	bench_progress_line(state, &line);
	text_add_string(&line, p->terminal ? "\033[K" : "\n");
	fputs(text_string(&line), stderr);
	p->drawn = p->terminal;
}

void bench_progress_end(struct bench_progress *p)
{
	clear(p);
}
