/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A session on the screen: while it runs, or again when it is over.
 */
#include "cli/command.h"
#include "cli/rights.h"
#include "cli/state_folder.h"
#include "cli/watch_command.h"
#include "cli/watch_find.h"
#include "cli/watch_run.h"
#include "cli/watch_screen.h"
#include "cli/wrong_place.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	SPEED_MAX = 100000,
	TEND_MS = 50, /* between looks whether a session has begun */
};

struct settings {
	struct common common;
	const char *speed;
	bool plain, replay, all, host;
};

#define AT(member) offsetof(struct settings, member)
static const struct argument arguments[] = {
	{"--plain", 0, NULL, ARGUMENT_FLAG, AT(plain), "no screen: a line for each thing that happens"},
	{"--replay", 0, NULL, ARGUMENT_FLAG, AT(replay), "play it from its start, also where it never came to an end"},
	{"--speed", 0, "N", ARGUMENT_NUMBER, AT(speed), "of a replay: N times as fast as it was (1); 0: at once"},
	{"--host", 0, NULL, ARGUMENT_FLAG, AT(host), "begin a session of the whole machine, until q, and show it (root)"},
	{"--all", 0, NULL, ARGUMENT_FLAG, AT(all), "also what is not the session's"},
};

static enum status read_speed(const struct settings *s, unsigned *ret, struct error *err)
{
	uint64_t speed = 1;
	if (s->speed && !slice_u64(slice_of_string(s->speed), SPEED_MAX, &speed))
		return fail(err, ERR_USAGE, "watch: --speed is 0 to %d", SPEED_MAX);
	*ret = (unsigned)speed;
	return OK;
}

static enum status show(const struct settings *s, struct watch_source *source, const struct watch_options *o, struct error *err)
{
	enum status status = watch_source_start(source, !o->replay, err);
	if (!status)
		status = s->plain || s->common.json ? watch_as_lines(source, o, err) : watch_on_screen(source, o, err);
	watch_source_close(source);
	return status;
}

/* Sessions lie below here, audits in the state folder of whoever asks. */
static enum status find(char ret[static FILE_PATH_MAX], struct error *err)
{
	char state[FILE_PATH_MAX], audits[FILE_PATH_MAX + sizeof "/audits"];
	const char *const places[] = {"airgap-sessions", audits};
	struct error no_home;
	bool known = !state_folder_path(NULL, state, &no_home);
	snprintf(audits, sizeof audits, "%s/audits", known ? state : "");
	return watch_find(places, known ? 2 : 1, ret, err);
}

static void watch_folder(const struct settings *s, const char *given, struct error *err)
{
	char found[FILE_PATH_MAX];
	struct watch_source source;
	bool running;
	struct watch_options o = {.folder = given ? given : found, .all = s->all, .json = s->common.json};
	umask(077);
	enum status status = read_speed(s, &o.speed, err);
	if (!status)
		status = rights_give_up(err);
	if (!status)
		status = given ? wrong_place_check(given, WRONG_PLACE_SESSION, err) : find(found, err);
	if (!status)
		status = watch_source_open(o.folder, &source, &running, err);
	if (status)
		return;
	o.replay = s->replay || !running;
	watch_catch_signals();
	status = show(s, &source, &o, err);
	if (status)
		return; /* the error tells */
}

/* ---- a session that is begun for it ------------------------------------------------- */

/* Until there is evidence; false where the session ended before. */
static bool wait_for_evidence(struct watch_command *c, struct watch_source *source)
{
	struct error not_yet;
	bool running;
	while (watch_source_open(c->folder, source, &running, &not_yet)) {
		watch_command_tend(c, TEND_MS);
		if (watch_interrupted())
			watch_command_ask_end(c, true);
		if (c->pid == 0)
			return false;
	}
	return true;
}

/* What the session said instead of beginning: it is all that there is to be told, and
 * to be kept. */
static void tell_failure(const struct watch_command *c)
{
	AUTO_TEXT struct text t = text_make(8 * WATCH_TAIL);
	struct cursor at = cursor_over(text_slice(&c->tail));
	for (struct slice line; cursor_line(&at, &line, NULL);) {
		text_add_printable(&t, line, WATCH_TAIL);
		text_add_char(&t, '\n');
	}
	fputs(text_string(&t), stderr);
	unlink(c->path);
}

static int watch_session(const struct settings *s, char **words, struct error *err)
{
	struct watch_command command;
	struct watch_source source;
	struct error failure = {0};
	int exit_status = 0;
	struct watch_options o = {.folder = command.folder, .all = s->all, .json = s->common.json, .command = &command};
	if (s->speed || s->replay) {
		fail(err, ERR_USAGE, "watch: what runs is not replayed: --speed and --replay are for a session that is over");
		return 0;
	}
	if (!s->plain && !s->common.json && watch_screen_check(err))
		return 0;
	enum status status = watch_command_start(words, &command, err);
	watch_catch_signals();
	if (!status && wait_for_evidence(&command, &source)) {
		status = show(s, &source, &o, err);
		/* without a screen it goes on to its end; a screen that there cannot be ends it */
		if (status)
			watch_command_ask_end(&command, true);
		if (!s->common.quiet)
			fprintf(stderr, "airgap-verify: the session comes to its end; what its command wrote is in %s\n", command.path);
	} else if (!status) {
		tell_failure(&command);
	}
	if (watch_command_finish(&command, s->common.json ? stderr : stdout, &exit_status, &failure) && !status)
		*err = failure;
	return exit_status;
}

static int begin_session(const struct settings *s, char **command, size_t count, struct error *err)
{
	char *words[ARGUMENTS_LIST_MAX * 8] = {(char *)"--host", (char *)"--duration", (char *)"365d"};
	size_t at = s->host && !count ? 3 : s->host;
	if (count + at + 2 > LENGTH(words)) {
		fail(err, ERR_USAGE, "watch: a command of more than %zu words; write it into a file", LENGTH(words) - 5);
		return 0;
	}
	if (count)
		words[at++] = (char *)"--";
	for (size_t i = 0; i < count; i++)
		words[at++] = command[i];
	words[at] = NULL;
	return watch_session(s, words, err);
}

/* How many words there are in front of `session`, whose options are its own and read there. */
static int own_words(int argc, char *argv[])
{
	int own = 0;
	while (own < argc && argv[own][0] == '-' && strcmp(argv[own], "--") != 0)
		own++;
	return own < argc && !strcmp(argv[own], command_session.name) ? own : argc;
}

static int run(const struct command *self, int argc, char *argv[], struct error *err)
{
	struct settings s = {0};
	size_t count, dashes;
	bool done;
	int own = own_words(argc, argv);
	if (command_parse(self, own, argv, &s, &count, &dashes, &done, err) || done)
		return 0;
	if (own < argc) {
		argv[argc] = NULL;
		return watch_session(&s, argv + own + 1, err);
	}
	if (dashes < count || s.host) {
		if (dashes)
			fail(err, ERR_USAGE, "watch: either a folder or a command: watch [options] -- %s …", argv[0]);
		return dashes ? 0 : begin_session(&s, argv, count, err);
	}
	if (count > 1)
		fail(err, ERR_USAGE, "watch: one session folder at a time");
	else
		watch_folder(&s, count ? argv[0] : NULL, err);
	return 0;
}

const struct command command_watch = {
	.name = "watch",
	.usage = "[options] [DIR | -- COMMAND [ARG…]]",
	.summary = "a session on the screen, while it runs or again",
	.details = "Shows the processes of a session, its connections and attempts as they come, the names\n"
		   "that were looked up, and how the witnesses are. Without DIR the session below\n"
		   "airgap-sessions, or the audit of this user, that runs. One that is over is played again. Press ? for the keys.\n"
		   "With a COMMAND a session of it is begun, without the terminal, and shown; with options\n"
		   "of the session: watch session [options of session] -- COMMAND.",
	.arguments = arguments,
	.argument_count = LENGTH(arguments),
	.run = run,
};
