/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The nightly timer of this platform: tells its scheduler of `airgap-verify audit`.
 */
#include "cli/command.h"
#include "cli/policy_file.h"
#include "cli/schedule_command.h"
#include "cli/schedule_files.h"
#include "cli/schedule_status.h"
#include "core/json.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
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
	{"--every", 0, "TIME", ARGUMENT_DURATION, AT(every), "install: whole hours that divide a day (24h)"},
	{"--policy", 0, "FILE", ARGUMENT_TEXT, AT(policy), "install: the policy of the audit (where audit finds one by itself)"},
	{"--program", 0, "FILE", ARGUMENT_TEXT, AT(program), "install: airgap-verify as it is called where it will run (this one)"},
	{"--system-wide", 0, NULL, ARGUMENT_FLAG, AT(machine), "for the whole machine (for root)"},
	{"--user", 0, NULL, ARGUMENT_FLAG, AT(user), "for you alone (for who is not root)"},
	{"--dry-run", 0, NULL, ARGUMENT_FLAG, AT(dry_run), "print what would be written, removed and run; do none of it"},
	{"--root", 0, "DIR", ARGUMENT_TEXT, AT(root), "do it in this tree in place of /, and run nothing"},
};

/* One run of install or remove. */
struct job {
	const struct settings *s;
	const struct schedule_system *system;
	const struct schedule_scope *scope;
	bool user, tells; /* may the scheduler be told? else it is only printed how */
	char program[FILE_PATH_MAX], policy[FILE_PATH_MAX];
	char paths[SCHEDULE_FILES_MAX][FILE_PATH_MAX];
	size_t count;
	struct json *json; /* NULL: for people */
	struct text *out;
};

static enum status begin_job(struct job *j, struct error *err)
{
	enum status status = OK;
	j->scope = j->user ? &j->system->user : &j->system->machine;
	j->tells = !j->s->root && !j->s->dry_run && schedule_system_runs(j->system);
	if (!j->scope->files[0].path)
		return fail(err, ERR_USAGE, "cron has no files of a user's: print the line with --system-wide --dry-run, and put "
			    "it into yours with crontab -e, without \"root\"");
	for (; j->count < SCHEDULE_FILES_MAX && j->scope->files[j->count].path && !status; j->count++)
		status = schedule_system_path(&j->scope->files[j->count], j->s->root, j->paths[j->count], err);
	return status;
}

/* A path of this machine made whole, and looked at; one of another machine as it stands. */
static enum status whole_path(const struct job *j, const char *option, const char *given, int wanted,
			      char ret[static FILE_PATH_MAX], struct error *err)
{
	bool task = j->system->format == &schedule_format_task;
	if (!j->s->root && j->system->here) {
		char *found = realpath(given, NULL);
		bool works = found && access(found, wanted) == 0;
		int code = errno;
		if (works)
			snprintf(ret, FILE_PATH_MAX, "%s", found);
		free(found);
		return works ? OK : fail_errno(err, ERR_NO_INPUT, code, "%s %s", option, given);
	}
	if (!task && given[0] != '/')
		return fail(err, ERR_USAGE, "%s takes a whole path on the machine where it will run, not \"%s\"", option, given);
	if (snprintf(ret, FILE_PATH_MAX, "%s", given) >= FILE_PATH_MAX)
		return fail(err, ERR_USAGE, "%s \"%.80s…\" is too long", option, given);
	return OK;
}

static enum status make_plan(struct job *j, struct schedule_plan *ret, struct error *err)
{
	AUTO_TEXT struct text text = text_make(POLICY_TEXT_MAX);
	const struct settings *s = j->s;
	struct policy policy;
	bool here = !s->root && j->system->here;
	const char *program = s->program ? s->program : here ? "/proc/self/exe" : j->system->program;
	enum status status = schedule_times_parse(s->at, s->every, &ret->times, err);
	if (!status)
		status = whole_path(j, "--program", program, X_OK, j->program, err);
	if (!status && s->policy)
		status = whole_path(j, "--policy", s->policy, R_OK, j->policy, err);
	/* better told now than in the first night */
	if (!status && s->policy && here)
		status = policy_file_load(j->policy, &text, &policy, err);
	ret->program = j->program;
	ret->policy = s->policy ? j->policy : NULL;
	ret->user = j->user;
	return status;
}

static void tell_file(const struct job *j, size_t i, const char *done, const struct text *text)
{
	if (j->json) {
		json_begin_object(j->json, NULL);
		json_add_string(j->json, "path", j->paths[i]);
		if (text)
			json_add_slice(j->json, "text", text_slice(text));
		json_end_object(j->json);
		return;
	}
	text_addf(j->out, "%s %s%s\n", done, j->paths[i],
		  text && j->system->format->utf16 ? " (in UTF-16, with a byte order mark)" : "");
	if (text && j->s->dry_run) {
		text_add(j->out, text_slice(text));
		text_add_char(j->out, '\n');
	}
}

/* The words with the path of the first file in its place. */
static void fill_command(const struct job *j, const struct schedule_command *c, const char *ret[static SCHEDULE_WORDS_MAX + 1])
{
	size_t i = 0;
	for (; i < SCHEDULE_WORDS_MAX && c->words[i]; i++)
		ret[i] = strcmp(c->words[i], "@FILE") ? c->words[i] : j->paths[0];
	ret[i] = NULL;
}

/* Runs them, or tells what is to be run. Whether one failed is said at once where the next
 * step does not depend on it. */
static enum status run_commands(const struct job *j, const struct schedule_command list[static SCHEDULE_COMMANDS_MAX],
				struct error *err)
{
	enum status status = OK;
	for (size_t i = 0; i < SCHEDULE_COMMANDS_MAX && list[i].words[0] && !status; i++) {
		const char *words[SCHEDULE_WORDS_MAX + 1];
		fill_command(j, &list[i], words);
		if (j->json) {
			json_begin_array(j->json, NULL);
			for (size_t w = 0; words[w]; w++)
				json_add_string(j->json, NULL, words[w]);
			json_end_array(j->json);
		} else {
			text_add_string(j->out, j->tells ? "ran " : j->s->dry_run ? "would run " : "to be run there: ");
			schedule_command_add(words, j->out);
			text_add_char(j->out, '\n');
		}
		if (j->tells)
			status = schedule_command_run(words, NULL, err);
	}
	return status;
}

static enum status install_files(struct job *j, const struct schedule_plan *plan, struct error *err)
{
	enum status status = OK;
	for (size_t i = 0; i < j->count && !status; i++) {
		const struct schedule_file *f = &j->scope->files[i];
		AUTO_TEXT struct text text = text_make(SCHEDULE_TEXT_MAX), bytes = text_make(2 * SCHEDULE_TEXT_MAX);
		status = schedule_text(j->system->format, slice_of(f->template, *f->size), plan, &text, err);
		schedule_text_bytes(j->system->format, text_slice(&text), &bytes);
		if (!status && !j->s->dry_run)
			status = schedule_files_write(j->paths[i], text_slice(&bytes), err);
		if (!status)
			tell_file(j, i, j->s->dry_run ? "would write" : "wrote", &text);
	}
	return status;
}

/* All of them are looked at before the first one is touched. */
static enum status look_for_foreign(const struct job *j, struct error *err)
{
	enum status status = OK;
	for (size_t i = 0; i < j->count && !status; i++) {
		enum schedule_found found;
		status = schedule_files_look(j->paths[i], &found, NULL, err);
		if (!status && found == SCHEDULE_FOREIGN)
			status = fail(err, ERR_CREATE, "%s was not written by schedule install, and is left as it is; move it away "
				      "first", j->paths[i]);
	}
	return status;
}

static void begin_document(const struct job *j, const char *verb)
{
	if (!j->json)
		return;
	json_begin_object(j->json, NULL);
	json_add_string(j->json, "verb", verb);
	json_add_string(j->json, "system", j->system->name);
	json_add_string(j->json, "scope", j->user ? "user" : "machine");
	json_add_bool(j->json, "dry_run", j->s->dry_run);
	json_add_bool(j->json, "commands_run", j->tells);
}

static enum status install(struct job *j, struct error *err)
{
	struct schedule_plan plan;
	enum status status = begin_job(j, err);
	if (!status)
		status = make_plan(j, &plan, err);
	if (!status)
		status = look_for_foreign(j, err);
	if (status)
		return status;
	begin_document(j, "install");
	if (j->json)
		json_begin_array(j->json, "files");
	status = install_files(j, &plan, err);
	if (j->json) {
		json_end_array(j->json);
		json_begin_array(j->json, "commands");
	}
	if (!status && run_commands(j, j->scope->installed, err))
		status = fail_in(err, "the files are written, but the scheduler was not told");
	if (j->json) {
		json_end_array(j->json);
		json_end_object(j->json);
	}
	return status;
}

/* A timer that is stopped already, or a file that is gone, is none the worse for it. */
static enum status remove_all(struct job *j, struct error *err)
{
	struct error ignored = {0};
	enum status status = begin_job(j, err);
	if (!status)
		status = look_for_foreign(j, err);
	if (status)
		return status;
	begin_document(j, "remove");
	if (j->json)
		json_begin_array(j->json, "commands");
	if (run_commands(j, j->scope->before, &ignored) && !j->s->common.quiet)
		fprintf(stderr, "airgap-verify: %s; the files go all the same\n", ignored.text);
	if (j->json) {
		json_end_array(j->json);
		json_begin_array(j->json, "files");
	}
	for (size_t i = 0; i < j->count && !status; i++) {
		if (!j->s->dry_run)
			status = schedule_files_remove(j->paths[i], err);
		if (!status)
			tell_file(j, i, j->s->dry_run ? "would remove" : "removed", NULL);
	}
	if (j->json) {
		json_end_array(j->json);
		json_begin_array(j->json, "commands_after");
	}
	if (!status)
		status = run_commands(j, j->scope->removed, err);
	if (j->json) {
		json_end_array(j->json);
		json_end_object(j->json);
	}
	return status;
}

static enum status run_verb(const struct settings *s, const char *verb, struct text *out, struct error *err)
{
	struct json json = json_on(out);
	struct job *job = must_alloc(1, sizeof *job);
	*job = (struct job){.s = s, .user = s->user || (!s->machine && geteuid() != 0), .out = out,
			    .json = s->common.json ? &json : NULL};
	enum status status = schedule_system_find(s->system, s->root, &job->system, err);
	if (!status && !strcmp(verb, "status"))
		status = schedule_status_print(job->system, s->root, job->user, s->common.json, err);
	else if (!status)
		status = !strcmp(verb, "install") ? install(job, err) : remove_all(job, err);
	free(job);
	return status;
}

static int run(const struct command *self, int argc, char *argv[], struct error *err)
{
	static const char *const verbs[] = {"install", "remove", "status"};
	struct settings s = {0};
	size_t count, dashes, verb = 0;
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
	if (err->status || run_verb(&s, verbs[verb], &out, err))
		return 0;
	if (out.size && s.common.json)
		text_add_char(&out, '\n');
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
