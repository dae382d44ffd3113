/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The configuration checks alone: the collector gathers the facts with what rights there
 * are, everything behind that runs with the user's.
 */
#include "cli/collect.h"
#include "cli/command.h"
#include "cli/posture_run.h"
#include "cli/terminal.h"
#include "core/auto.h"
#include "core/privilege.h"
#include "report/posture.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>

enum { ANSWER_MAX = 64 << 20, OUTPUT_MAX = 64 << 20 };

struct settings {
	struct common common;
	const char *output, *root, *home, *workspace, *tools;
};

#define AT(member) offsetof(struct settings, member)
static const struct argument arguments[] = {
	{"--output", 'o', "DIR", ARGUMENT_TEXT, AT(output), "keep posture.ndjson and audit.db in this new folder"},
	{"--root", 0, "DIR", ARGUMENT_TEXT, AT(root), "look at this tree in place of /, and run no tool"},
	{"--home", 0, "DIR", ARGUMENT_TEXT, AT(home), "the home below the root (yours)"},
	{"--workspace", 0, "DIR", ARGUMENT_TEXT, AT(workspace), "the project whose settings count too (the current folder)"},
	{"--tools", 0, "DIR", ARGUMENT_TEXT, AT(tools), "take what was recorded there as NAME.txt, and run no tool"},
};

static enum status gather(const struct settings *s, struct text *ret, struct error *err)
{
	const char *words[COLLECT_WORDS_MAX] = {"posture"};
	const struct {
		const char *name, *value;
	} options[] = {
		{"--root", s->root},
		{"--home", s->home},
		{"--workspace", s->workspace ? s->workspace : s->root ? NULL : "."},
		{"--tools", s->tools},
	};
	size_t count = 1;
	for (size_t i = 0; i < LENGTH(options); i++)
		if (options[i].value) {
			words[count++] = options[i].name;
			words[count++] = options[i].value;
		}
	enum status status = collect_ask_words(words, ret, err);
	if (!status && ret->overflow)
		status = fail(err, ERR_LIMIT, "posture: more than %d MiB of settings", ANSWER_MAX >> 20);
	return status;
}

static enum status show(struct store *store, const struct common *c, int *ret_exit, struct error *err)
{
	AUTO_TEXT struct text out = text_make(OUTPUT_MAX);
	const struct posture_request r = {.colour = terminal_colours(1), .verbose = c->verbose};
	struct posture_counts counts;
	enum status status = c->json ? posture_json_report(store, &out, err) : posture_text(store, &r, &out, err);
	if (!status)
		status = posture_counts(store, &counts, err);
	if (status)
		return status;
	*ret_exit = counts.found ? 1 : counts.unknown ? 2 : 0;
	if (c->quiet && !c->json)
		return OK;
	if (fwrite(out.at, 1, out.size, stdout) != out.size)
		return fail(err, ERR_IO, "cannot write to standard output");
	return OK;
}

static enum status run_at(const struct settings *s, struct posture_place *p, struct slice facts, int *ret_exit,
			  struct error *err)
{
	AUTO_STORE struct store *store = NULL;
	enum status status = posture_run(s->output, facts, p, &store, err);
	if (!status)
		status = show(store, &s->common, ret_exit, err);
	return status ? status : store_close(&store, err);
}

/* A home lies below the root; who has none there has no settings, and then nothing of a
 * user's would be looked at without a word. */
static enum status check_home(const struct settings *s, struct error *err)
{
	char path[FILE_PATH_MAX];
	struct stat st;
	int size = snprintf(path, sizeof path, "%s%s", s->root ? s->root : "", s->home);
	if (size < 0 || (size_t)size >= sizeof path)
		return fail(err, ERR_USAGE, "posture: --home \"%.80s…\" is too long", s->home);
	if (stat(path, &st) != 0)
		return fail_errno(err, ERR_NO_INPUT, errno, "posture: --home %s%s", path, s->root ? " (below --root)" : "");
	return S_ISDIR(st.st_mode) ? OK : fail(err, ERR_NO_INPUT, "posture: --home %s is no folder", path);
}

/* The collector would refuse them as well, but it could not say so for us. */
static enum status check_folders(const struct settings *s, struct error *err)
{
	const char *const folders[] = {s->root, s->workspace, s->tools};
	struct stat st;
	for (size_t i = 0; i < LENGTH(folders); i++)
		if (folders[i] && stat(folders[i], &st) != 0)
			return fail_errno(err, ERR_NO_INPUT, errno, "%s", folders[i]);
	if (s->home && s->home[0] != '/')
		return fail(err, ERR_USAGE, "posture: --home takes a whole path, not \"%s\"", s->home);
	return s->home ? check_home(s, err) : OK;
}

static int run(const struct command *self, int argc, char *argv[], struct error *err)
{
	enum { CAP_DAC_OVERRIDE_NUMBER = 1 };
	struct settings s = {0};
	struct invoker who;
	struct posture_place place = {.fd = -1};
	size_t count, dashes;
	bool done;
	int result = 0;
	AUTO_TEXT struct text facts = text_make(ANSWER_MAX);
	if (command_parse(self, argc, argv, &s, &count, &dashes, &done, err) || done)
		return 0;
	if (count) {
		fail(err, ERR_USAGE, "posture takes no \"%s\"", argv[0]);
		return 0;
	}
	if (check_folders(&s, err) || gather(&s, &facts, err) || privilege_invoker(&who, err) ||
	    /* root on its own behalf keeps the right to write where it stands */
	    privilege_drop(&who, who.uid == 0 ? CAPABILITY(CAP_DAC_OVERRIDE_NUMBER) : 0, err))
		return 0;
	enum status status = run_at(&s, &place, text_slice(&facts), &result, err);
	posture_run_leave(&place);
	return status ? 0 : result;
}

const struct command command_posture = {
	.name = "posture",
	.usage = "[options]",
	.summary = "look at how this machine is set up, and what to mend",
	.details = "Looks at model servers, clients, editors, extensions, firewall, resolver and routes; sends\n"
		   "nothing and changes nothing. Each answer tells what was looked at, why it matters and a\n"
		   "remedy. Exit status: 0 nothing found, 1 something found, 2 something could not be told.\n"
		   "sudo shows more: firewall rules, and who listens.",
	.arguments = arguments,
	.argument_count = LENGTH(arguments),
	.run = run,
};
