/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/command.h"
#include "cli/head_place.h"
#include "cli/verify_print.h"
#include "cli/wrong_place.h"
#include "core/auto.h"
#include "core/clock.h"
#include "core/file.h"
#include "core/head.h"
#include "report/verify.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { OUTPUT_MAX = 64 << 20 };

struct settings {
	struct common common;
	const char *fingerprint, *ca, *tsa_ca, *session, *after, *head, *review;
	bool all;
};

#define AT(member) offsetof(struct settings, member)
static const struct argument arguments[] = {
	{"--fingerprint", 0, "HEX", ARGUMENT_TEXT, AT(fingerprint),
	 "the signer's certificate must have this SHA-256 fingerprint"},
	{"--ca", 0, "FILE", ARGUMENT_TEXT, AT(ca), "the signer's certificate must chain to one of these (PEM)"},
	{"--tsa-ca", 0, "FILE", ARGUMENT_TEXT, AT(tsa_ca), "the authority of the time stamp must chain to one of these (PEM)"},
	{"--session", 0, "ID", ARGUMENT_TEXT, AT(session), "it must be of this session, or of one that begins with these 8 characters or more"},
	{"--after", 0, "TIME", ARGUMENT_TEXT, AT(after), "the session must have ended after this (2026-11-28, or 2026-11-28T12:00:00Z)"},
	{"--review", 0, "HEX", ARGUMENT_TEXT, AT(review), "the review whose words have this SHA-256 must be there (sign prints it)"},
	{"--head", 0, "PLACE|FILE", ARGUMENT_TEXT, AT(head), "hold it against what a second place was told ([seal] of the policy): the place, its " HEAD_FILE ", or journalctl -o export"},
	{"--all", 0, NULL, ARGUMENT_FLAG, AT(all), "with --head: each DIR is one in which sessions lie; of those that the place was told of none may be missing"},
};

/* A day begins at midnight UTC. */
static enum status read_after(const char *text, int64_t *ret, struct error *err)
{
	char time[CLOCK_TEXT_MAX];
	snprintf(time, sizeof time, strchr(text, 'T') ? "%s" : "%sT00:00:00Z", text);
	return clock_parse(slice_of_string(time), ret) ? OK
						       : fail(err, ERR_USAGE, "verify: --after is a day such as 2026-11-28, or a time "
							      "such as 2026-11-28T12:00:00Z");
}

static enum status check(const struct settings *s, size_t count, struct error *err)
{
	if (s->all && (!s->head || s->fingerprint || s->ca || s->tsa_ca || s->session || s->review))
		return fail(err, ERR_USAGE, "verify: --all goes with --head, and beside it with --after alone");
	if (!count || (count > 1 && !s->all))
		return fail(err, ERR_USAGE, s->all ? "verify: name the folders in which sessions lie" : "verify: name one session folder or bundle (several only with --all)");
	if (s->session && strlen(s->session) < 8)
		return fail(err, ERR_USAGE, "verify: --session takes the identifier of the session, or at least 8 characters of its beginning");
	return OK;
}

static enum status verify_one(const char *path, const struct verify_options *options, struct verify_result *ret, struct error *err)
{
	struct stat st;
	if (wrong_place_check(path, WRONG_PLACE_BUNDLE, err))
		return err->status;
	AUTO_FD int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return fail_errno(err, ERR_NO_INPUT, errno, "%s", path);
	struct verify_options named = *options;
	AUTO_FREE char *real = realpath(path, NULL);
	if (real && strrchr(real, '/'))
		named.folder_name = strrchr(real, '/') + 1;
	bool archive = fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
	return (archive ? verify_archive : verify_folder)(fd, &named, ret, err);
}

static int run(const struct command *self, int argc, char *argv[], struct error *err)
{
	struct settings s = {0};
	struct head_place place;
	size_t count, dashes;
	bool done;
	if (command_parse(self, argc, argv, &s, &count, &dashes, &done, err) || done || check(&s, count, err))
		return 0;
	struct verify_options options = {.fingerprint_hex = s.fingerprint, .ca_file = s.ca, .tsa_ca_file = s.tsa_ca, .session_id = s.session, .review_hex = s.review};
	if ((s.after && read_after(s.after, &options.after_ns, err)) || (s.head && head_place_find(s.head, &place, err)))
		return 0;
	options.head_file = s.head ? place.path : NULL;
	options.head_register = s.head && place.is_register ? &place.at : NULL;
	struct verify_result *result = must_alloc(1, sizeof *result);
	AUTO_TEXT struct text out = text_make(OUTPUT_MAX);
	const struct verify_print print = {.result = result, .path = s.all ? place.path : argv[0], .heads = s.head != NULL, .all = s.all};
	int outcome = 0;
	if (!(s.all ? verify_all((const char *const *)argv, count, &options, result, err) : verify_one(argv[0], &options, result, err))) {
		outcome = (int)result->outcome;
		if (s.common.json)
			verify_print_json(&print, &out);
		else if (!s.common.quiet)
			verify_print_text(&print, &out);
		fputs(text_string(&out), stdout);
	}
	verify_result_free(result);
	free(result);
	return outcome;
}

const struct command command_verify = {
	.name = "verify",
	.usage = "[options] DIR|FILE.zip (or --all --head PLACE DIR…)",
	.summary = "check every hash, signature and checkpoint of a session folder or bundle",
	.details = "Exit status: 0 as it was sealed, 1 something was changed (named), 2 could not tell.\n"
		   "HOW_TO_VERIFY.txt in the folder does the same with tools of others.",
	.arguments = arguments,
	.argument_count = LENGTH(arguments),
	.run = run,
};
