/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/command.h"
#include "cli/control_files.h"
#include "cli/database.h"
#include "cli/endpoint_files.h"
#include "cli/explain_id.h"
#include "cli/finish.h"
#include "cli/logs.h"
#include "cli/policy_file.h"
#include "cli/wrong_place.h"
#include "core/auto.h"
#include "core/file.h"
#include "report/custody.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { EXPLAINED_MAX = 64 << 20 };

struct settings {
	struct common common;
	const char *policy, *key, *certificate, *passphrase_file, *explain;
	struct log_options logs;
	struct argument_list endpoints, controls;
};

#define AT(member) offsetof(struct settings, member)
static const struct argument arguments[] = {
	{"--policy", 0, "FILE", ARGUMENT_TEXT, AT(policy), "judge by this policy, not by the session's own"},
	{"--key", 0, "FILE", ARGUMENT_TEXT, AT(key), "sign with this key"},
	{"--certificate", 0, "FILE", ARGUMENT_TEXT, AT(certificate), "and this certificate"},
	{"--passphrase-file", 0, "FILE", ARGUMENT_TEXT, AT(passphrase_file), "its first line is the passphrase of the key, or the PIN of its token"},
	{"--explain", 0, "ID", ARGUMENT_TEXT, AT(explain),
	 "show why event:N, attempt:N, flow:N or match:N was decided as it was, and judge nothing"},
	{"--log-description", 0, "FILE", ARGUMENT_LIST, AT(logs.descriptions),
	 "a format of logs besides those of list readers"},
	{"--timezone", 0, "ZONE", ARGUMENT_TEXT, AT(logs.timezone),
	 "of times in logs that tell none: ±HH:MM, UTC or a name such as Europe/Berlin"},
	{"--endpoints", 0, "FILE", ARGUMENT_LIST, AT(endpoints),
	 "rules of what connections are for, besides those of list endpoints; a folder keeps them"},
	{"--controls", 0, "FILE", ARGUMENT_LIST, AT(controls),
	 "frameworks besides those of list controls; a folder keeps them"},
};

static enum status judge_database(const struct finish_request *r, const struct settings *s, enum verdict *ret,
				  struct error *err)
{
	AUTO_STORE struct store *store = NULL;
	AUTO_ENDPOINTS struct endpoints *rules = NULL;
	AUTO_FRAMEWORKS struct frameworks *controls = NULL;
	enum status status = database_open(r->path, STORE_WRITE, &store, err);
	if (!status)
		status = endpoint_files_load(&s->endpoints, &rules, err);
	if (!status)
		status = endpoint_files_store(store, rules, err);
	if (!status)
		status = control_files_load(&s->controls, &controls, err);
	if (!status)
		status = control_files_store(store, controls, err);
	if (!status)
		status = judge(store, r->policy, ret, err);
	if (!status)
		status = finish_print(store, r, false, err);
	return status ? status : store_close(&store, err);
}

static enum status judge_folder(struct finish_request *r, const struct settings *s, enum verdict *ret,
				struct error *err)
{
	AUTO_FD int fd = -1;
	AUTO_ENDPOINTS struct endpoints *rules = NULL;
	AUTO_FRAMEWORKS struct frameworks *controls = NULL;
	enum status status = file_open_folder(AT_FDCWD, r->path, &fd, err);
	if (!status)
		status = endpoint_files_kept(fd, &s->endpoints, &rules, &r->rules_kept, err);
	if (!status)
		status = control_files_kept(fd, &s->controls, &controls, &r->controls_kept, err);
	r->folder = fd;
	r->rules = rules;
	r->controls = controls;
	return status ? status : finish_all(r, ret, err);
}

/* The status, where it fails, stands in `err`. */
static int explain(const char *path, const struct settings *s, struct error *err)
{
	AUTO_TEXT struct text out = text_make(EXPLAINED_MAX);
	if (!explain_id(path, s->explain, s->common.json, &out, err) && fwrite(out.at, 1, out.size, stdout) != out.size)
		fail(err, ERR_IO, "cannot write to standard output");
	return 0;
}

static int run(const struct command *self, int argc, char *argv[], struct error *err)
{
	struct settings s = {0};
	size_t count, dashes;
	bool done;
	struct stat st;
	enum verdict verdict = VERDICT_INCONCLUSIVE;
	AUTO_TEXT struct text text = text_make(POLICY_TEXT_MAX);
	if (command_parse(self, argc, argv, &s, &count, &dashes, &done, err) || done)
		return 0;
	if (count != 1) {
		fail(err, ERR_USAGE, "crosscheck: name one session folder or database");
		return 0;
	}
	if (wrong_place_check(argv[0], WRONG_PLACE_SESSION, err))
		return 0;
	if (s.explain)
		return explain(argv[0], &s, err);
	AUTO_FREE struct policy *policy = must_alloc(1, sizeof *policy);
	if (s.policy && policy_file_load(s.policy, &text, policy, err))
		return 0;
	AUTO_LOGS struct logs logs = {0};
	if (logs_load(&s.logs, &logs, err))
		return 0;
	struct finish_request r = {
		.path = argv[0],
		.policy = s.policy ? policy : NULL,
		.logs = &logs.logs,
		.key = s.key,
		.certificate = s.certificate,
		.passphrase_file = s.passphrase_file,
		.action = s.policy ? CUSTODY_OTHER_POLICY : CUSTODY_JUDGED_AGAIN,
		.quiet = s.common.quiet,
		.json = s.common.json,
		.verbose = s.common.verbose,
	};
	bool folder = stat(argv[0], &st) == 0 && S_ISDIR(st.st_mode);
	enum status status = folder ? judge_folder(&r, &s, &verdict, err)
				    : judge_database(&r, &s, &verdict, err);
	return status ? 0 : (int)verdict;
}

const struct command command_crosscheck = {
	.name = "crosscheck",
	.usage = "[options] DIR|FILE",
	.summary = "judge a session folder or a database (again)",
	.details = "A folder's database is built anew from the raw evidence, its report written and its seal\n"
		   "renewed, with an entry in seal/custody.jsonl. Exit status: 0 PASS, 1 FAIL, 2 INCONCLUSIVE.\n"
		   "With --explain it is only read: both records of a decision as they stand, and the rule.",
	.arguments = arguments,
	.argument_count = LENGTH(arguments),
	.run = run,
};
