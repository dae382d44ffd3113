/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/command.h"
#include "cli/passphrase.h"
#include "cli/sign_objectives.h"
#include "cli/signer.h"
#include "cli/wrong_place.h"
#include "core/auto.h"
#include "core/clock.h"
#include "core/file.h"
#include "core/json.h"
#include "report/review.h"
#include "report/verify.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>

enum { OUTPUT_MAX = 1 << 16 };

struct settings {
	struct common common;
	const char *role, *name, *decision, *comment, *key, *certificate, *passphrase_file;
	struct argument_list objectives;
};

#define AT(member) offsetof(struct settings, member)
static const struct argument arguments[] = {
	{"--role", 0, "ROLE", ARGUMENT_TEXT, AT(role), "as what: reviewer"},
	{"--name", 0, "NAME", ARGUMENT_TEXT, AT(name), "who decides"},
	{"--decision", 0, "WORD", ARGUMENT_TEXT, AT(decision), "accepted, rejected or noted"},
	{"--comment", 0, "TEXT", ARGUMENT_TEXT, AT(comment), "why, or what else is to be said"},
	{"--objective", 0, "ID=STATE", ARGUMENT_LIST, AT(objectives),
	 "the state of an objective, in the words of OSCAL (may be repeated)"},
	{"--key", 0, "FILE", ARGUMENT_TEXT, AT(key), "the reviewer's own key"},
	{"--certificate", 0, "FILE", ARGUMENT_TEXT, AT(certificate), "and its certificate"},
	{"--passphrase-file", 0, "FILE", ARGUMENT_TEXT, AT(passphrase_file), "its first line is the passphrase of the key, or the PIN of its token"},
};

static enum status check_settings(const struct settings *s, enum review_decision *ret, struct error *err)
{
	if (!s->role || strcmp(s->role, "reviewer") != 0)
		return fail(err, ERR_USAGE, "sign: give --role reviewer, with --name and --decision (a session is sealed by its own run, with no command)");
	if (s->decision && !review_decision_of(s->decision, ret))
		return fail(err, ERR_USAGE, "sign: --decision is accepted, rejected or noted, not \"%s\"", s->decision);
	if (!s->name || !*s->name || !s->decision)
		return fail(err, ERR_USAGE, "sign: --name and --decision (accepted, rejected or noted) are needed");
	if (!s->key || !s->certificate)
		return fail(err, ERR_USAGE, "sign: a reviewer signs with a key of their own: --key and --certificate "
			    "(airgap-verify keygen --key FILE --certificate FILE makes them)");
	if (strlen(s->name) > 256 || (s->comment && strlen(s->comment) >= REVIEW_TEXT_MAX))
		return fail(err, ERR_USAGE, "sign: a name is at most 256 bytes, a comment %d", REVIEW_TEXT_MAX - 1);
	return OK;
}

/* What does not hold, or whose signer is the reviewer, is not to be decided over. */
static enum status check_folder(int folder, const char *path, const struct signing *signing, struct error *err)
{
	struct verify_result *v = must_alloc(1, sizeof *v);
	struct verify_options nothing = {0};
	char fingerprint[HASH_TEXT_MAX];
	signing_fingerprint(signing, fingerprint);
	enum status status = verify_folder(folder, &nothing, v, err);
	if (!status && v->outcome != VERIFY_GOOD)
		status = fail(err, ERR_MALFORMED, "%s does not verify: %s %s (airgap-verify verify tells all)", path,
			      v->problem_count ? v->problems[0].path : "", v->problem_count ? v->problems[0].what : "");
	if (!status && !strcmp(fingerprint, v->fingerprint))
		status = fail(err, ERR_CONFIG, "this key sealed the session; a reviewer signs with another");
	verify_result_free(v);
	free(v);
	return status;
}

static void print(const struct settings *s, const struct review *r, const struct signing *signing)
{
	char fingerprint[HASH_TEXT_MAX], words[HASH_TEXT_MAX], path[REVIEW_PATH_MAX];
	AUTO_TEXT struct text out = text_make(OUTPUT_MAX);
	signing_fingerprint(signing, fingerprint);
	hash_text(r->digest, words);
	review_path(r->number, REVIEW_WORDS, path);
	if (s->common.json) {
		struct json j = json_on(&out);
		json_begin_object(&j, NULL);
		json_add_string(&j, "review", path);
		json_add_u64(&j, "number", r->number);
		json_add_string(&j, "decision", review_decision_name(r->decision));
		json_add_string(&j, "sha256", words);
		json_add_string(&j, "fingerprint", fingerprint);
		json_end_object(&j);
		text_add_char(&out, '\n');
	} else if (!s->common.quiet) {
		text_addf(&out, "Review   %s: %s, %zu %s\nSHA-256  %s (give it to whoever checks the review, by another way)\n"
			  "Words    %s (note it elsewhere: verify --review shows whether this review, or one before it, is removed)\n"
			  "Reports  do not tell of it yet; airgap-verify report writes them anew\n",
			  path, review_decision_name(r->decision), r->objective_count,
			  text_plural(r->objective_count, "objective", "objectives"), fingerprint, words);
	}
	fputs(text_string(&out), stdout);
}

static enum status sign(const struct settings *s, const struct sign_objectives *objectives, struct review *r, const char *path,
			struct error *err)
{
	AUTO_FD int folder = -1;
	AUTO_SIGNING struct signing *signing = NULL;
	char who[SIGNING_SUBJECT_MAX + 1];
	const struct signing_passphrase passphrase = passphrase_from(s->passphrase_file);
	signer_subject(who);
	r->name = s->name;
	r->comment = s->comment;
	r->who = who;
	r->tool_version = VERSION;
	r->time_ns = clock_now().wall_ns;
	r->objectives = objectives->at;
	r->objective_count = objectives->count;
	enum status status = file_open_folder(AT_FDCWD, path, &folder, err);
	if (!status)
		status = signing_load(s->key, s->certificate, &passphrase, r->time_ns, &signing, err);
	if (!status)
		status = check_folder(folder, path, signing, err);
	if (!status)
		status = sign_objectives_check(folder, path, objectives, err);
	if (!status)
		status = review_add(folder, signing, r, err);
	if (!status)
		print(s, r, signing);
	r->who = NULL; /* it ends here */
	return status;
}

static int run(const struct command *self, int argc, char *argv[], struct error *err)
{
	struct settings s = {0};
	size_t count, dashes;
	bool done;
	struct review review = {0};
	struct sign_objectives objectives = {.count = 0};
	if (command_parse(self, argc, argv, &s, &count, &dashes, &done, err) || done ||
	    check_settings(&s, &review.decision, err))
		return 0;
	if (count != 1) {
		fail(err, ERR_USAGE, "sign: name one session folder, or the folder of an unpacked bundle");
		return 0;
	}
	if (wrong_place_check(argv[0], WRONG_PLACE_UNPACKED, err))
		return 0;
	if (!sign_objectives_read(&s.objectives, review.decision, &objectives, err))
		(void)sign(&s, &objectives, &review, argv[0], err);
	free(objectives.ids);
	return 0;
}

const struct command command_sign = {
	.name = "sign",
	.usage = "--role reviewer --name NAME --decision WORD --key FILE --certificate FILE [options] DIR",
	.summary = "sign what a reviewer decided over a sealed folder",
	.details = "Adds review/N-review.json with two signatures; the seal stays as it is. Only a reviewer's\n"
		   "accepted word on an objective changes its state in the OSCAL results (report makes them anew).",
	.arguments = arguments,
	.argument_count = LENGTH(arguments),
	.run = run,
};
