/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The resolver's own log: log(1) follows the unified log for as long as the session
 * lasts, and what it prints is kept as it stands. Administrators alone may follow it.
 */
#include "collectors/registry.h"
#include "collectors/posix/tool_run.h"
#include "core/auto.h"
#include "core/file.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	OUTPUT_MAX = 64 << 20,
	STOP_WAIT_MS = 2000,
};

#define PROGRAM "/usr/bin/log"
#define OUTPUT "dns-log.ndjson"

static const char *const command[] = {
	"log", "stream", "--style", "ndjson", "--predicate",
	"subsystem == \"com.apple.mdns\" || process == \"mDNSResponder\"", NULL,
};

struct dns_log {
	struct watch *w;
	pid_t pid; /* 0: not running */
	int64_t wall_ns, mono_ns; /* when it was started; 0: never */
	int status; /* as wait(2) tells it, once it has ended */
};

static enum status dns_log_open(struct watch *w, void **ret_state, struct error *err)
{
	if (access(PROGRAM, X_OK) != 0)
		return fail(err, ERR_UNAVAILABLE, PROGRAM " is not there");
	struct dns_log *d = must_alloc(1, sizeof *d);
	d->w = w;
	*ret_state = d;
	return OK;
}

/* In tools/, which the witness of the tools has made where it works. */
static enum status open_outputs(const struct dns_log *d, int *ret_out, int *ret_errors, struct error *err)
{
	AUTO_FD int folder = -1;
	enum status status = file_have_folder(d->w->folder, "tools", err);
	if (!status)
		status = file_open_folder(d->w->folder, "tools", &folder, err);
	if (!status)
		status = file_create(folder, OUTPUT, ret_out, err);
	if (!status)
		*ret_errors = openat(folder, "errors.txt",
				     O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0600);
	return status;
}

static _Noreturn void run_log(int out, int errors)
{
	char path[] = "PATH=/usr/bin:/bin", locale[] = "LC_ALL=C";
	char *const environment[] = {path, locale, NULL};
	int nothing = open("/dev/null", O_RDWR);
	dup2(nothing, 0);
	dup2(out, 1);
	dup2(errors >= 0 ? errors : nothing, 2);
	setrlimit(RLIMIT_FSIZE, &(struct rlimit){OUTPUT_MAX, OUTPUT_MAX});
	signal(SIGINT, SIG_IGN);  /* Ctrl-C is for the command */
	signal(SIGTERM, SIG_DFL); /* by which it is ended */
	signal(SIGXFSZ, SIG_DFL);
	execve(PROGRAM, (char *const *)(uintptr_t)command, environment);
	_exit(127);
}

static void fall_silent(struct dns_log *d, const char *why)
{
	watch_witness(d->w, "dns_log", NULL, "died", why, "run it as an administrator");
	d->pid = 0;
}

/* With the rights of the invoker: what ran with more could not be ended by us. */
static void dns_log_start(void *state)
{
	struct dns_log *d = state;
	struct error err = {0};
	AUTO_FD int out = -1;
	AUTO_FD int errors = -1;
	if (open_outputs(d, &out, &errors, &err)) {
		fall_silent(d, err.text);
		return;
	}
	d->wall_ns = clock_now().wall_ns;
	d->mono_ns = clock_mono();
	d->pid = fork();
	if (d->pid == 0)
		run_log(out, errors);
	if (d->pid < 0) {
		fall_silent(d, "log(1) cannot be started");
		d->wall_ns = 0;
	}
}

static void dns_log_drain(void *state)
{
	struct dns_log *d = state;
	if (d->pid > 0 && waitpid(d->pid, &d->status, WNOHANG) == d->pid)
		fall_silent(d, "log(1) ended (tools/errors.txt may say why)");
}

static void write_record(struct dns_log *d)
{
	struct stat st;
	bool there = fstatat(d->w->folder, "tools/" OUTPUT, &st, AT_SYMLINK_NOFOLLOW) == 0;
	struct json *j = evidence_begin(d->w->evidence, "tool", d->wall_ns);
	json_add_string(j, "tool", "log");
	json_add_string(j, "moment", "during");
	json_add_u64(j, "round", 0);
	json_begin_array(j, "command");
	for (const char *const *word = command; *word; word++)
		json_add_string(j, NULL, *word);
	json_end_array(j);
	if (WIFEXITED(d->status))
		json_add_i64(j, "status", WEXITSTATUS(d->status));
	if (there) {
		json_add_string(j, "path", "tools/" OUTPUT);
		json_add_u64(j, "at", 0);
		json_add_u64(j, "size", (uint64_t)st.st_size);
	}
	json_add_i64(j, "took_ns", clock_mono() - d->mono_ns);
	evidence_end(d->w->evidence);
}

static uint64_t dns_log_stop(void *state)
{
	struct dns_log *d = state;
	dns_log_drain(d);
	if (d->pid > 0) {
		/* our own child, not waited for yet */
		kill(d->pid, SIGTERM);
		if (!tool_wait(d->pid, STOP_WAIT_MS))
			kill(d->pid, SIGKILL);
		while (waitpid(d->pid, &d->status, 0) < 0 && errno == EINTR)
			;
	}
	if (d->wall_ns)
		write_record(d);
	free(d);
	return 0;
}

static bool dns_log_alive(void *state)
{
	const struct dns_log *d = state;
	return d->pid > 0;
}

static void dns_log_probe(struct probe *ret)
{
	ret->works = access(PROGRAM, X_OK) == 0;
	snprintf(ret->detail, sizeof ret->detail, "%s",
		 ret->works ? "log(1) is there; administrators may follow the log" : PROGRAM " is not there");
}

const struct collector collector_dns_log = {
	.name = "dns_log",
	.witnesses = "messages of the system's resolver, raw; most names in them are shown as <private>",
	.needs = "an administrator's account",
	.probe = dns_log_probe,
	.open = dns_log_open,
	.start = dns_log_start,
	.drain = dns_log_drain,
	.stop = dns_log_stop,
	.alive = dns_log_alive,
};
