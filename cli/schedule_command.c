/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/schedule_command.h"

#include "core/auto.h"
#include "core/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static _Noreturn void run_child(const char *const words[], int out)
{
	dup2(out >= 0 ? out : 2, 1);
	execvp(words[0], (char *const *)(void *)words);
	_exit(127);
}

static void read_all(int fd, struct text *ret)
{
	char part[4096];
	ssize_t got;
	while ((got = read(fd, part, sizeof part)) > 0 || (got < 0 && errno == EINTR))
		if (got > 0)
			text_add(ret, slice_of(part, (size_t)got));
}

enum status schedule_command_run(const char *const words[], struct text *ret, struct error *err)
{
	AUTO_TEXT struct text line = text_make(SCHEDULE_ANSWER_MAX);
	int ends[2] = {-1, -1}, status = 0;
	schedule_command_add(words, &line);
	if (ret && pipe2(ends, O_CLOEXEC) != 0)
		return fail_errno(err, ERR_UNAVAILABLE, errno, "cannot make a pipe");
	pid_t pid = fork();
	if (pid == 0)
		run_child(words, ends[1]);
	int code = errno;
	auto_close(&ends[1]);
	AUTO_FD int from = ends[0];
	if (pid < 0)
		return fail_errno(err, ERR_UNAVAILABLE, code, "cannot run %s", text_string(&line));
	if (ret)
		read_all(from, ret);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (status == 0)
		return OK;
	if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
		return fail(err, ERR_UNAVAILABLE, "%s is not there, or cannot be run", words[0]);
	return fail(err, ERR_UNAVAILABLE, "%s failed (%s %d)", text_string(&line), WIFEXITED(status) ? "exit status" : "signal",
		    WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status));
}

void schedule_command_add(const char *const words[], struct text *ret)
{
	for (size_t i = 0; words[i]; i++)
		text_addf(ret, strchr(words[i], ' ') ? "%s\"%s\"" : "%s%s", i ? " " : "", words[i]);
}

/* "Sun 2026-11-29 02:48:34 UTC" */
static int64_t parse_time(struct slice text)
{
	enum { WORD_MAX = 16 };
	struct cursor c = cursor_over(text);
	struct slice weekday, day, time, zone;
	char stamp[2 * WORD_MAX + 4];
	int64_t ns;
	if (!cursor_word(&c, WORD_MAX, &weekday) || !cursor_word(&c, WORD_MAX, &day) || !cursor_word(&c, WORD_MAX, &time) ||
	    !cursor_word(&c, WORD_MAX, &zone) || !slice_is(zone, "UTC"))
		return 0;
	snprintf(stamp, sizeof stamp, "%.*s %.*sZ", (int)day.size, (const char *)day.at, (int)time.size, (const char *)time.at);
	return clock_parse(slice_of_string(stamp), &ns) ? ns : 0;
}

int64_t schedule_command_time(struct slice answer, const char *name)
{
	struct cursor c = cursor_over(answer);
	struct slice line;
	size_t size = strlen(name);
	while (cursor_line(&c, &line, NULL))
		if (slice_starts(line, name) && slice_is(slice_part(line, size, 1), "="))
			return parse_time(slice_part(line, size + 1, line.size));
	return 0;
}
