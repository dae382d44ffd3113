/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/command.h"
#include "cli/database.h"
#include "cli/endpoint_files.h"
#include "cli/finish.h"
#include "cli/logs.h"
#include "cli/policy_file.h"
#include "core/auto.h"
#include "core/file.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>

struct settings {
	struct common common;
	const char *policy, *key, *certificate;
	struct log_options logs;
	struct argument_list endpoints;
};

#define AT(member) offsetof(struct settings, member)
static const struct argument arguments[] = {
	{"--policy", 0, "FILE", ARGUMENT_TEXT, AT(policy), "judge by this policy, not by the session's own"},
	{"--key", 0, "FILE", ARGUMENT_TEXT, AT(key), "sign with this key"},
	{"--certificate", 0, "FILE", ARGUMENT_TEXT, AT(certificate), "and this certificate"},
	{"--log-description", 0, "FILE", ARGUMENT_LIST, AT(logs.descriptions),
	 "a format of logs besides those of list readers"},
	{"--timezone", 0, "ZONE", ARGUMENT_TEXT, AT(logs.timezone),
	 "of times in logs that tell none: ±HH:MM, UTC or a name such as Europe/Berlin"},
	{"--endpoints", 0, "FILE", ARGUMENT_LIST, AT(endpoints),
	 "rules of what connections are for, besides those of list endpoints"},
};

static enum status judge_database(const struct finish_request *r, const struct argument_list *named,
				  enum verdict *ret, struct error *err)
{
	AUTO_STORE struct store *store = NULL;
	AUTO_ENDPOINTS struct endpoints *rules = NULL;
	enum status status = database_open(r->path, STORE_WRITE, &store, err);
	if (!status)
		status = endpoint_files_load(named, &rules, err);
	if (!status)
		status = endpoint_files_store(store, rules, err);
	if (!status)
		status = judge(store, r->policy, ret, err);
	if (!status)
		status = finish_print(store, r, false, err);
	return status ? status : store_close(&store, err);
}

static enum status judge_folder(struct finish_request *r, const struct argument_list *named, enum verdict *ret,
				struct error *err)
{
	AUTO_FD int fd = -1;
	AUTO_ENDPOINTS struct endpoints *rules = NULL;
	enum status status = file_open_folder(AT_FDCWD, r->path, &fd, err);
	if (!status)
		status = endpoint_files_kept(fd, named, &rules, err);
	r->folder = fd;
	r->rules = rules;
	return status ? status : finish_all(r, ret, err);
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
		.action = s.policy ? "judged again, by another policy" : "judged again",
		.quiet = s.common.quiet,
		.json = s.common.json,
		.verbose = s.common.verbose,
	};
	bool folder = stat(argv[0], &st) == 0 && S_ISDIR(st.st_mode);
	enum status status = folder ? judge_folder(&r, &s.endpoints, &verdict, err)
				    : judge_database(&r, &s.endpoints, &verdict, err);
	return status ? 0 : (int)verdict;
}

const struct command command_crosscheck = {
	.name = "crosscheck",
	.usage = "[options] DIR|FILE",
	.summary = "judge a session folder or a database (again)",
	.details = "A folder's database is built anew from the raw evidence, its report written and its seal\n"
		   "renewed, with an entry in seal/custody.jsonl. Exit status: 0 PASS, 1 FAIL, 2 INCONCLUSIVE.",
	.arguments = arguments,
	.argument_count = LENGTH(arguments),
	.run = run,
};
