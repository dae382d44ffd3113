/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/schedule_job.h"

#include "cli/policy_file.h"
#include "cli/schedule_command.h"
#include "cli/schedule_files.h"
#include "core/auto.h"
#include "core/clock.h"
#include "core/json.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* One run of install or remove. */
struct job {
	const struct schedule_request *r;
	const struct schedule_system *system;
	const struct schedule_scope *scope;
	bool tells; /* may the scheduler be told? else it is only printed how */
	char program[FILE_PATH_MAX], policy[FILE_PATH_MAX];
	char paths[SCHEDULE_FILES_MAX][FILE_PATH_MAX];
	size_t count;
	struct json *json; /* NULL: for people */
	struct text *out;
};

static enum status begin_job(struct job *j, struct error *err)
{
	enum status status = OK;
	j->scope = j->r->user ? &j->system->user : &j->system->machine;
	j->tells = !j->r->root && !j->r->dry_run && schedule_system_runs(j->system);
	if (!j->scope->files[0].path)
		return fail(err, ERR_USAGE, "cron has no files of a user's: print the line with --system-wide --dry-run, and put "
			    "it into yours with crontab -e, without \"root\"");
	for (; j->count < SCHEDULE_FILES_MAX && j->scope->files[j->count].path && !status; j->count++)
		status = schedule_system_path(&j->scope->files[j->count], j->r->root, j->paths[j->count], err);
	return status;
}

/* A path of this machine made whole, and looked at; one of another machine as it stands. */
static enum status whole_path(const struct job *j, const char *option, const char *given, int wanted,
			      char ret[static FILE_PATH_MAX], struct error *err)
{
	bool task = j->system->format == &schedule_format_task;
	if (!j->r->root && j->system->here) {
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

/* How far audits are apart is said in one place: a timer that is slower than what the policy says
 * would have each night told as one that comes too late. */
static enum status take_policy(const struct job *j, struct schedule_plan *plan, struct error *err)
{
	AUTO_TEXT struct text text = text_make(POLICY_TEXT_MAX);
	AUTO_FREE struct policy *policy = must_alloc(1, sizeof *policy);
	enum status status = policy_file_load(j->policy, &text, policy, err);
	if (!status && !j->r->every)
		status = schedule_times_follow(policy->audit.every_ns, &plan->times, err);
	else if (!status && policy->audit.every_ns != plan->times.every * 3600 * CLOCK_SECOND && !j->r->quiet)
		fprintf(stderr, "airgap-verify: [audit] of the policy says another every (%.4g h); the timer and the audit go by --every %uh\n",
			(double)policy->audit.every_ns / (3600.0 * CLOCK_SECOND), plan->times.every);
	return status;
}

static enum status make_plan(struct job *j, struct schedule_plan *ret, struct error *err)
{
	const struct schedule_request *r = j->r;
	bool here = !r->root && j->system->here;
	const char *program = r->program ? r->program : here ? "/proc/self/exe" : j->system->program;
	enum status status = schedule_times_parse(r->at, r->every, &ret->times, err);
	if (!status)
		status = whole_path(j, "--program", program, X_OK, j->program, err);
	if (!status && r->policy)
		status = whole_path(j, "--policy", r->policy, R_OK, j->policy, err);
	/* better told now than in the first night */
	if (!status && r->policy && here)
		status = take_policy(j, ret, err);
	ret->every_told = r->every != NULL;
	ret->program = j->program;
	ret->policy = r->policy ? j->policy : NULL;
	ret->user = j->r->user;
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
	if (text && j->r->dry_run) {
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
			text_add_string(j->out, j->tells ? "ran " : j->r->dry_run ? "would run " : "to be run there: ");
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
		if (!status && !j->r->dry_run)
			status = schedule_files_write(j->paths[i], text_slice(&bytes), err);
		if (!status)
			tell_file(j, i, j->r->dry_run ? "would write" : "wrote", &text);
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
	json_add_string(j->json, "scope", j->r->user ? "user" : "machine");
	json_add_bool(j->json, "dry_run", j->r->dry_run);
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
	if (status == ERR_PERMISSION)
		status = fail_in(err, "not yours to write (%s)", j->r->user ? "is the home yours?" : "run with sudo, or --user for you alone");
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

/* What is not there is told of neither as gone nor as going. */
static enum status remove_files(struct job *j, struct error *err)
{
	enum status status = OK;
	for (size_t i = 0; i < j->count && !status; i++) {
		enum schedule_found found = SCHEDULE_ABSENT;
		bool there = false;
		if (j->r->dry_run)
			status = schedule_files_look(j->paths[i], &found, NULL, err);
		else
			status = schedule_files_remove(j->paths[i], &there, err);
		there = there || found == SCHEDULE_OURS;
		if (!status && there)
			tell_file(j, i, j->r->dry_run ? "would remove" : "removed", NULL);
		else if (!status && !j->json)
			text_addf(j->out, "%s was not there\n", j->paths[i]);
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
	if (run_commands(j, j->scope->before, &ignored) && !j->r->quiet)
		fprintf(stderr, "airgap-verify: %s; the files go all the same\n", ignored.text);
	if (j->json) {
		json_end_array(j->json);
		json_begin_array(j->json, "files");
	}
	status = remove_files(j, err);
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

static enum status run_job(const struct schedule_request *r, enum status (*run)(struct job *j, struct error *err),
			   struct text *out, struct error *err)
{
	struct json json = json_on(out);
	struct job *job = must_alloc(1, sizeof *job);
	*job = (struct job){.r = r, .system = r->system, .out = out, .json = r->json ? &json : NULL};
	enum status status = run(job, err);
	free(job);
	if (!status && r->json)
		text_add_char(out, '\n');
	return status;
}

enum status schedule_job_install(const struct schedule_request *r, struct text *out, struct error *err)
{
	return run_job(r, install, out, err);
}

enum status schedule_job_remove(const struct schedule_request *r, struct text *out, struct error *err)
{
	return run_job(r, remove_all, out, err);
}

bool schedule_job_is_installed(const struct schedule_system *s, const char *root, bool user)
{
	const struct schedule_scope *scope = user ? &s->user : &s->machine;
	char path[FILE_PATH_MAX];
	for (size_t i = 0; i < SCHEDULE_FILES_MAX && scope->files[i].path; i++) {
		enum schedule_found found = SCHEDULE_ABSENT;
		if (!schedule_system_path(&scope->files[i], root, path, NULL) &&
		    !schedule_files_look(path, &found, NULL, NULL) && found == SCHEDULE_OURS)
			return true;
	}
	return false;
}
