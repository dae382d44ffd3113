/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/posix/launch.h"

#include "core/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* What is written to the held child. */
enum { GO = 'g', PREPARE = 'p', ENTER = 'n' };

/* As execvp(), but what is neither a program nor names its interpreter is not given
 * to a shell: that would run bytes of any kind. Returns an errno value. */
static int execute(char *const command[])
{
	if (strchr(command[0], '/')) {
		execv(command[0], command);
		return errno;
	}
	const char *path = getenv("PATH");
	struct cursor c = cursor_over(slice_of_string(path ? path : "/usr/bin:/bin"));
	int code = ENOENT;
	for (bool more = true; more;) {
		char full[FILE_PATH_MAX];
		struct slice folder;
		more = cursor_until(&c, ':', FILE_PATH_MAX, &folder);
		if (!more)
			folder = cursor_rest(&c);
		if (folder.size == 0)
			folder = SLICE(".");
		if (snprintf(full, sizeof full, "%.*s/%s", (int)folder.size, (const char *)folder.at,
			     command[0]) >= (int)sizeof full)
			continue;
		execv(full, command);
		if (errno != ENOENT && errno != ENOTDIR && code == ENOENT)
			code = errno;
	}
	return code;
}

/* A byte of the parent's; 0 where it closed its end. */
static char next_order(int go)
{
	char byte;
	ssize_t got;
	while ((got = read(go, &byte, 1)) < 0 && errno == EINTR)
		;
	return got == 1 ? byte : 0;
}

static _Noreturn void run_child(char *const command[], const struct invoker *who, bool to_stderr,
				const struct launch_hooks *hooks, int go, int result)
{
	struct error err = {0};
	int code = EPERM;
	char order = next_order(go);
	if (order == ENTER)
		order = hooks->enter(hooks->enter_context, who, &err) ? 0 : next_order(go);
	bool became = order && !privilege_become(who, &err);
	for (; became && order == PREPARE; order = next_order(go))
		hooks->prepare(hooks->context, result);
	if (!order)
		_exit(125);
	if (became) {
		privilege_environment(who);
		if (to_stderr)
			dup2(2, 1);
		code = execute(command);
	}
	if (write(result, &code, sizeof code) != sizeof code)
		_exit(126);
	_exit(127);
}

enum status launch_hold(char *const command[], const struct invoker *who, bool to_stderr,
			const struct launch_hooks *hooks, struct launch *ret, struct error *err)
{
	int go[2], result[2];
	if (pipe2(go, O_CLOEXEC) != 0)
		return fail_errno(err, ERR_UNAVAILABLE, errno, "cannot make a pipe");
	if (pipe2(result, O_CLOEXEC) != 0) {
		close(go[0]);
		close(go[1]);
		return fail_errno(err, ERR_UNAVAILABLE, errno, "cannot make a pipe");
	}
	pid_t pid = fork();
	if (pid == 0) {
		close(go[1]);
		close(result[0]);
		run_child(command, who, to_stderr, hooks, go[0], result[1]);
	}
	int code = errno;
	close(go[0]);
	close(result[1]);
	*ret = (struct launch){pid, go[1], result[0]};
	if (pid < 0) {
		launch_abandon(ret);
		return fail_errno(err, ERR_UNAVAILABLE, code, "cannot start a process");
	}
	return OK;
}

static enum status fail_exec(int code, const char *command, struct error *err)
{
	switch (code) {
	case ENOENT:
	case ENOTDIR:
		return fail(err, ERR_NO_INPUT, "%s: no such command", command);
	case EACCES:
	case EPERM:
		return fail(err, ERR_PERMISSION, "%s: no permission to execute it", command);
	case ENOEXEC:
		return fail(err, ERR_MALFORMED, "%s: not a program that this machine can execute (a script "
			    "needs #! in its first line)", command);
	default:
		return fail_errno(err, ERR_UNAVAILABLE, code, "%s: cannot be executed", command);
	}
}

bool launch_enter(const struct launch *l)
{
	return write(l->go, &(char){ENTER}, 1) == 1;
}

enum status launch_prepare(struct launch *l, void *ret, size_t size, struct error *err)
{
	ssize_t got = -1;
	if (write(l->go, &(char){PREPARE}, 1) == 1)
		while ((got = read(l->result, ret, size)) < 0 && errno == EINTR)
			;
	if (got == (ssize_t)size)
		return OK;
	return fail(err, ERR_UNAVAILABLE, "the command could not be prepared");
}

enum status launch_go(struct launch *l, const char *command, struct error *err)
{
	int code = 0;
	ssize_t got = -1;
	if (write(l->go, &(char){GO}, 1) == 1)
		while ((got = read(l->result, &code, sizeof code)) < 0 && errno == EINTR)
			;
	launch_abandon(l);
	if (got == 0)
		return OK;
	return fail_exec(got == sizeof code ? code : ECHILD, command, err);
}

void launch_abandon(struct launch *l)
{
	if (l->go >= 0)
		close(l->go);
	if (l->result >= 0)
		close(l->result);
	l->go = l->result = -1;
}
