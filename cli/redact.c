/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/redact_tell.h"

#include "cli/config.h"
#include "cli/control_files.h"
#include "cli/database.h"
#include "cli/finish.h"
#include "cli/own_text.h"
#include "cli/signer.h"
#include "cli/unbroken.h"
#include "cli/wrong_place.h"
#include "core/auto.h"
#include "core/clock.h"
#include "core/random.h"
#include "redact/mask.h"
#include "report/bundle.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { ARENA_MAX = 1 << 30, FINDINGS_MAX = 1 << 16, ID_MAX = 512 };

#define AT(member) offsetof(struct redact_settings, member)
static const struct argument arguments[] = {
	{"--output", 'o', "DIR", ARGUMENT_TEXT, AT(output), "the copy: a folder that is not there yet"},
	{"--redact-key", 0, "FILE", ARGUMENT_TEXT, AT(secret),
	 "the secret of the pseudonyms, made where it is missing; keep it (~/.config/airgap-verify/redact.key)"},
	{"--keep", 0, "NAME", ARGUMENT_LIST, AT(keep), "the words of NAME may stay, wherever they stand"},
	{"--keep-endpoints", 0, NULL, ARGUMENT_FLAG, AT(keep_endpoints),
	 "so may those of hosts that list endpoints knows: only then can the copy tell what connections were for"},
	{"--dry-run", 0, NULL, ARGUMENT_FLAG, AT(dry_run), "write nothing; tell what would be hidden (all of it with -v)"},
	{"--key", 0, "FILE", ARGUMENT_TEXT, AT(key), "sign with this key"},
	{"--certificate", 0, "FILE", ARGUMENT_TEXT, AT(certificate), "and this certificate, whose subject will be read"},
	{"--passphrase-file", 0, "FILE", ARGUMENT_TEXT, AT(passphrase_file), "its first line is the passphrase of the key, or the PIN of its token"},
};

static enum status open_secret(const struct redact_settings *s, struct redacting *r, struct error *err)
{
	char own[FILE_PATH_MAX];
	unsigned char once[SECRET_SIZE];
	const char *path = s->secret;
	if (!path && !config_path("redact.key", own))
		return fail(err, ERR_UNAVAILABLE, "there is no home folder for the secret; give --redact-key FILE");
	path = path ? path : own;
	if (s->dry_run && access(path, F_OK) != 0) { /* nothing of it will be kept */
		random_bytes(once, sizeof once);
		r->secret = secret_new(once);
		return OK;
	}
	enum status status = s->secret ? OK : config_make(err);
	if (!status)
		status = secret_open(path, &r->secret, &r->secret_made, err);
	snprintf(r->secret_path, sizeof r->secret_path, "%s", path);
	return status;
}

/* A key under a name that is nobody's, for copies: that of the user's own tells user and host. */
static enum status choose_key(const struct redact_settings *s, struct redacting *r, struct error *err)
{
	AUTO_SIGNING struct signing *signing = NULL;
	bool given = (s->key && *s->key) || (s->certificate && *s->certificate);
	snprintf(r->key, sizeof r->key, "%s", s->key ? s->key : "");
	snprintf(r->certificate, sizeof r->certificate, "%s", s->certificate ? s->certificate : "");
	enum status status = OK;
	if (!given) {
		if (!config_path("redacted.key", r->key) || !config_path("redacted.crt", r->certificate))
			return fail(err, ERR_UNAVAILABLE, "there is no home folder for a signing key; give --key and --certificate");
		if (access(r->key, F_OK) != 0) {
			status = config_make(err);
			if (!status)
				status = signing_generate(PUBLIC_KEY_P256, "redacted copies", clock_now().wall_ns, &signing, err);
			return status ? status : signing_save(signing, r->key, r->certificate, NULL, err);
		}
	}
	status = signer_get(&(struct signer_named){NULL, r->key, r->certificate, s->passphrase_file}, &signing, NULL, err);
	if (!status)
		certificate_add_subject(signing_certificate(signing), &r->subject);
	return status;
}

/* Whoever reads the copy reads the subject too. */
static enum status check_subject(struct redacting *r, struct error *err)
{
	AUTO_TEXT struct text subject = text_make(r->subject.max);
	text_add(&subject, text_slice(&r->subject));
	for (size_t at = 0, end; at < subject.size; at = end + 1) {
		for (end = at; end < subject.size && pseudonym_is_part((unsigned char)subject.at[end]); end++)
			if (subject.at[end] >= 'A' && subject.at[end] <= 'Z')
				subject.at[end] = (char)(subject.at[end] - 'A' + 'a');
		struct slice word = slice_of(subject.at + at, end - at);
		if (word.size > 2 && pseudonyms_hid_word(r->copy.p, word) && !pseudonyms_knows(r->copy.p, word))
			return fail(err, ERR_USAGE, "the certificate names %.*s, which the copy is to hide: sign with one of another "
				    "name (airgap-verify keygen --subject NAME --key FILE --certificate FILE), or --keep %.*s",
				    (int)word.size, (const char *)word.at, (int)word.size, (const char *)word.at);
	}
	return OK;
}

static enum status read_judgement(struct store *store, struct redact_judgement *ret, struct error *err)
{
	bool row = false;
	sqlite3_stmt *q = store_query(store, QUERY_SUMMARY_VERDICT);
	enum status status = store_step(q, &row, err);
	if (!status && row)
		slice_to_string(store_slice(q, 0), ret->verdict, sizeof ret->verdict);
	sqlite3_reset(q);
	if (status)
		return status;
	ret->findings = text_make(FINDINGS_MAX);
	q = store_query(store, QUERY_REDACT_FINDINGS);
	status = store_step(q, &row, err);
	if (!status && row)
		text_add(&ret->findings, store_slice(q, 0));
	sqlite3_reset(q);
	return status;
}

static void mask_own(struct redacting *r, char *name)
{
	mask_text(r->copy.p, MASK_NAME, (unsigned char *)name, strlen(name));
}

/* Database, documents and seal of the copy, as of any session. */
static enum status finish(const struct redact_settings *s, struct redacting *r, struct error *err)
{
	char user[SIGNING_SUBJECT_MAX + 1], host[256] = "";
	AUTO_STORE struct store *store = NULL;
	enum verdict verdict;
	signer_subject(user);
	user[strcspn(user, "@")] = 0;
	gethostname(host, sizeof host - 1);
	mask_own(r, user);
	mask_own(r, host);
	AUTO_FRAMEWORKS struct frameworks *controls = NULL;
	size_t kept;
	enum status status = control_files_kept(r->copy.to, NULL, &controls, &kept, err);
	const struct finish_request f = {
		.path = s->output,
		.folder = r->copy.to,
		.controls = controls,
		.controls_kept = kept,
		.key = r->key,
		.certificate = r->certificate,
		.passphrase_file = s->passphrase_file,
		.action = "redacted",
		.sealed_by = user,
		.sealed_at = host,
		.quiet = true,
		.untold = true,
	};
	if (!status)
		status = finish_all(&f, &verdict, err);
	if (!status)
		status = database_open(s->output, STORE_READ, &store, err);
	return status ? status : read_judgement(store, &r->after, err);
}

/* As the original was read, with nothing known beforehand. */
static enum status read_again(struct redacting *r, const char *path, struct error *err)
{
	AUTO_STORE struct store *store = NULL;
	enum status status = database_open(path, STORE_READ, &store, err);
	struct copy again = {.from = r->copy.to, .to = -1, .store = store, .arena = r->copy.arena,
			     .derived_from = r->original.manifest, .p = pseudonyms_new(r->secret)};
	if (!status)
		status = copy_session(&again, err);
	if (!status)
		leftover_compare(r->copy.p, again.p, &r->left);
	pseudonyms_free(again.p);
	return status;
}

static enum status search(struct redacting *r, const char *path, struct error *err)
{
	AUTO_TEXT struct text own = text_make(OWN_TEXT_MAX);
	own_text(&own);
	enum status status = leftover_search(r->copy.p, text_slice(&own), r->copy.to, &r->left, err);
	return status ? status : read_again(r, path, err);
}

/* What was left out may have been what stood against it. */
static enum status check_verdict(const struct redacting *r, struct error *err)
{
	if (strcmp(r->after.verdict, "PASS") != 0 || !strcmp(r->before.verdict, "PASS"))
		return OK;
	return fail(err, ERR_UNAVAILABLE, "the copy would be PASS where the original is %s, for what makes it that cannot be told "
		    "without what is to be hidden (%s); none is made", r->before.verdict, text_string(&r->before.findings));
}

static enum status make_folder(const struct redact_settings *s, struct redacting *r, struct error *err)
{
	/* nothing may be there: what is there when something fails is removed */
	if (access(s->output, F_OK) == 0)
		return fail(err, ERR_CREATE, "%s is there already; name a folder that is not", s->output);
	enum status status = file_make_folder(AT_FDCWD, s->output, &r->copy.to, err);
	if (!status && original_holds(&r->original, r->copy.to)) {
		bundle_remove(r->copy.to);
		status = fail(err, ERR_USAGE, "%s lies in the original, which is not to be changed", s->output);
	}
	return status;
}

static enum status make_copy(const struct redact_settings *s, struct redacting *r, struct error *err)
{
	enum status status = make_folder(s, r, err);
	if (status)
		return status;
	status = copy_session(&r->copy, err);
	if (status)
		(void)fail_in(err, "%s", s->output); /* the original was read whole before */
	else
		status = finish(s, r, err);
	if (!status)
		status = check_verdict(r, err);
	if (!status)
		status = search(r, s->output, err);
	/* what failed half-way, or still names what it should hide, is not for anybody's hands */
	if (status || r->left.all)
		bundle_remove(r->copy.to);
	return status;
}

/* A copy that was not searched looks like one that was: an interrupt must not leave it there. */
static enum status make_whole_copy(const struct redact_settings *s, struct redacting *r, struct error *err)
{
	char then[FILE_PATH_MAX];
	snprintf(then, sizeof then, "remove %s, which may still name what was to be hidden", s->output);
	unbroken_begin(s->output, then);
	enum status status = make_copy(s, r, err);
	unbroken_end();
	return status;
}

static enum status redact(const struct redact_settings *s, const char *path, struct redacting *r, struct error *err)
{
	AUTO_STORE struct store *store = NULL;
	char id[ID_MAX] = "";
	enum status status = original_open(path, &r->original, err);
	r->copy.from = r->original.folder;
	if (!status)
		status = database_open(r->original.place, STORE_READ, &store, err);
	if (!status)
		status = store_session_value(store, "id", id, sizeof id, err);
	if (!status)
		status = read_judgement(store, &r->before, err);
	if (!status)
		status = open_secret(s, r, err);
	if (!status && !s->dry_run)
		status = choose_key(s, r, err);
	if (status)
		return status;
	r->copy.p = pseudonyms_new(r->secret);
	/* random, and what ties the copy to its session for whoever may see both */
	common_keep(pseudonyms_common(r->copy.p), slice_of_string(id));
	for (size_t i = 0; i < s->keep.count; i++)
		common_keep(pseudonyms_common(r->copy.p), slice_of_string(s->keep.at[i]));
	if (s->keep_endpoints)
		common_keep_endpoints(pseudonyms_common(r->copy.p));
	r->copy.store = store;
	r->copy.derived_from = r->original.manifest;
	status = copy_session(&r->copy, err); /* only to note */
	pseudonyms_settle(r->copy.p);
	if (!status && !s->dry_run)
		status = check_subject(r, err);
	return status || s->dry_run ? status : make_whole_copy(s, r, err);
}

static void end_redacting(struct redacting *r)
{
	pseudonyms_free(r->copy.p);
	secret_free(r->secret);
	arena_free(r->copy.arena);
	leftovers_free(&r->left);
	text_free(&r->subject);
	text_free(&r->before.findings);
	text_free(&r->after.findings);
	original_close(&r->original);
	auto_close(&r->copy.to);
}

static int run(const struct command *self, int argc, char *argv[], struct error *err)
{
	struct redact_settings s = {0};
	size_t count, dashes;
	bool done;
	if (command_parse(self, argc, argv, &s, &count, &dashes, &done, err) || done)
		return 0;
	if (count != 1 || (!s.output && !s.dry_run)) {
		fail(err, ERR_USAGE, "redact: name one session folder or bundle, and with -o where the copy is to lie (or --dry-run)");
		return 0;
	}
	if (wrong_place_check(argv[0], WRONG_PLACE_BUNDLE, err))
		return 0;
	__attribute__((cleanup(end_redacting))) struct redacting r = {
		.original = {.folder = -1},
		.copy = {.from = -1, .to = -1, .arena = arena_new(ARENA_MAX)},
		.subject = text_make(SIGNING_SUBJECT_MAX * 8),
	};
	if (redact(&s, argv[0], &r, err))
		return 0;
	redact_tell(&s, &r, argv[0]);
	return r.left.all ? 1 : 0;
}

const struct command command_redact = {
	.name = "redact",
	.usage = "[options] DIR|FILE.zip -o DIR",
	.summary = "a copy of a session with pseudonyms for names and addresses",
	.details = "Addresses, names of hosts, people, files and programs, and words of command lines become\n"
		   "pseudonyms, the same in all files, captures and logs included; what is not understood is left\n"
		   "out. The copy is judged, reported and sealed anew, and says what it was derived from. Then\n"
		   "every byte of it is searched for what was to be hidden. Exit status: 0 done, 1 something was\n"
		   "left (the copy is removed again). The original is only read.",
	.arguments = arguments,
	.argument_count = LENGTH(arguments),
	.run = run,
};
