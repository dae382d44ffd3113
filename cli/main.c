/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/command.h"
#include "core/text.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static const struct command *const commands[] = {
	&command_session, &command_watch, &command_ingest, &command_crosscheck, &command_report, &command_bundle, &command_reproduce,
	&command_redact,  &command_verify,  &command_timestamp, &command_sign, &command_keygen, &command_list,       &command_doctor,
	&command_inventory, &command_challenge,
	&command_posture, &command_bench,
};

static void print_usage(FILE *to)
{
	fprintf(to, "airgap-verify: prove that an AI coding session kept everything on this machine\n\n"
		    "usage: airgap-verify COMMAND [options]\n\n");
	for (size_t i = 0; i < LENGTH(commands); i++)
		fprintf(to, "  %-12s %s\n", commands[i]->name, commands[i]->summary);
	fprintf(to, "\nFirst: airgap-verify doctor, then sudo airgap-verify session -- COMMAND.\n"
		    "Each command takes --help; the manual is airgap-verify(1).\n");
}

enum status command_parse(const struct command *self, int argc, char *argv[], void *settings,
			  size_t *ret_count, size_t *ret_dashes, bool *ret_done, struct error *err)
{
	enum status status = arguments_parse(self->arguments, self->argument_count, argc, argv, settings,
					     ret_count, ret_dashes, err);
	const struct common *common = settings;
	*ret_done = !status && common->help;
	if (!*ret_done)
		return status ? fail_in(err, "%s", self->name) : OK;
	printf("usage: airgap-verify %s %s\n\n%s.\n", self->name, self->usage, self->summary);
	if (self->details)
		printf("\n%s\n", self->details);
	printf("\n");
	arguments_print(self->arguments, self->argument_count);
	return OK;
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

int main(int argc, char *argv[])
{
	const char *name = argc > 1 ? argv[1] : "";
	struct error err = {0};
	/* a session does both itself, after the fork: its command gets what we were given */
	if (strcmp(name, command_session.name) != 0 && strcmp(name, command_watch.name) != 0) {
		signal(SIGPIPE, SIG_IGN);
		umask(077);
	}
	if (!strcmp(name, "--help") || !strcmp(name, "-h") || !strcmp(name, "help")) {
		print_usage(stdout);
		return finish(0);
	}
	if (!strcmp(name, "--version")) {
		printf("airgap-verify %s\n", VERSION);
		return finish(0);
	}
	for (size_t i = 0; i < LENGTH(commands); i++) {
		if (strcmp(name, commands[i]->name) != 0)
			continue;
		int exit_status = commands[i]->run(commands[i], argc - 2, argv + 2, &err);
		return err.status ? print_error(&err) : finish(exit_status);
	}
	if (!*name) {
		print_usage(stderr);
		return error_exit(ERR_USAGE);
	}
	fail(&err, ERR_USAGE, "no command is called %s (see airgap-verify --help)", name);
	return print_error(&err);
}
