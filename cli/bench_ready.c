/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/bench_ready.h"

#include "core/auto.h"
#include "core/privilege.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/wait.h>

static void say_nothing(void *context, const char *text)
{
	(void)context, (void)text; /* the run itself says it again */
}

static enum status look(const struct bench_options *o, const struct run_settings *settings, struct error *err)
{
	struct invoker who;
	struct run_order order = {
		.settings = settings,
		.tiers = o->tier_table,
		.say = say_nothing,
	};
	enum status status = privilege_invoker(&who, err);
	if (!status)
		status = privilege_become(&who, err);
	if (!status)
		privilege_environment(&who);
	return status ? status : run_ready(&order, err);
}

static _Noreturn void run_child(const struct bench_options *o, const struct run_settings *settings, int to)
{
	struct error found = {0};
	if (look(o, settings, &found) && !found.status)
		found.status = ERR_INTERNAL;
	/* who does not get it whole takes it for a failure */
	_exit(write(to, &found, sizeof found) == sizeof found ? 0 : 1);
}

enum status bench_ready(const struct bench_options *o, const struct run_settings *settings, struct error *err)
{
	int ends[2];
	if (pipe2(ends, O_CLOEXEC) != 0)
		return fail_errno(err, ERR_UNAVAILABLE, errno, "cannot make a pipe");
	AUTO_FD int from = ends[0];
	pid_t pid = fork();
	if (pid == 0)
		run_child(o, settings, ends[1]);
	close(ends[1]);
	if (pid < 0)
		return fail_errno(err, ERR_UNAVAILABLE, errno, "cannot start a process");
	struct error found;
	size_t used = 0;
	ssize_t got;
	while (used < sizeof found && (got = read(from, (char *)&found + used, sizeof found - used)) != 0) {
		if (got < 0 && errno != EINTR)
			break;
		used += got > 0 ? (size_t)got : 0;
	}
	while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
		;
	if (used < sizeof found)
		return fail(err, ERR_INTERNAL, "looking for what a benchmark needs broke off");
	return found.status ? fail(err, found.status, "%s", found.text) : OK;
}
