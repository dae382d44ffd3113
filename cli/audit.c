/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the timer runs.
 */
#include "cli/apps.h"
#include "cli/audit_course.h"
#include "cli/audit_plan.h"
#include "cli/command.h"
#include "cli/control_files.h"
#include "cli/endpoint_files.h"
#include "cli/policy_file.h"
#include "cli/tier.h"
#include "core/privilege.h"
#include "core/ring.h"

#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct settings {
	struct common common;
	const char *policy, *state, *duration, *every, *tier, *ring, *passphrase_file;
	struct argument_list apps, exes, units, users, cgroups;
	bool dry_run;
};

#define AT(member) offsetof(struct settings, member)
static const struct argument arguments[] = {
	{"--policy", 0, "FILE", ARGUMENT_TEXT, AT(policy), "the policy (~/.config or /etc/airgap-verify/policy.ini)"},
	{"--state", 0, "DIR", ARGUMENT_TEXT, AT(state), "where audits leave what they find (/var/lib/airgap-verify, ~/.local/state/airgap-verify)"},
	{"--duration", 0, "TIME", ARGUMENT_DURATION, AT(duration), "watch so long ([audit] duration, 10m)"},
	{"--every", 0, "TIME", ARGUMENT_DURATION, AT(every), "how far audits are apart ([audit] every, 24h)"},
	{"--exe", 0, "PATH", ARGUMENT_LIST, AT(exes), "watch what runs of this program, in place of the whole machine; may be repeated"},
	{"--unit", 0, "NAME", ARGUMENT_LIST, AT(units), "what runs of this unit of systemd; may be repeated"},
	{"--user", 0, "NAME", ARGUMENT_LIST, AT(users), "what runs of this user; may be repeated"},
	{"--cgroup", 0, "PATH", ARGUMENT_LIST, AT(cgroups), "what runs in this control group; may be repeated"},
	{"--app", 0, "NAME", ARGUMENT_LIST, AT(apps), "keep the logs of an app that is known (list apps)"},
	{"--tier", 0, "TIER", ARGUMENT_TEXT, AT(tier), "how it is witnessed: " TIER_WORDS " (auto)"},
	{"--ring", 0, "BYTES", ARGUMENT_NUMBER, AT(ring), "the kernel's ring buffer, a power of two (8388608)"},
	{"--passphrase-file", 0, "FILE", ARGUMENT_TEXT, AT(passphrase_file), "its first line is the passphrase of the key, or the PIN of its token"},
	{"--dry-run", 0, NULL, ARGUMENT_FLAG, AT(dry_run), "tell what would be done, and do nothing"},
};

enum { LINE_MAX_BYTES = 64 << 10, JSON_MAX = 4 << 20 };

/* Where there is root an audit is the machine's, whoever typed it: it finds the same folder and
 * the same key as the timer's. */
static void become_the_machine(void)
{
	static const char *const marks[] = {"SUDO_UID", "DOAS_USER", "PKEXEC_UID"};
	bool through = false;
	if (geteuid() != 0)
		return;
	for (size_t i = 0; i < LENGTH(marks); i++) {
		through = through || getenv(marks[i]);
		unsetenv(marks[i]);
	}
	const struct passwd *root = getpwuid(0);
	if ((through || !getenv("HOME")) && root)
		setenv("HOME", root->pw_dir, 1);
}

static enum status add_list(struct policy_audit *a, const char *key, const struct argument_list *list, struct error *err)
{
	enum status status = OK;
	for (size_t i = 0; i < list->count && !status; i++)
		if (policy_audit_set(a, key, list->at[i], err))
			status = err->status = ERR_USAGE;
	return status;
}

/* What the command line says stands above the policy; programs that it names stand in the place
 * of the policy's. */
static enum status apply(const struct settings *s, struct policy_audit *a, struct error *err)
{
	if (s->exes.count + s->units.count + s->users.count + s->cgroups.count > 0)
		a->counts[POLICY_AUDIT_EXE] = a->counts[POLICY_AUDIT_UNIT] = a->counts[POLICY_AUDIT_USER] = a->counts[POLICY_AUDIT_CGROUP] = 0;
	a->given = 0;
	enum status status = add_list(a, "exe", &s->exes, err);
	if (!status)
		status = add_list(a, "unit", &s->units, err);
	if (!status)
		status = add_list(a, "user", &s->users, err);
	if (!status)
		status = add_list(a, "cgroup", &s->cgroups, err);
	if (!status)
		status = add_list(a, "app", &s->apps, err);
	if (!status && s->duration && policy_audit_set(a, "duration", s->duration, err))
		status = err->status = ERR_USAGE;
	if (!status && s->every && policy_audit_set(a, "every", s->every, err))
		status = err->status = ERR_USAGE;
	return status;
}

/* What was mistyped is told before a night is spent on it, and is no trouble of that night. */
static enum status check(const struct settings *s, const struct policy *p, struct error *err)
{
	enum watch_tier tier;
	uint64_t ring;
	const struct policy_audit *a = &p->audit;
	enum status status = tier_choose(s->tier, p->tier, &tier, err);
	if (!status && s->ring)
		status = ring_parse(s->ring, &ring, err);
	for (size_t i = 0; i < a->counts[POLICY_AUDIT_APP] && !status; i++)
		status = apps_check(a->lists[POLICY_AUDIT_APP][i], err);
	return status;
}

static enum status print(const struct settings *s, const struct audit_told *t, struct error *err)
{
	AUTO_TEXT struct text out = text_make(JSON_MAX);
	if (s->common.json) {
		audit_tell_json(t, &out);
	} else {
		audit_tell_line(t, &out);
		text_add_char(&out, '\n');
	}
	return fwrite(out.at, 1, out.size, stdout) == out.size ? OK : fail(err, ERR_IO, "cannot write to standard output");
}

/* A summary of one that failed goes to standard output too: a scheduler reads one line. */
static int tell(const struct settings *s, const struct audit_order *o, const struct audit_told *t, struct error *err)
{
	struct error why = {0};
	enum status status = print(s, t, err->status ? &why : err);
	if (!status && audit_tell_notify(&o->own->audit, t, &why))
		fprintf(stderr, "airgap-verify: %s\n", why.text);
	return t->exit_status;
}

static int audit(const struct settings *s, const struct policy *policy, const struct session_site *site, struct error *err)
{
	const struct audit_order order = {
		.state = s->state,
		.policy = s->policy,
		.tier = s->tier,
		.ring = s->ring,
		.passphrase_file = s->passphrase_file,
		.own = policy,
		.site = site,
		.quiet = s->common.quiet,
		.verbose = s->common.verbose,
	};
	if (s->dry_run)
		return error_exit(audit_plan_print(&order, s->common.json, err));
	struct audit_ready ready;
	struct audit_told *told = must_alloc(1, sizeof *told);
	int result = 0;
	if (!audit_ready_make(&order, &ready, err) && (!audit_course(&order, &ready, told, err) || told->exit_status))
		result = tell(s, &order, told, err);
	audit_ready_free(&ready);
	free(told);
	return result;
}

static int run(const struct command *self, int argc, char *argv[], struct error *err)
{
	struct settings s = {0};
	size_t count, dashes;
	bool done;
	int result = 0;
	if (command_parse(self, argc, argv, &s, &count, &dashes, &done, err) || done)
		return 0;
	if (count) {
		fail(err, ERR_USAGE, "audit takes no \"%s\"", argv[0]);
		return 0;
	}
	become_the_machine();
	AUTO_TEXT struct text text = text_make(POLICY_TEXT_MAX);
	struct policy *policy = must_alloc(1, sizeof *policy);
	struct session_site site = {.rules = NULL};
	const struct argument_list none = {.count = 0};
	if (!policy_file_load(s.policy, &text, policy, err) && !apply(&s, &policy->audit, err) &&
	    !check(&s, policy, err) && !logs_load(NULL, &site.formats, err) &&
	    !endpoint_files_load(&none, &site.rules, err) && !control_files_load(&none, &site.controls, err))
		result = audit(&s, policy, &site, err);
	session_site_free(&site);
	free(policy);
	return result;
}

const struct command command_audit = {
	.name = "audit",
	.usage = "[options]",
	.summary = "the scheduled run: watch what runs already, beside the last ones",
	.details = "Looks at the posture, watches the whole machine or named programs for a time, reads logs on\n"
		   "from where the last audit stopped, judges, compares with the last audits, reports, seals and\n"
		   "bundles, and removes what its retention lets go. Prints one line. Exit status: 0 PASS, 1 FAIL,\n"
		   "2 INCONCLUSIVE of the watch; 73 no room for a night, 75 another audit runs, else errors.\n"
		   "What is new beside the last audits is told and changes no verdict. airgap-verify-audit(1)",
	.arguments = arguments,
	.argument_count = LENGTH(arguments),
	.run = run,
};
