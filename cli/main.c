/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/command.h"
#include "core/text.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static void print_usage(FILE *to)
{
	fprintf(to, "airgap-verify: prove that an AI coding session kept everything on this machine\n\n"
		    "usage: airgap-verify COMMAND [options]\n\n");
	for (size_t i = 0; i < command_count; i++)
		fprintf(to, "  %-12s %s\n", commands[i]->name, commands[i]->summary);
	fprintf(to, "\nFirst: airgap-verify doctor, then sudo airgap-verify session -- COMMAND.\n"
		    "Each command takes --help; the manual is airgap-verify(1).\n");
}

static int print_error(const struct error *err)
{
	AUTO_TEXT struct text line = text_make(8192);
	text_add_printable(&line, slice_of_string(err->text), 4096);
	fprintf(stderr, "airgap-verify: %s\n", text_string(&line));
	return error_exit(err->status);
}

/* What was printed and did not arrive is a failure, whatever the command found. */
static int finish(int exit_status)
{
	if (fflush(stdout) == 0 && !ferror(stdout))
		return exit_status;
	struct error err = {0};
	fail_errno(&err, ERR_IO, errno, "cannot write to standard output");
	return print_error(&err);
}

static int fail_unknown(const char *name)
{
	struct error err = {0};
	command_unknown(name, &err);
	return print_error(&err);
}

/* Of all, or of the one that is named. */
static int help(const char *name)
{
	char option[] = "--help", *words[] = {option, NULL};
	struct error err = {0};
	const struct command *c = name ? command_find(name) : NULL;
	if (name && !c && name[0] != '-')
		return fail_unknown(name);
	if (!c)
		print_usage(stdout);
	else if (c->run(c, 1, words, &err), err.status)
		return print_error(&err);
	return finish(0);
}

int main(int argc, char *argv[])
{
	const char *name = argc > 1 ? argv[1] : "";
	struct error err = {0};
	/* a session does these itself, after the fork: its command gets what we were given */
	if (strcmp(name, command_session.name) != 0 && strcmp(name, command_watch.name) != 0) {
		signal(SIGPIPE, SIG_IGN);
		signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is an error of its write */
		umask(077);
	}
	if (!strcmp(name, "--help") || !strcmp(name, "-h") || !strcmp(name, "help"))
		return help(argv[2]);
	if (!strcmp(name, "--version") || !strcmp(name, "version")) {
		printf("airgap-verify %s\n", VERSION);
		return finish(0);
	}
	const struct command *c = command_find(name);
	if (c) {
		int exit_status = c->run(c, argc - 2, argv + 2, &err);
		return err.status ? print_error(&err) : finish(exit_status);
	}
	if (!*name) {
		print_usage(stderr);
		return error_exit(ERR_USAGE);
	}
	return fail_unknown(name);
}
