/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The nightly timer of this platform: tells its scheduler of `airgap-verify audit`.
 */
#include "cli/command.h"
#include "cli/schedule_job.h"
#include "cli/schedule_status.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { OUTPUT_MAX = 1 << 20 };

struct settings {
	struct common common;
	const char *system, *at, *every, *root, *policy, *program;
	bool user, machine, dry_run;
};

#define AT(member) offsetof(struct settings, member)
static const struct argument arguments[] = {
	{"--system", 0, "NAME", ARGUMENT_TEXT, AT(system), "systemd, launchd, task (Windows), cron or auto (auto)"},
	{"--at", 0, "HH:MM", ARGUMENT_TEXT, AT(at), "install: the time of day, by the machine's own clock (02:30)"},
	{"--every", 0, "TIME", ARGUMENT_DURATION, AT(every), "install: whole hours that divide a day (every of the policy that is named, else 24h)"},
	{"--policy", 0, "FILE", ARGUMENT_TEXT, AT(policy), "install: the policy of the audit (where audit finds one by itself)"},
	{"--program", 0, "FILE", ARGUMENT_TEXT, AT(program), "install: airgap-verify as it is called where it will run (this one)"},
	{"--system-wide", 0, NULL, ARGUMENT_FLAG, AT(machine), "for the whole machine (for root)"},
	{"--user", 0, NULL, ARGUMENT_FLAG, AT(user), "for you alone (for who is not root)"},
	{"--dry-run", 0, NULL, ARGUMENT_FLAG, AT(dry_run), "print what would be written, removed and run; do none of it"},
	{"--root", 0, "DIR", ARGUMENT_TEXT, AT(root), "do it in this tree in place of /, and run nothing"},
};

/* Of what is there already, the scheduler that has it; else the one that would. */
static enum status find_system(const struct settings *s, bool user, bool install, const struct schedule_system **ret,
			       struct error *err)
{
	bool any = !s->system || !strcmp(s->system, "auto");
	for (size_t i = 0; any && !install && i < schedule_system_count; i++)
		if (schedule_job_is_installed(&schedule_systems[i], s->root, user)) {
			*ret = &schedule_systems[i];
			return OK;
		}
	return schedule_system_find(s->system, s->root, ret, err);
}

static enum status run_verb(const struct settings *s, const char *verb, struct text *out, struct error *err)
{
	struct schedule_request r = {
		.at = s->at, .every = s->every, .policy = s->policy, .program = s->program, .root = s->root,
		.user = s->user || (!s->machine && geteuid() != 0),
		.dry_run = s->dry_run, .json = s->common.json, .quiet = s->common.quiet,
	};
	bool installs = !strcmp(verb, "install");
	enum status status = find_system(s, r.user, installs, &r.system, err);
	if (status)
		return status;
	if (!strcmp(verb, "status"))
		return schedule_status_print(r.system, s->root, r.user, s->common.json, err);
	return installs ? schedule_job_install(&r, out, err) : schedule_job_remove(&r, out, err);
}

static int run(const struct command *self, int argc, char *argv[], struct error *err)
{
	static const char *const verbs[] = {"install", "remove", "status"};
	struct settings s = {0};
	size_t count = 0, dashes, verb = 0;
	bool done;
	AUTO_TEXT struct text out = text_make(OUTPUT_MAX);
	if (command_parse(self, argc, argv, &s, &count, &dashes, &done, err) || done)
		return 0;
	while (count == 1 && verb < LENGTH(verbs) && strcmp(verbs[verb], argv[0]) != 0)
		verb++;
	if (count != 1 || verb == LENGTH(verbs))
		fail(err, ERR_USAGE, "schedule: what is to be done? install, remove or status");
	else if (s.user && s.machine)
		fail(err, ERR_USAGE, "schedule: either --user or --system-wide");
	else if (verb && (s.at || s.every || s.policy || s.program))
		fail(err, ERR_USAGE, "schedule: --at, --every, --policy and --program go with install");
	if (err->status || verb == LENGTH(verbs) || run_verb(&s, verbs[verb], &out, err))
		return 0;
	if (!s.common.quiet || s.common.json || s.dry_run)
		fputs(text_string(&out), stdout);
	return 0;
}

const struct command command_schedule = {
	.name = "schedule",
	.usage = "install|remove|status [options]",
	.summary = "have audit run every night, by this platform's own timer",
	.details = "install writes a service and a timer for systemd, a daemon for launchd, a task for Windows or a\n"
		   "line for cron, and starts it where systemd runs; remove takes them away again; status tells\n"
		   "when it is due and how the last audit ended. Files of others are never touched. For another\n"
		   "system than this one: --root DIR, or --dry-run. airgap-verify-schedule(1)",
	.arguments = arguments,
	.argument_count = LENGTH(arguments),
	.run = run,
};
