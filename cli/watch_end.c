/* SPDX-License-Identifier: Apache-2.0 */
/*
 * When a watch comes to its end: by a signal, or with the session.
 */
#include "cli/watch_command.h"
#include "cli/watch_run.h"
#include "core/clock.h"

#include <signal.h>

enum { LATE_MS = 1000 }; /* after its last record the rest of a session is waited for so long */

static volatile sig_atomic_t interrupts, ends;

static void on_signal(int signal)
{
	if (signal == SIGINT)
		interrupts++;
	else
		ends++;
}

void watch_catch_signals(void)
{
	static const int caught[] = {SIGINT, SIGTERM, SIGHUP};
	struct sigaction action = {.sa_handler = on_signal};
	for (size_t i = 0; i < LENGTH(caught); i++)
		sigaction(caught[i], &action, NULL);
	signal(SIGPIPE, SIG_IGN); /* a write that fails says so */
}

bool watch_interrupted(void)
{
	return interrupts + ends > 0;
}

bool watch_is_over(const struct watch_options *o)
{
	struct watch_command *c = o->command;
	if (!c)
		return watch_interrupted();
	while (c->asked < interrupts && c->pid > 0)
		watch_command_ask_end(c, false);
	if (ends)
		watch_command_ask_end(c, true);
	watch_command_tend(c, 0);
	return ends > 0;
}

void watch_notice_end(struct watch_source *s, const struct watch_model *m, struct watch_ending *e)
{
	int64_t now = clock_mono();
	if (!s->growing || !m->closed || e->told)
		return;
	if (!e->since_ns)
		e->since_ns = now;
	if (now - e->since_ns < LATE_MS * CLOCK_MILLISECOND)
		return;
	watch_source_finish(s);
	e->told = true;
}
