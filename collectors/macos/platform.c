/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The course of a session as macOS has it: the command, its processes, the end.
 */
#include "collectors/macos/platform_state.h"

#include "collectors/macos/interrupt.h"
#include "collectors/macos/process_info.h"
#include "collectors/processes.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>

/* There is no witness in the kernel: what it would take (Endpoint Security) Apple grants
 * to whom it likes, not to who builds this. */
const char platform_more_rights[] = "run with sudo";

bool platform_wants(const struct session *s, const struct collector *c)
{
	(void)s, (void)c;
	return true;
}

const char *platform_tier(const struct session *s)
{
	(void)s;
	return "polling";
}

void platform_write_before(struct session *s)
{
	(void)s; /* the witness of processes tells of what was there */
}

void platform_note_helpers(struct session *s)
{
	(void)s; /* they are no children of the session's */
}

enum status platform_go(struct session *s, struct error *err)
{
	enum status status = launch_go(&s->w.platform->launch, s->w.options->command[0], err);
	if (status)
		waitpid(s->w.command, NULL, 0);
	return status;
}

void platform_pause(int milliseconds)
{
	poll(NULL, 0, milliseconds);
}

/* What wakes is a kqueue; one that cannot be polled is no reason to spin. */
void platform_wait(struct session *s, int milliseconds)
{
	struct pollfd watched = {.fd = s->wake, .events = POLLIN};
	int ready = poll(&watched, 1, milliseconds);
	s->woken = ready > 0 && watched.revents & POLLIN;
	if (ready > 0 && !s->woken)
		platform_pause(milliseconds);
	if (interrupt_asks_to_end())
		s->end = "ended by the user";
}

/* Other children are the helpers, and are waited for by who has them. */
void platform_reap(struct session *s)
{
	int status;
	if (s->w.command && !s->command_ended && waitpid(s->w.command, &status, WNOHANG) == s->w.command)
		session_command_ended(s, status);
}

static bool lives(uint32_t pid)
{
	struct process_info info;
	return process_info_read(pid, &info) && !info.ended;
}

bool platform_watched_ended(const struct session *s)
{
	return s->w.options->pid && !lives((uint32_t)s->w.options->pid);
}

size_t platform_living(const struct session *s, uint32_t ret[], size_t max)
{
	size_t count = 0, at = 0;
	for (uint32_t pid = processes_next(s->w.processes, &at); pid && count < max;
	     pid = processes_next(s->w.processes, &at))
		if (lives(pid))
			ret[count++] = pid;
	return count;
}

bool platform_name(uint32_t pid, char ret[static PLATFORM_NAME_MAX])
{
	struct process_info info;
	if (!process_info_read(pid, &info))
		return false;
	snprintf(ret, PLATFORM_NAME_MAX, "%s", info.comm);
	return true;
}

void platform_close(struct session *s)
{
	struct platform *p = s->w.platform;
	if (!p)
		return;
	launch_abandon(&p->launch);
	s->w.invoker = NULL;
	s->w.platform = NULL;
	free(p);
}

enum status platform_posture(int argc, char *argv[], struct text *ret, struct error *err)
{
	(void)argc, (void)argv, (void)ret;
	return fail(err, ERR_UNAVAILABLE, "the posture of a machine is gathered on Linux only");
}

enum status platform_snapshot(struct text *ret, struct error *err)
{
	(void)ret;
	return fail(err, ERR_UNAVAILABLE, "one look at the sockets is to be had on Linux only; a session shows them");
}
