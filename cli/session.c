/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The front of a session: starts the collector, shows how it goes, then lets the
 * stages run over what it left.
 */
#include "cli/apps.h"
#include "cli/command.h"
#include "cli/control_files.h"
#include "cli/endpoint_files.h"
#include "cli/find_command.h"
#include "cli/find_process.h"
#include "cli/session_course.h"
#include "cli/session_warn.h"
#include "core/byte_size.h"
#include "core/carry.h"
#include "core/duration.h"
#include "core/privilege.h"

#include <stdio.h>
#include <stdlib.h>

enum { WARNED_MAX = 1 << 20 };

struct settings {
	struct common common;
	const char *output, *pid, *duration, *linger, *interval, *policy, *ring, *tier, *key, *certificate, *passphrase_file;
	const char *rotate_size, *rotate_after;
	struct argument_list logs, apps, endpoints, controls;
	struct log_options formats;
	struct argument_list carry, keep;
	bool host, payload, isolate, enforce, fail_closed, apart;
};

#define AT(member) offsetof(struct settings, member)
static const struct argument arguments[] = {
	{"--output", 'o', "DIR", ARGUMENT_TEXT, AT(output), "the session folder (airgap-sessions/<UTC>-<id>)"},
	{"--app-log", 0, "[NAME=]FILE", ARGUMENT_LIST, AT(logs),
	 "an audit log of the app, to hold against the machine; may be repeated"},
	{"--log-description", 0, "FILE", ARGUMENT_LIST, AT(formats.descriptions),
	 "the format of such a log, besides those of list readers; may be repeated"},
	{"--timezone", 0, "ZONE", ARGUMENT_TEXT, AT(formats.timezone),
	 "of times in logs that tell none: ±HH:MM, UTC or a name such as Europe/Berlin"},
	{"--endpoints", 0, "FILE", ARGUMENT_LIST, AT(endpoints),
	 "rules of what connections are for, besides those of list endpoints; may be repeated"},
	{"--controls", 0, "FILE", ARGUMENT_LIST, AT(controls),
	 "frameworks to report on, besides those of list controls; may be repeated"},
	{"--app", 0, "NAME", ARGUMENT_LIST, AT(apps), "keep the logs of an app that is known (list apps)"},
	{"--policy", 0, "FILE", ARGUMENT_TEXT, AT(policy), "the policy (~/.config or /etc/airgap-verify/policy.ini)"},
	{"--tier", 0, "TIER", ARGUMENT_TEXT, AT(tier), "how it is witnessed: " TIER_WORDS " (auto)"},
	{"--pid", 0, "PID", ARGUMENT_NUMBER, AT(pid), "watch a process that runs already, with its children"},
	{"--host", 0, NULL, ARGUMENT_FLAG, AT(host), "every process of this machine counts"},
	{"--duration", 0, "TIME", ARGUMENT_DURATION, AT(duration), "end the watch after this time (30s, 10m, 1h)"},
	{"--linger", 0, "TIME", ARGUMENT_DURATION, AT(linger),
	 "wait so long for what the command leaves running (5s)"},
	{"--interval", 0, "TIME", ARGUMENT_DURATION, AT(interval), "canaries and tools about so often (5s)"},
	{"--isolate", 0, NULL, ARGUMENT_FLAG, AT(isolate), "run COMMAND where there is only the loopback: nothing can leave"},
	{"--carry", 0, "PORT", ARGUMENT_LIST, AT(carry),
	 "with --isolate: a server on the loopback that it may reach, such as the model's; may be repeated"},
	{"--isolate-keep", 0, "PATH", ARGUMENT_LIST, AT(keep), "with --isolate: a socket or folder that is not hidden; may be repeated"},
	{"--enforce", 0, NULL, ARGUMENT_FLAG, AT(enforce), "refuse in the kernel what COMMAND aims at other machines, and record it (root)"},
	{"--fail-closed", 0, NULL, ARGUMENT_FLAG, AT(fail_closed), "refuse what no record can be made of (root)"},
	{"--payload", 0, NULL, ARGUMENT_FLAG, AT(payload), "keep whole packets; they may hold secrets"},
	{"--rotate-size", 0, "SIZE", ARGUMENT_TEXT, AT(rotate_size), "begin another file of the capture from this size on (1GiB; 0: never)"},
	{"--rotate-after", 0, "TIME", ARGUMENT_TEXT, AT(rotate_after), "and after this time (6h; 0: never)"},
	{"--key", 0, "FILE", ARGUMENT_TEXT, AT(key), "sign with this key (~/.config/airgap-verify/signing.key)"},
	{"--certificate", 0, "FILE", ARGUMENT_TEXT, AT(certificate), "and this certificate (…/signing.crt)"},
	{"--passphrase-file", 0, "FILE", ARGUMENT_TEXT, AT(passphrase_file), "its first line is the passphrase of the key, or the PIN of its token"},
	{"--apart", 0, NULL, ARGUMENT_FLAG, AT(apart), NULL}, /* what COMMAND prints goes to standard error: for watch */
	{"--ring", 0, "BYTES", ARGUMENT_NUMBER, AT(ring), "the kernel's ring buffer, a power of two (8388608)"},
};

/* Options that go on to airgap-collect as they are. */
struct passed {
	const char *words[4 * ARGUMENTS_LIST_MAX];
	size_t count;
	char (*logs)[FILE_PATH_MAX]; /* "NAME=PATH" of --app, owned */
	size_t log_count;
	struct text descriptions; /* "NAME=SHA256,…", owned */
};

static void pass(struct passed *p, const char *name, const char *value)
{
	if (!value || p->count + 2 > LENGTH(p->words))
		return;
	p->words[p->count++] = name;
	p->words[p->count++] = value;
}

/* So that nobody can put another text in its place while the session runs. */
static void pass_descriptions(const struct descriptions *site, struct passed *p)
{
	enum { ONE = DESCRIPTION_NAME_MAX + HASH_TEXT_MAX + 2 };
	p->descriptions = text_make(DESCRIPTIONS_MAX * ONE);
	for (size_t i = descriptions_built_in(site); i < descriptions_count(site); i++) {
		const struct description *d = descriptions_at(site, i);
		text_addf(&p->descriptions, "%s%s=%s", p->descriptions.size ? "," : "", d->name, d->sha256);
	}
	if (p->descriptions.size)
		pass(p, "--log-descriptions", text_string(&p->descriptions));
}

static enum status pass_all(const struct settings *s, const struct descriptions *site, struct passed *p,
			    struct error *err)
{
	enum { APP_LOGS_MAX = 32 };
	pass(p, "--pid", s->pid);
	pass(p, "--duration", s->duration);
	pass(p, "--linger", s->linger);
	pass(p, "--interval", s->interval);
	pass(p, "--ring", s->ring);
	pass(p, "--rotate-size", s->rotate_size);
	pass(p, "--rotate-after", s->rotate_after);
	if (s->isolate)
		p->words[p->count++] = "--isolate";
	if (s->enforce)
		p->words[p->count++] = "--enforce";
	if (s->fail_closed)
		p->words[p->count++] = "--fail-closed";
	for (size_t i = 0; i < s->carry.count; i++)
		pass(p, "--carry", s->carry.at[i]);
	for (size_t i = 0; i < s->keep.count; i++)
		pass(p, "--isolate-keep", s->keep.at[i]);
	for (size_t i = 0; i < s->logs.count; i++)
		pass(p, "--app-log", s->logs.at[i]);
	if (s->logs.count) {
		pass_descriptions(site, p);
		pass(p, "--log-timezone", s->formats.timezone);
	}
	p->logs = must_alloc(APP_LOGS_MAX, sizeof *p->logs);
	for (size_t i = 0; i < s->apps.count; i++) {
		size_t before = p->log_count;
		enum status status = apps_logs(s->apps.at[i], p->logs, APP_LOGS_MAX, &p->log_count, err);
		if (status)
			return status;
		for (size_t l = before; l < p->log_count; l++)
			pass(p, "--context-log", p->logs[l]);
	}
	if (s->common.json || s->apart)
		p->words[p->count++] = "--stdout-to-stderr";
	return OK;
}

static enum status check_settings(const struct settings *s, char **command, struct error *err)
{
	if (!command && !s->pid && !s->duration)
		return fail(err, ERR_USAGE, "session: what is to be watched? -- COMMAND, --pid PID, or "
					    "--duration TIME for the whole machine");
	if (command && s->pid)
		return fail(err, ERR_USAGE, "session: either --pid or a command, not both");
	if (s->isolate && (!command || s->host))
		return fail(err, ERR_USAGE, "session: --isolate is for a command of its own: session --isolate -- COMMAND");
	if ((s->enforce || s->fail_closed) && (!command || s->host))
		return fail(err, ERR_USAGE, "session: %s is for a command of its own: session %s -- COMMAND",
			    s->enforce ? "--enforce" : "--fail-closed", s->enforce ? "--enforce" : "--fail-closed");
	if (!s->isolate && (s->carry.count || s->keep.count))
		return fail(err, ERR_USAGE, "session: %s goes with --isolate", s->carry.count ? "--carry" : "--isolate-keep");
	uint64_t bytes;
	int64_t ns;
	enum status status = s->pid ? find_process(s->pid, err) : OK;
	if (!status && s->rotate_size)
		status = byte_size_parse(s->rotate_size, "session: --rotate-size", &bytes, err);
	if (!status && s->rotate_after)
		status = duration_parse_or_0(s->rotate_after, "session: --rotate-after", &ns, err);
	for (size_t i = 0; i < s->carry.count && !status; i++) {
		struct carry c;
		status = carry_parse(slice_of_string(s->carry.at[i]), &c, err);
		if (status)
			return fail_in(err, "--carry");
	}
	return command && !status ? find_command(command[0], err) : status;
}

static void warn(const struct settings *s)
{
	struct invoker who;
	AUTO_TEXT struct text said = text_make(WARNED_MAX);
	const struct session_warn w = {
		.logs = s->logs.at,
		.log_count = s->logs.count,
		.isolated = s->isolate,
		.root = !privilege_invoker(&who, NULL) && who.uid == 0,
	};
	session_warn(&w, &said);
	fputs(text_string(&said), stderr);
}

static int watch(const struct settings *s, char **command, const struct session_site *site, struct error *err)
{
	struct folder folder;
	struct passed passed = {.count = 0};
	struct session_result result = {.judged = false};
	if (!folder_name(s->output, &folder, err) && !pass_all(s, site->formats.known, &passed, err)) {
		struct session_order order = {
			.folder = &folder,
			.options = passed.words,
			.option_count = passed.count,
			.command = command,
			.policy = s->policy,
			.tier = s->tier,
			.key = s->key,
			.certificate = s->certificate,
			.passphrase_file = s->passphrase_file,
			.site = site,
			.host = s->host,
			.payload = s->payload,
			.keep_formats = s->logs.count > 0,
			.quiet = s->common.quiet,
			.json = s->common.json,
			.verbose = s->common.verbose,
		};
		if (session_course(&order, &result, err))
			result.status = 0; /* the error tells */
	}
	free(passed.logs);
	text_free(&passed.descriptions);
	return result.status;
}

static int run(const struct command *self, int argc, char *argv[], struct error *err)
{
	struct settings s = {0};
	size_t count, dashes;
	bool done;
	if (command_parse(self, argc, argv, &s, &count, &dashes, &done, err) || done)
		return 0;
	if (dashes > 0) {
		fail(err, ERR_USAGE, "session: put -- in front of the command: session [options] -- %s …", argv[0]);
		return 0;
	}
	argv[count] = NULL; /* argv had this room and one more for its own end */
	char **command = count ? argv : NULL;
	struct session_site site = {.rules = NULL};
	int result = 0;
	if (!logs_load(&s.formats, &site.formats, err) && !endpoint_files_load(&s.endpoints, &site.rules, err) &&
	    !control_files_load(&s.controls, &site.controls, err) &&
	    !check_settings(&s, command, err)) {
		if (!s.common.quiet)
			warn(&s);
		result = watch(&s, command, &site, err);
	}
	session_site_free(&site);
	return result;
}

const struct command command_session = {
	.name = "session",
	.usage = "[options] -- COMMAND [ARG…]",
	.summary = "run a command under watch, judge it, report, seal",
	.details = "Runs COMMAND as you would have, watches every connection it or its children attempt,\n"
		   "and says PASS only where the evidence shows that the watching was complete. Exit status:\n"
		   "0 PASS, 1 FAIL, 2 INCONCLUSIVE, 64 to 78 for errors. The full view needs root\n"
		   "(sudo airgap-verify session …): COMMAND itself still runs as you. Without root the calls\n"
		   "of COMMAND are seen, but no packets and no other programs; sudo inside of it does not work.",
	.arguments = arguments,
	.argument_count = LENGTH(arguments),
	.run = run,
};
