/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/progress.h"

#include "cli/terminal.h"
#include "core/clock.h"
#include "core/text.h"

#include <stdio.h>
#include <string.h>

enum { FIRST_MS = 500, DRAWN_MS = 200, PLAIN_S = 10, LINE_MAX_BYTES = 1024, WHAT_MAX = 40 };

struct progress_line progress_start(bool quiet)
{
	return (struct progress_line){
		.quiet = quiet,
		.terminal = terminal_draws(2),
	};
}

void progress_next(struct progress_line *p, const char *what, uint64_t size)
{
	progress_clear(p);
	p->what = what;
	p->size = size;
	p->started_ns = clock_mono();
	p->next_ns = p->started_ns + (p->terminal ? FIRST_MS * CLOCK_MILLISECOND : PLAIN_S * CLOCK_SECOND);
}

/* "capture.pcap: 312 of 570 MB, 480 MB/s, 1 s left" */
static void describe(const struct progress_line *p, uint64_t bytes, int64_t passed_ns, struct text *ret)
{
	double seconds = (double)passed_ns / (double)CLOCK_SECOND, rate = (double)bytes / seconds;
	size_t length = strlen(p->what);
	const char *tail = p->what + (length > WHAT_MAX ? length - WHAT_MAX : 0);
	text_add_printable(ret, slice_of_string(tail), WHAT_MAX);
	text_addf(ret, ": %.0f", (double)bytes / 1e6);
	if (p->size)
		text_addf(ret, " of %.0f", (double)p->size / 1e6);
	text_addf(ret, " MB, %.0f MB/s", rate / 1e6);
	if (p->size > bytes && rate > 0)
		text_addf(ret, ", %.0f s left", (double)(p->size - bytes) / rate);
}

void progress_at(struct progress_line *p, uint64_t bytes)
{
	int64_t now = clock_mono();
	if (p->quiet || now < p->next_ns)
		return;
	AUTO_TEXT struct text line = text_make(LINE_MAX_BYTES);
	p->next_ns = now + (p->terminal ? DRAWN_MS * CLOCK_MILLISECOND : PLAIN_S * CLOCK_SECOND);
	if (p->terminal)
		text_add_string(&line, "\r");
	describe(p, bytes, now - p->started_ns, &line);
	text_add_string(&line, p->terminal ? "\033[K" : "\n");
	fwrite(line.at, 1, line.size, stderr);
	p->drawn = p->terminal;
}

void progress_clear(struct progress_line *p)
{
	if (p->drawn)
		fputs(TERMINAL_ERASE, stderr);
	p->drawn = false;
}
