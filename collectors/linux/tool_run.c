/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/linux/tool_run.h"

#include "core/auto.h"
#include "core/clock.h"
#include "core/file.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	TIMEOUT_MS = 10000,
	OUTPUT_MAX = 64 << 20, /* of one run */
};

#define COMMAND(...) ((const char *const[]){__VA_ARGS__, NULL})

const struct tool tools[] = {
	{"ss", COMMAND("ss", "-tupn"), COMMAND("ss", "-V")},
	{"lsof", COMMAND("lsof", "-i", "-n", "-P"), COMMAND("lsof", "-v")},
	{"netstat", COMMAND("netstat", "-tunap"), COMMAND("netstat", "--version")},
};
const unsigned tool_count = LENGTH(tools);

static char *const environment[] = {(char[]){"PATH=/usr/sbin:/usr/bin:/sbin:/bin"},
				    (char[]){"LC_ALL=C"}, (char[]){"HOME=/nonexistent"}, NULL};

const char *tool_find(const struct tool *tool, char ret[static TOOL_PATH_MAX])
{
	static const char *const folders[] = {"/usr/sbin", "/usr/bin", "/sbin", "/bin"};
	for (size_t i = 0; i < LENGTH(folders); i++) {
		snprintf(ret, TOOL_PATH_MAX, "%s/%s", folders[i], tool->name);
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
		execve(path, (char *const *)(uintptr_t)command, environment);
		_exit(127);
	}
	if (pid < 0) {
		snprintf(problem, capacity, "cannot be started");
		return -1;
	}
	int handle = (int)syscall(SYS_pidfd_open, pid, 0);
	struct pollfd watched = {.fd = handle, .events = POLLIN};
	if (handle >= 0 && poll(&watched, 1, TIMEOUT_MS) == 0) {
		kill(pid, SIGKILL); /* our own child, not waited for yet */
		snprintf(problem, capacity, "did not end within %d s", TIMEOUT_MS / 1000);
	}
	if (handle >= 0)
		close(handle);
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
	AUTO_FD int memory = (int)syscall(SYS_memfd_create, "version", 1u);
	ret[0] = 0;
	if (memory < 0 || !tool_find(tool, path))
		return;
	tool_execute(path, tool->version, memory, memory, problem, sizeof problem);
	ssize_t size = pread(memory, text, sizeof text, 0);
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
	prctl(PR_SET_NAME, "airgap-tools");
	signal(SIGINT, SIG_IGN);
	signal(SIGTERM, SIG_IGN);
	const uint64_t keep = CAPABILITY(CAP_SYS_PTRACE) | CAPABILITY(CAP_DAC_READ_SEARCH);
	if (privilege_drop(who, keep, &err))
		_exit(1);
	char versions[LENGTH(tools)][TOOL_VERSION_MAX];
	for (unsigned i = 0; i < tool_count; i++)
		ask_version(&tools[i], versions[i]);
	while (recv(channel, &request, sizeof request, 0) == (ssize_t)sizeof request) {
		for (unsigned i = 0; i <= tool_count; i++) {
			struct tool_report r = {.request = request, .tool = i};
			if (i < tool_count) {
				run_tool(i, folder, &request, &r);
				memcpy(r.version, versions[i], sizeof r.version);
			}
			if (send(channel, &r, sizeof r, MSG_NOSIGNAL) < 0)
				_exit(0);
		}
	}
	_exit(0);
}
