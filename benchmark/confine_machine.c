/* SPDX-License-Identifier: Apache-2.0 */
/* How this machine can confine, found out by trying. */
#include "benchmark/confine_machine.h"

#include "benchmark/confine_filter.h"
#include "core/auto.h"
#include "core/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	TRIAL_MS = 20000,
	SIZES_SINCE = 8, /* --size came with 0.8; --perms with 0.5, --json-status-fd before */
	PERMS_SINCE = 5,
	VERSION_SECONDS = 10,
	SETTING_MAX = 64,
};

#define NO_BUBBLEWRAP                                                                              \
	"bubblewrap (bwrap) is not there, and code that a model wrote runs nowhere else: install the package bubblewrap"

static bool find_program(char ret[static 4096])
{
	const char *path = getenv("PATH");
	struct cursor c = cursor_over(slice_of_string(path ? path : "/usr/bin:/bin"));
	struct slice folder;
	while (cursor_left(&c) > 0) {
		if (!cursor_until(&c, ':', cursor_left(&c), &folder))
			folder = cursor_take(&c, cursor_left(&c));
		int size = snprintf(ret, 4096, "%.*s/bwrap", (int)folder.size, (const char *)folder.at);
		if (folder.size > 0 && folder.at[0] == '/' && size < 4096 && access(ret, X_OK) == 0)
			return true;
	}
	return false;
}

/* "bubblewrap 0.8.0" */
static enum status read_version(struct confine_means *m, struct slice said, struct error *err)
{
	struct cursor c = cursor_over(said);
	struct slice word, number;
	uint64_t major = 0, minor = 0;
	bool good = cursor_word(&c, 32, &word) && slice_is(word, "bubblewrap") && cursor_word(&c, 31, &word);
	word = slice_part(word, 0, slice_find(word, '\n'));
	c = cursor_over(word);
	good = good && slice_to_string(word, m->version, sizeof m->version) && cursor_until(&c, '.', 4, &number) &&
	       slice_u64(number, 1000, &major) && cursor_until(&c, '.', 4, &number) && slice_u64(number, 1000, &minor);
	if (!good)
		return fail(err, ERR_UNAVAILABLE, "%s does not say which version of bubblewrap it is", m->program);
	m->sizes = major > 0 || minor >= SIZES_SINCE;
	if (major == 0 && minor < PERMS_SINCE)
		return fail(err, ERR_UNAVAILABLE, "bubblewrap %s is too old: 0.8 or later is needed", m->version);
	return OK;
}

static enum status ask_version(struct confine_means *m, struct error *err)
{
	char *const argv[] = {m->program, (char[]){"--version"}, NULL};
	const struct group none = {.kind = GROUP_NONE, .folder = -1};
	AUTO_TEXT struct text said = text_make(4096);
	char block[512];
	int ends[2], status;
	pid_t pid;
	ssize_t got;
	if (pipe2(ends, O_CLOEXEC) != 0)
		return fail_errno(err, ERR_UNAVAILABLE, errno, "cannot make a pipe");
	struct start start = {.program = m->program, .argv = argv, .in = -1, .out = ends[1], .result = ends[1],
			      .status = ends[1], .go = ends[1], .data_limit = UINT64_MAX,
			      .file_limit = UINT64_MAX, .cpu_seconds = VERSION_SECONDS};
	enum status started = start_run(&start, &none, &pid, err);
	close(ends[1]);
	while (!started && (got = read(ends[0], block, sizeof block)) > 0)
		text_add(&said, slice_of(block, (size_t)got));
	close(ends[0]);
	while (!started && waitpid(pid, &status, 0) < 0 && errno == EINTR)
		continue;
	return started ? started : read_version(m, text_slice(&said), err);
}

static bool setting_is(const char *path, const char *value)
{
	AUTO_TEXT struct text text = text_make(SETTING_MAX);
	struct slice line;
	if (file_read(AT_FDCWD, path, SETTING_MAX, &text, NULL))
		return false;
	struct cursor c = cursor_over(text_slice(&text));
	return cursor_line(&c, &line, NULL) && slice_is(line, value);
}

/* What stands in the way, where it is one of the usual things. */
static enum status with_remedy(struct error *err)
{
	const char *remedy = NULL;
	if (setting_is("/proc/sys/kernel/apparmor_restrict_unprivileged_userns", "1"))
		remedy = "AppArmor keeps programs from making user namespaces: load a profile that allows bwrap (of the "
			 "package apparmor-profiles), or set kernel.apparmor_restrict_unprivileged_userns to 0";
	else if (setting_is("/proc/sys/kernel/unprivileged_userns_clone", "0"))
		remedy = "user namespaces are switched off: set kernel.unprivileged_userns_clone to 1";
	else if (setting_is("/proc/sys/user/max_user_namespaces", "0"))
		remedy = "user namespaces are switched off: set user.max_user_namespaces to some thousands";
	if (!remedy)
		return err->status;
	struct error whole = *err;
	return fail(err, ERR_UNAVAILABLE, "%.700s (%s)", whole.text, remedy);
}

/* A shell that starts another process: what a run needs at the least. */
static enum status try_start(struct confine *c, struct error *err)
{
	static const char *const argv[] = {"sh", "-c", "/usr/bin/true & wait $! && echo works >&3", NULL};
	struct confine_run run = {.argv = argv, .timeout_ms = TRIAL_MS};
	struct confine_result result;
	enum status status = confine_run(c, &run, &result, err);
	if (status)
		return status;
	if (!slice_is(text_slice(&result.result), "works\n")) {
		AUTO_TEXT struct text said = text_make(512);
		text_add_printable(&said, text_slice(&result.output), 300);
		status = fail(err, ERR_UNAVAILABLE, "a shell does not work in the sandbox: %s", text_string(&said));
	}
	confine_result_free(&result);
	return status;
}

/* With all bounds first; then without the one that this kernel or user cannot set. */
static enum status try_means(struct confine *c, struct error *err)
{
	const struct group_base none = {.kind = GROUP_NONE};
	struct group_base groups;
	enum status status = ERR_UNAVAILABLE;
	group_find(&groups);
	for (unsigned without = 0; without < 4 && status; without++) {
		bool grouped = !(without & 1) && groups.kind != GROUP_NONE;
		c->means.own_users = !(without & 2);
		if ((without & 1 && groups.kind == GROUP_NONE) || (!grouped && !c->means.own_users))
			continue; /* tried already, or nothing would bound the processes */
		slots_open(&c->slots, grouped ? &groups : &none);
		status = try_start(c, err);
		if (status)
			slots_close(&c->slots);
	}
	return status;
}

static void describe(struct confine *c)
{
	static const char *const groups[] = {
		[GROUP_NONE] = "no cgroup (memory is bounded by counting)",
		[GROUP_V1] = "cgroup v1 (memory, pids)",
		[GROUP_V2] = "cgroup v2 (memory, pids)",
	};
	snprintf(c->described, sizeof c->described, "bubblewrap %s%s, seccomp, rlimits%s, %s", c->means.version,
		 c->means.sizes ? "" : " (without --size)", c->means.own_users ? "" : " (without NPROC)",
		 groups[c->slots.groups.kind]);
}

enum status confine_open(struct confine **ret, struct error *err)
{
	struct confine *c = must_alloc(1, sizeof *c);
	c->means.filter = text_make(CONFINE_FILTER_MAX);
	bool open = false;
	/* what bubblewrap leaves to be waited for comes to us, whoever is process 1 here */
	prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
	enum status status = find_program(c->means.program) ? OK : fail(err, ERR_UNAVAILABLE, NO_BUBBLEWRAP);
	if (!status)
		status = ask_version(&c->means, err);
	if (!status)
		status = confine_filter(&c->means.filter, err);
	if (!status) {
		status = try_means(c, err);
		open = !status;
		if (status)
			status = with_remedy(err);
	}
	if (!status && !c->means.sizes && c->slots.groups.kind == GROUP_NONE)
		status = fail(err, ERR_UNAVAILABLE, "bubblewrap %s cannot bound the disk of a sandbox, nor can a control "
			      "group here: install 0.8 or later, or run as root", c->means.version);
	if (status) {
		if (open)
			slots_close(&c->slots);
		text_free(&c->means.filter);
		free(c);
		return status;
	}
	describe(c);
	*ret = c;
	return OK;
}

const char *confine_described(const struct confine *c)
{
	return c->described;
}

void confine_close(struct confine *c)
{
	if (!c)
		return;
	slots_close(&c->slots);
	text_free(&c->means.filter);
	free(c);
}
