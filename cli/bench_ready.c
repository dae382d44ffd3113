/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/bench_ready.h"

#include "core/auto.h"
#include "core/privilege.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/wait.h>

static enum status servers_there(const struct run_settings *settings, struct error *err)
{
	enum status status = OK;
	for (size_t i = 0; !status && (i == 0 || i < settings->server_count); i++) {
		struct server *server = NULL;
		status = server_open(settings->server_count ? settings->servers[i] : NULL, &server, err);
		server_close(server);
	}
	return status;
}

static enum status look(const struct run_settings *settings, struct error *err)
{
	struct invoker who;
	struct tasks tasks = {0};
	struct confine *confine = NULL;
	enum status status = privilege_invoker(&who, err);
	if (!status)
		status = privilege_become(&who, err);
	if (!status)
		privilege_environment(&who);
	if (!status)
		status = run_tasks_load(settings, &tasks, err);
	tasks_free(&tasks);
	if (!status)
		status = confine_open(&confine, err);
	confine_close(confine);
	return status ? status : servers_there(settings, err);
}

static _Noreturn void run_child(const struct run_settings *settings, int to)
{
	struct error found = {0};
	if (look(settings, &found) && !found.status)
		found.status = ERR_INTERNAL;
	/* who does not get it whole takes it for a failure */
	_exit(write(to, &found, sizeof found) == sizeof found ? 0 : 1);
}

enum status bench_ready(const struct run_settings *settings, struct error *err)
{
	int ends[2];
	if (pipe2(ends, O_CLOEXEC) != 0)
		return fail_errno(err, ERR_UNAVAILABLE, errno, "cannot make a pipe");
	AUTO_FD int from = ends[0];
	pid_t pid = fork();
	if (pid == 0)
		run_child(settings, ends[1]);
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
