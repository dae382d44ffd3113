/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/command.h"
#include "cli/control_files.h"
#include "cli/endpoint_files.h"
#include "cli/finish.h"
#include "cli/wrong_place.h"
#include "core/auto.h"
#include "core/file.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct settings {
	struct common common;
	const char *format, *framework, *paper, *past, *key, *certificate, *passphrase_file;
	struct argument_list controls;
};

#define AT(member) offsetof(struct settings, member)
static const struct argument arguments[] = {
	{"--format", 0, "LIST", ARGUMENT_TEXT, AT(format), "which documents, with commas between (list writers)"},
	{"--framework", 0, "LIST", ARGUMENT_TEXT, AT(framework),
	 "tell of the controls of these, with commas between (list controls)"},
	{"--controls", 0, "FILE", ARGUMENT_LIST, AT(controls),
	 "frameworks besides those of list controls; the folder keeps them, and is judged again"},
	{"--paper", 0, "SIZE", ARGUMENT_TEXT, AT(paper), "of the PDF: a4 or letter (the policy's, else a4)"},
	{"--past", 0, "DIR", ARGUMENT_TEXT, AT(past),
	 "tell of the earlier sessions of this host in DIR; the folder keeps that, and is judged again"},
	{"--key", 0, "FILE", ARGUMENT_TEXT, AT(key), "sign with this key"},
	{"--certificate", 0, "FILE", ARGUMENT_TEXT, AT(certificate), "and this certificate"},
	{"--passphrase-file", 0, "FILE", ARGUMENT_TEXT, AT(passphrase_file), "its first line is the passphrase of the key, or the PIN of its token"},
};

/* Is it one of a list with commas between? */
static bool lists(const char *list, const char *name)
{
	struct slice rest = slice_of_string(list);
	for (size_t end; rest.size; rest = slice_part(rest, end < rest.size ? end + 1 : end, rest.size)) {
		end = slice_find(rest, ',');
		if (slice_is(slice_part(rest, 0, end), name))
			return true;
	}
	return false;
}

static bool check_settings(const struct settings *s, struct error *err)
{
	if (s->paper && strcmp(s->paper, "a4") != 0 && strcmp(s->paper, "letter") != 0)
		fail(err, ERR_USAGE, "--paper takes a4 or letter, not \"%s\"", s->paper);
	else if (s->paper && s->format && !lists(s->format, "pdf"))
		fail(err, ERR_USAGE, "--paper is of the PDF alone, which --format %.200s leaves out", s->format);
	else
		return true;
	return false;
}

/* A format of what most sessions do not hold: whoever names it is told. */
static void tell_missing(const struct settings *s, int folder)
{
	if (s->format && lists(s->format, "bench") && faccessat(folder, "report/bench.csv", F_OK, AT_SYMLINK_NOFOLLOW) != 0)
		fputs("airgap-verify: the session holds no benchmark of models: no bench.csv was written\n", stderr);
}

static int run(const struct command *self, int argc, char *argv[], struct error *err)
{
	struct settings s = {0};
	size_t count, dashes;
	bool done;
	size_t kept, rules_kept;
	AUTO_FD int fd = -1, past = -1;
	AUTO_ENDPOINTS struct endpoints *rules = NULL;
	AUTO_FRAMEWORKS struct frameworks *controls = NULL;
	enum verdict verdict;
	struct error why = {0};
	if (command_parse(self, argc, argv, &s, &count, &dashes, &done, err) || done)
		return 0;
	if (count != 1) {
		fail(err, ERR_USAGE, "report: name one session folder");
		return 0;
	}
	if (wrong_place_check(argv[0], WRONG_PLACE_SESSION, err))
		return 0;
	if (!check_settings(&s, err))
		return 0;
	/* before anything is made anew: a folder that was named and is not there is a slip */
	if (s.past && file_open_folder(AT_FDCWD, s.past, &past, err)) {
		(void)fail_in(err, "--past");
		return 0;
	}
	if (file_open_folder(AT_FDCWD, argv[0], &fd, err) || endpoint_files_kept(fd, NULL, &rules, &rules_kept, err) ||
	    control_files_kept(fd, &s.controls, &controls, &kept, err))
		return 0;
	if (s.framework && frameworks_know(controls, s.framework, &why)) {
		fail(err, ERR_USAGE, "--framework: %s", why.text);
		return 0;
	}
	bool again = s.past || kept < frameworks_files(controls)->count;
	struct finish_request r = {
		.path = argv[0],
		.folder = fd,
		.key = s.key,
		.certificate = s.certificate,
		.passphrase_file = s.passphrase_file,
		.formats = s.format,
		.frameworks = s.framework,
		.paper = s.paper,
		.rules = rules,
		.rules_kept = rules_kept,
		.controls = controls,
		.controls_kept = kept,
		.past = s.past,
		.action = again ? "judged and reported again, with what it was given" : "reported again",
		.quiet = s.common.quiet,
		.json = s.common.json,
		.verbose = s.common.verbose,
	};
	/* done is 0 for this command: the verdict is for those that judge */
	enum status status = again ? finish_all(&r, &verdict, err) : finish_documents(&r, &verdict, err);
	if (!status)
		tell_missing(&s, fd);
	return error_exit(status);
}

const struct command command_report = {
	.name = "report",
	.usage = "[options] DIR",
	.summary = "write the documents of a session folder",
	.details = "From audit.db as it is; the seal is renewed, with an entry in seal/custody.jsonl. With\n"
		   "--controls or --past it is first made anew, by the session's own policy.",
	.arguments = arguments,
	.argument_count = LENGTH(arguments),
	.run = run,
};
