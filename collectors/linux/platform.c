/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The course of a session as Linux has it: the command, orders from the front, the end.
 */
#include "collectors/linux/platform_state.h"

#include "core/auto.h"

#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

const char platform_more_rights[] = "run with sudo";

enum status platform_go(struct session *s, struct error *err)
{
	if (s->w.platform->stuck)
		return fail(err, ERR_UNAVAILABLE, "the command could not be put under watch");
	enum status status = launch_go(&s->w.platform->launch, s->w.options->command[0], err);
	if (status) {
		/* our child, not waited for yet: helpers of ours may keep the pipe open that would end it */
		kill(s->w.command, SIGKILL);
		waitpid(s->w.command, NULL, 0);
	}
	return status;
}

/* When the front is gone, the watch ends. */
void platform_wait(struct session *s, int milliseconds)
{
	int fd = s->w.options->control_fd;
	/* negative descriptors are passed over by poll: then this is just the tick */
	struct pollfd watched[] = {{.fd = fd, .events = POLLIN}, {.fd = s->wake, .events = POLLIN}};
	char word;
	if (poll(watched, LENGTH(watched), milliseconds) <= 0)
		return;
	s->woken = watched[1].revents != 0;
	if (!watched[0].revents)
		return;
	ssize_t got = read(fd, &word, 1);
	if (got == 0)
		s->end = "the program that was to judge it went away";
	else if (got == 1 && word == 'e')
		s->end = "ended by the user";
	else if (got == 1 && word == 't' && s->w.command && !s->command_ended)
		kill(s->w.command, SIGTERM); /* our child, not waited for yet */
	else if (got == 1 && word == 'i' && s->w.command && !s->command_ended)
		kill(s->w.command, SIGINT);
}

void platform_pause(int milliseconds)
{
	poll(NULL, 0, milliseconds);
}

/* Children that ended: the command, or orphans of it that came to us. */
void platform_reap(struct session *s)
{
	int status;
	pid_t pid;
	while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
		if (pid == s->w.command)
			session_command_ended(s, status);
	if (s->started_ns)
		later_look(s->w.platform->later);
}

bool platform_watched_ended(const struct session *s)
{
	struct pollfd watched = {.fd = s->w.platform->watched, .events = POLLIN};
	return watched.fd >= 0 && poll(&watched, 1, 0) > 0;
}

void platform_close(struct session *s)
{
	struct platform *p = s->w.platform;
	if (!p)
		return;
	launch_abandon(&p->launch);
	isolation_free(p->isolation);
	head_tell_free(p->heads);
	later_free(p->later);
	cgroup_close(&p->cgroup);
	auto_close(&p->keeper_hold);
	auto_close(&p->watched);
	auto_close(&p->orders[0]);
	auto_close(&p->orders[1]);
	text_free(&p->posture);
	s->w.invoker = NULL;
	s->w.platform = NULL;
	free(p);
}
