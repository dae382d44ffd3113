/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A session whose command is our own prober: what became of each probe is judged from
 * that session's evidence. The session is a program of its own, started as one would by
 * hand; this side gives up its rights and waits.
 */
#include "analysis/policy.h"
#include "cli/challenge_print.h"
#include "cli/command.h"
#include "cli/database.h"
#include "cli/folder.h"
#include "cli/policy_file.h"
#include "cli/prober.h"
#include "cli/rights.h"
#include "core/auto.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>

struct settings {
	struct common common;
	const char *policy, *output;
	bool plan;
};

enum { PRINT_MAX = 1 << 20 };

#define AT(member) offsetof(struct settings, member)
static const struct argument arguments[] = {
	{"--policy", 0, "FILE", ARGUMENT_TEXT, AT(policy), "the policy, which names a sink of yours in [challenge]"},
	{"--output", 'o', "DIR", ARGUMENT_TEXT, AT(output), "the session folder (airgap-sessions/<UTC>-<id>)"},
	{"--plan", 0, NULL, ARGUMENT_FLAG, AT(plan), "print what would be sent where, and send nothing"},
};

static _Noreturn void start_session(const struct settings *s, const char *folder, int hold)
{
	char self[FILE_PATH_MAX], output[FILE_PATH_MAX + 32], go;
	ssize_t size = readlink("/proc/self/exe", self, sizeof self - 1);
	if (size < 0 || read(hold, &go, 1) != 1)
		_exit(size < 0 ? 70 : 0); /* it was not to be */
	self[size] = 0;
	snprintf(output, sizeof output, "%s/challenge.ndjson", folder);
	int null = open("/dev/null", O_WRONLY | O_CLOEXEC);
	dup2(s->common.verbose ? 2 : null, 1);
	execl(self, "airgap-verify", "session", s->common.verbose ? "--verbose" : "--quiet", "-o", folder, "--policy",
	      s->policy, "--", self, "challenge", "--prober", s->policy, output, (char *)NULL);
	_exit(69);
}

static enum status load(const struct settings *s, struct policy *ret, struct error *err)
{
	AUTO_TEXT struct text text = text_make(POLICY_TEXT_MAX);
	enum status status = policy_file_load(s->policy, &text, ret, err);
	if (!status && !challenge_has_sink(&ret->challenge))
		status = fail(err, ERR_CONFIG, "%s: nothing is sent anywhere unless [challenge] names a sink of your own: "
			      "sink = ADDRESS or sink6 = ADDRESS (policy.ini(5))", s->policy);
	return status;
}

static enum status print_plan(const struct settings *s, const struct policy *policy, struct error *err)
{
	AUTO_TEXT struct text plan = text_make(PRINT_MAX);
	FILE *to = s->plan ? stdout : stderr;
	challenge_print_plan(&policy->challenge, &plan);
	if (s->plan || !s->common.quiet)
		fwrite(plan.at, 1, plan.size, to);
	return fflush(to) == 0 ? OK : fail(err, ERR_IO, "cannot write what would be sent");
}

/* The folder above the one that a session makes. */
static enum status make_above(const struct folder *f, struct error *err)
{
	char above[FILE_PATH_MAX];
	snprintf(above, sizeof above, "%.*s", (int)strcspn(f->path, "/"), f->path);
	if (f->chosen || mkdir(above, 0700) == 0 || errno == EEXIST)
		return OK;
	return fail_errno(err, ERR_CREATE, errno, "cannot make the folder %s here; choose another place with -o DIR", above);
}

static enum status wait_for_session(pid_t pid, struct error *err)
{
	int status;
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return fail_errno(err, ERR_INTERNAL, errno, "cannot wait for the session");
	if (WIFEXITED(status) && WEXITSTATUS(status) <= 2)
		return OK;
	/* an interrupted session has judged what it saw, and ends as others do */
	return fail(err, ERR_UNAVAILABLE, "the session of the challenge failed (%s %d): nothing can be told",
		    WIFEXITED(status) ? "status" : "signal", WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status));
}

static enum status tell(const struct settings *s, const char *folder, int *ret_exit, struct error *err)
{
	AUTO_STORE struct store *store = NULL;
	AUTO_TEXT struct text out = text_make(PRINT_MAX);
	enum status status = database_open(folder, STORE_READ, &store, err);
	if (!status)
		status = challenge_print(store, folder, s->common.json, &out, ret_exit, err);
	if (!status)
		fwrite(out.at, 1, out.size, stdout);
	return status;
}

static enum status challenge_all(const struct settings *s, const struct folder *f, int go, pid_t session, int *ret_exit,
				 struct error *err)
{
	AUTO_FREE struct policy *policy = must_alloc(1, sizeof *policy);
	enum status status = rights_give_up(err);
	if (!status)
		status = load(s, policy, err);
	if (!status)
		status = print_plan(s, policy, err);
	if (status || s->plan)
		return status;
	status = make_above(f, err);
	if (status)
		return status;
	signal(SIGINT, SIG_IGN); /* the session's, which then tells what it saw */
	if (write(go, "g", 1) != 1)
		return fail_errno(err, ERR_UNAVAILABLE, errno, "cannot start the session");
	status = wait_for_session(session, err);
	return status ? status : tell(s, f->path, ret_exit, err);
}

/* The session starts with the rights that this process is about to give up. */
static int run_challenge(const struct settings *s, struct error *err)
{
	struct folder f = {0};
	int hold[2], result = 0;
	if (folder_name(s->output, &f, err))
		return 0;
	if (pipe2(hold, O_CLOEXEC) != 0) {
		fail_errno(err, ERR_UNAVAILABLE, errno, "cannot make a pipe");
		return 0;
	}
	fflush(NULL);
	pid_t pid = fork();
	if (pid == 0) {
		close(hold[1]);
		start_session(s, f.path, hold[0]);
	}
	close(hold[0]);
	AUTO_FD int go = hold[1];
	if (pid < 0)
		fail_errno(err, ERR_UNAVAILABLE, errno, "cannot start a process");
	else if (challenge_all(s, &f, go, pid, &result, err))
		return 0;
	return result;
}

/* How the prober is started, by a session and by nobody else. */
static bool is_prober(int argc, char *argv[], enum status *ret, struct error *err)
{
	bool prober = argc == 3 && !strcmp(argv[0], "--prober");
	bool child = argc == 4 && !strcmp(argv[0], "--prober-child");
	if (prober)
		*ret = prober_run(argv[1], argv[2], err);
	if (child)
		*ret = prober_child(argv[1], argv[2], argv[3], err);
	return prober || child;
}

static int run(const struct command *self, int argc, char *argv[], struct error *err)
{
	struct settings s = {0};
	size_t count, dashes;
	enum status status;
	bool done;
	if (is_prober(argc, argv, &status, err))
		return 0;
	if (command_parse(self, argc, argv, &s, &count, &dashes, &done, err) || done)
		return 0;
	if (count || !s.policy) {
		fail(err, ERR_USAGE, count ? "challenge: takes no arguments but options"
					   : "challenge: nothing is sent without a policy: --policy FILE");
		return 0;
	}
	return run_challenge(&s, err);
}

const struct command command_challenge = {
	.name = "challenge",
	.usage = "--policy FILE [options]",
	.summary = "try every way out to a sink of yours, and tell what stopped each",
	.details = "Sends to the addresses that the policy names in [challenge], and to nothing else; what and\n"
		   "where is printed first. The prober runs as the command of a session, so that each probe is\n"
		   "judged by its evidence. Exit status: 0 all were stopped, 1 something left this machine, 2 that\n"
		   "cannot be told. Needs root for the full view (sudo airgap-verify challenge …).",
	.arguments = arguments,
	.argument_count = LENGTH(arguments),
	.run = run,
};
