/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/posix/tool_run.h"

#include "collectors/posix/channel.h"
#include "core/auto.h"
#include "core/clock.h"
#include "core/file.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	TIMEOUT_MS = 10000,
	OUTPUT_MAX = 64 << 20, /* of one run */
};

static char *const environment[] = {(char[]){"PATH=/usr/sbin:/usr/bin:/sbin:/bin"},
				    (char[]){"LC_ALL=C"}, (char[]){"HOME=/nonexistent"}, NULL};

const char *tool_find(const struct tool *tool, char ret[static TOOL_PATH_MAX])
{
	for (size_t i = 0; tool_folders[i]; i++) {
		snprintf(ret, TOOL_PATH_MAX, "%s/%s", tool_folders[i], tool->command[0]);
		if (access(ret, X_OK) == 0)
			return ret;
	}
	return NULL;
}

int tool_execute(const char *path, const char *const *command, int out, int errors, char *problem,
		 size_t capacity)
{
	pid_t pid = fork();
	if (pid == 0) {
		int nothing = open("/dev/null", O_RDWR);
		dup2(nothing, 0);
		dup2(out, 1);
		dup2(errors >= 0 ? errors : nothing, 2);
		struct stat st;
		rlim_t limit = OUTPUT_MAX + (fstat(out, &st) == 0 ? (rlim_t)st.st_size : 0);
		setrlimit(RLIMIT_FSIZE, &(struct rlimit){limit, limit});
		tool_raise();
		execve(path, (char *const *)(uintptr_t)command, environment);
		_exit(127);
	}
	if (pid < 0) {
		snprintf(problem, capacity, "cannot be started");
		return -1;
	}
	if (!tool_wait(pid, TIMEOUT_MS)) {
		kill(pid, SIGKILL); /* our own child, not waited for yet */
		snprintf(problem, capacity, "did not end within %d s", TIMEOUT_MS / 1000);
	}
	int status = 0;
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (problem[0])
		return -1;
	if (WIFEXITED(status))
		return WEXITSTATUS(status);
	snprintf(problem, capacity, "ended by signal %d", WTERMSIG(status));
	return -1;
}

/* The first line that says something, of either stream. */
static void ask_version(const struct tool *tool, char ret[static TOOL_VERSION_MAX])
{
	char path[TOOL_PATH_MAX], problem[128] = "", text[4096];
	int ends[2];
	ret[0] = 0;
	if (!tool->version || !tool_find(tool, path) || pipe2(ends, O_CLOEXEC) != 0)
		return;
	/* read when it is over: a version fits into a pipe */
	fcntl(ends[0], F_SETFL, O_NONBLOCK);
	tool_execute(path, tool->version, ends[1], ends[1], problem, sizeof problem);
	ssize_t size = read(ends[0], text, sizeof text);
	close(ends[0]);
	close(ends[1]);
	struct cursor lines = cursor_over(slice_of(text, size > 0 ? (size_t)size : 0));
	struct slice line;
	while (cursor_line(&lines, &line, NULL)) {
		line = slice_trim(line);
		/* lsof puts its number a line below its heading */
		bool heading = slice_ends(line, ":") || line.size == 0;
		if (!heading && slice_to_string(line, ret, TOOL_VERSION_MAX))
			return;
	}
}

static void write_heading(int fd, const struct tool *tool, const struct tool_request *request,
			  int64_t wall_ns)
{
	char time[CLOCK_TEXT_MAX];
	clock_text(wall_ns, 3, time);
	dprintf(fd, "# %s round %u:", time, request->round);
	for (const char *const *word = tool->command; *word; word++)
		dprintf(fd, " %s", *word);
	dprintf(fd, "\n");
}

static void run_tool(unsigned i, int folder, const struct tool_request *request,
		     struct tool_report *r)
{
	char path[TOOL_PATH_MAX], name[64];
	r->status = -1;
	r->wall_ns = clock_now().wall_ns;
	int64_t started = clock_mono();
	if (!tool_find(&tools[i], path)) {
		snprintf(r->problem, sizeof r->problem, "not installed");
		return;
	}
	snprintf(name, sizeof name, "%s-%s.txt", tools[i].name, request->moment);
	const int flags = O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC;
	AUTO_FD int out = openat(folder, name, flags, 0600);
	AUTO_FD int errors = openat(folder, "errors.txt", flags, 0600);
	if (out < 0) {
		snprintf(r->problem, sizeof r->problem, "cannot write tools/%.60s", name);
		return;
	}
	write_heading(out, &tools[i], request, r->wall_ns);
	off_t before = lseek(out, 0, SEEK_END);
	r->status = tool_execute(path, tools[i].command, out, errors, r->problem, sizeof r->problem);
	off_t after = lseek(out, 0, SEEK_END);
	r->at = (uint64_t)before;
	r->size = (uint64_t)(after - before);
	r->took_ns = clock_mono() - started;
}

_Noreturn void tool_serve(const struct invoker *who, int channel, int folder)
{
	struct error err = {0};
	struct tool_request request;
	signal(SIGINT, SIG_IGN);
	signal(SIGTERM, SIG_IGN);
	if (tool_lower(who, &err))
		_exit(1);
	char versions[TOOLS_MAX][TOOL_VERSION_MAX];
	for (unsigned i = 0; i < tool_count; i++)
		ask_version(&tools[i], versions[i]);
	while (channel_take(channel, &request, sizeof request, true) == CHANNEL_RECORD) {
		bool during = !strcmp(request.moment, "during");
		for (unsigned i = 0; i <= tool_count; i++) {
			struct tool_report r = {.request = request, .tool = i};
			if (i < tool_count && during && !tools[i].always)
				continue;
			if (i < tool_count) {
				run_tool(i, folder, &request, &r);
				memcpy(r.version, versions[i], sizeof r.version);
			}
			if (!channel_send(channel, &r, sizeof r, true))
				_exit(0);
		}
	}
	_exit(0);
}
