/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/bundle_make.h"
#include "cli/command.h"
#include "cli/wrong_place.h"
#include "core/file.h"
#include "core/json.h"
#include "core/shell_word.h"
#include "report/cmmc_log.h"

#include <stdio.h>

enum { JSON_MAX = 1 << 20 };

struct settings {
	struct common common;
	const char *output, *key, *certificate, *passphrase_file, *root;
	bool force;
};

#define AT(member) offsetof(struct settings, member)
static const struct argument arguments[] = {
	{"--output", 'o', "FILE.zip", ARGUMENT_TEXT, AT(output), "the bundle (named after organisation, host and window)"},
	{"--cmmc-root", 0, "PATH", ARGUMENT_TEXT, AT(root),
	 "where it will be unpacked, absolute: writes the hash logs of CMMC for it, beside the bundle"},
	{"--force", 0, NULL, ARGUMENT_FLAG, AT(force), "also of a folder that does not verify, or over a bundle that is there"},
	{"--key", 0, "FILE", ARGUMENT_TEXT, AT(key), "sign with this key"},
	{"--certificate", 0, "FILE", ARGUMENT_TEXT, AT(certificate), "and this certificate"},
	{"--passphrase-file", 0, "FILE", ARGUMENT_TEXT, AT(passphrase_file), "its first line is the passphrase of the key, or the PIN of its token"},
};

/* The profiles whose system has such a path, or has none, with commas between. */
static void add_profiles(struct text *out, const char *root, bool takes)
{
	const char *joint = "";
	for (enum cmmc_profile p = 0; p < CMMC_PROFILES; p++)
		if (cmmc_profile_takes(p, root) == takes) {
			text_addf(out, "%s%s", joint, cmmc_profile_name(p));
			joint = ", ";
		}
}

static enum status check_root(const char *root, struct error *err)
{
	AUTO_TEXT struct text none = text_make(JSON_MAX);
	add_profiles(&none, root, true);
	if (none.size)
		return OK;
	return fail(err, ERR_USAGE, "bundle: --cmmc-root %.200s: is no absolute path of any system: it begins with / or, of Windows, with C:\\", root);
}

static void tell(const struct settings *s, const struct bundle_made *f)
{
	AUTO_TEXT struct text out = text_make(JSON_MAX);
	if (s->common.json) {
		struct json j = json_on(&out);
		json_begin_object(&j, NULL);
		json_add_string(&j, "bundle", f->output);
		json_add_string(&j, "folder", f->top);
		json_add_string(&j, "verdict", f->verdict);
		json_add_string(&j, "session_id", f->id);
		json_add_bool(&j, "reviews_told", !f->untold);
		json_end_object(&j);
		text_add_char(&out, '\n');
	} else if (!s->common.quiet) {
		AUTO_TEXT struct text with = text_make(JSON_MAX), without = text_make(JSON_MAX);
		text_addf(&out, "Bundle     %s\nWithin     %s/\nCheck it   airgap-verify verify ", f->output, f->top);
		shell_word_add(&out, slice_of_string(f->output), FILE_PATH_MAX);
		text_add_string(&out, ", or HOW_TO_VERIFY.txt in it\n");
		if (f->unnamed)
			text_add_string(&out, "Name       the policy tells no organisation or no system ([organisation] name, system): x stands for it\n");
		if (s->root) {
			add_profiles(&with, s->root, true);
			add_profiles(&without, s->root, false);
			text_addf(&out, "CMMC       %s.cmmc/: %s; not of systems that have no such path: %s\n", f->output, text_string(&with),
				  text_string(&without));
		}
	}
	fputs(text_string(&out), stdout);
}

static int run(const struct command *self, int argc, char *argv[], struct error *err)
{
	struct settings s = {0};
	size_t count, dashes;
	bool done;
	if (command_parse(self, argc, argv, &s, &count, &dashes, &done, err) || done)
		return 0;
	if (count != 1) {
		fail(err, ERR_USAGE, "bundle: name one session folder");
		return 0;
	}
	if (wrong_place_check(argv[0], WRONG_PLACE_SESSION, err))
		return 0;
	if (s.root && check_root(s.root, err))
		return 0;
	struct bundle_made made;
	const struct bundle_order order = {
		.folder = argv[0],
		.output = s.output,
		.key = s.key,
		.certificate = s.certificate,
		.passphrase_file = s.passphrase_file,
		.cmmc_root = s.root,
		.force = s.force,
	};
	if (bundle_make(&order, &made, err))
		return 0;
	if (made.untold)
		fprintf(stderr, "airgap-verify: the report in the bundle does not tell of a review that lies beside it; "
				"airgap-verify report %s writes it anew, then bundle it again\n", argv[0]);
	tell(&s, &made);
	return 0;
}

const struct command command_bundle = {
	.name = "bundle",
	.usage = "[options] DIR",
	.summary = "the sealed evidence as one file, for an assessor",
	.details = "A ZIP with the report in front, the raw evidence with its own seal, what was derived of it,\n"
		   "and HOW_TO_VERIFY.txt, which needs nothing of ours. Sealed anew over that layout. The same\n"
		   "files give the same bytes, but for the signatures and what lists them.",
	.arguments = arguments,
	.argument_count = LENGTH(arguments),
	.run = run,
};
