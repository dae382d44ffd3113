/* SPDX-License-Identifier: Apache-2.0 */
#include "report/bundle.h"

#include "analysis/policy.h"
#include "cli/bundle_cmmc.h"
#include "cli/command.h"
#include "cli/database.h"
#include "cli/signer.h"
#include "cli/site.h"
#include "cli/tsa.h"
#include "core/auto.h"
#include "core/clock.h"
#include "core/json.h"
#include "report/verify.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { VALUE_MAX = 512, JSON_MAX = 1 << 20 };

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

struct facts_of {
	char id[VALUE_MAX], host[VALUE_MAX], derived[HASH_TEXT_MAX], verdict[32], top[BUNDLE_NAME_MAX];
	int64_t from_ns, to_ns;
	struct site site;
	struct text time, tool; /* owned */
};

/* Of what is handed on, nobody should find out later that it was changed before. */
static enum status check_folder(int fd, const char *path, struct error *err)
{
	struct verify_result *v = must_alloc(1, sizeof *v);
	struct verify_options nothing = {0};
	enum status status = verify_folder(fd, &nothing, v, err);
	if (!status && v->outcome != VERIFY_GOOD)
		status = fail(err, ERR_MALFORMED, "%s does not verify: %s %s (airgap-verify verify tells all; --force bundles it all the same)",
			      path, v->problem_count ? v->problems[0].path : "", v->problem_count ? v->problems[0].what : "");
	verify_result_free(v);
	free(v);
	return status;
}

static const char *field(const struct policy *policy, const char *const names[], size_t count)
{
	const char *value = "";
	for (size_t n = 0; n < count && !*value; n++)
		value = policy_field(policy, names[n]);
	return value;
}

/* Names by which people call these fields. */
static void name_it(const char *policy_text, struct facts_of *f)
{
	static const char *const organisations[] = {"name", "organisation", "organization", "org"};
	static const char *const systems[] = {"system", "system_name", "ssp", "boundary"};
	struct policy *policy = must_alloc(1, sizeof *policy);
	struct error ignored = {0};
	if (policy_parse(policy_text, "the session's policy", policy, &ignored))
		*policy = (struct policy){0};
	bundle_name(field(policy, organisations, LENGTH(organisations)), field(policy, systems, LENGTH(systems)), f->host,
		    f->from_ns, f->to_ns, f->id, f->top);
	free(policy);
}

static enum status read_facts(const char *path, struct facts_of *f, struct error *err)
{
	AUTO_STORE struct store *store = NULL;
	bool row = false;
	enum status status = database_open(path, STORE_READ, &store, err);
	if (!status)
		status = store_session_value(store, "id", f->id, sizeof f->id, err);
	if (!status)
		status = store_session_value(store, "host", f->host, sizeof f->host, err);
	if (!status && !f->id[0])
		status = fail(err, ERR_MALFORMED, "%s is of no session: nothing in it was watched, and there is nothing to hand on", path);
	if (!status)
		status = store_session_value(store, "derived_from", f->derived, sizeof f->derived, err);
	if (status)
		return status;
	sqlite3_stmt *q = store_query(store, QUERY_REPORT_VERDICT);
	status = store_step(q, &row, err);
	if (!status && (!row || !slice_to_string(store_slice(q, 0), f->verdict, sizeof f->verdict)))
		status = fail(err, ERR_MALFORMED, "the database holds no verdict; run airgap-verify crosscheck");
	f->from_ns = status ? 0 : store_i64(q, 2);
	f->to_ns = status ? 0 : store_i64(q, 3);
	sqlite3_reset(q);
	if (!status)
		status = site_read(store, &f->site, err);
	if (!status)
		status = bundle_time(store, &f->time, err);
	if (!status)
		status = bundle_tool(store, &f->tool, err);
	if (status)
		return status;
	q = store_query(store, QUERY_SESSION_VALUE);
	store_bind_text(q, 1, "policy");
	status = store_step(q, &row, err);
	if (!status)
		name_it(row ? store_text(q, 0) : "", f);
	sqlite3_reset(q);
	return status;
}

static enum status write_it(const struct settings *s, int session, const struct facts_of *f, const char *output,
			    struct error *err)
{
	AUTO_SIGNING struct signing *signing = NULL;
	AUTO_TSA struct tsa tsa = {.named = false};
	AUTO_FD int to = -1;
	char subject[SIGNING_SUBJECT_MAX + 1], host[256] = "", folder[FILE_PATH_MAX];
	bool made, once;
	const char *name = strrchr(output, '/');
	snprintf(folder, sizeof folder, "%.*s", name ? (int)(name - output + 1) : 1, name ? output : ".");
	name = name ? name + 1 : output;
	enum status status = file_open_folder(AT_FDCWD, folder, &to, err);
	if (!status && !s->force && faccessat(to, name, F_OK, AT_SYMLINK_NOFOLLOW) == 0)
		status = fail(err, ERR_CREATE, "%s is there already; name another, or --force", output);
	if (!status)
		status = tsa_of_policy(NULL, &tsa, err);
	if (!status)
		status = signer_get(s->key, s->certificate, s->passphrase_file, &signing, &made, &once, err);
	if (status)
		return status;
	signer_subject(subject);
	subject[strcspn(subject, "@")] = 0;
	gethostname(host, sizeof host - 1);
	struct seal_facts facts = {.session_id = f->id,
				   .verdict = f->verdict,
				   .tool_version = VERSION,
				   .user = subject,
				   .host = host,
				   .reason = "bundled",
				   .now_ns = clock_now().wall_ns,
				   .watched = f->host[0] ? f->host : NULL,
				   .from_ns = f->from_ns,
				   .to_ns = f->to_ns,
				   .marking = f->site.marking,
				   .retention_years = f->site.retention_years,
				   .stamp_follows = tsa.named,
				   .derived_from = f->derived};
	struct bundle_request r = {session, to, name, f->top, text_string(&f->time), text_string(&f->tool), signing, &facts,
				   tsa_source(&tsa)};
	status = bundle_write(&r, err);
	if (!status && s->root)
		status = bundle_cmmc_write(to, name, s->root, err);
	return status ? fail_in(err, "%s", output) : OK;
}

static void tell(const struct settings *s, const struct facts_of *f, const char *output)
{
	AUTO_TEXT struct text out = text_make(JSON_MAX);
	if (s->common.json) {
		struct json j = json_on(&out);
		json_begin_object(&j, NULL);
		json_add_string(&j, "bundle", output);
		json_add_string(&j, "folder", f->top);
		json_add_string(&j, "verdict", f->verdict);
		json_add_string(&j, "session_id", f->id);
		json_end_object(&j);
		text_add_char(&out, '\n');
	} else if (!s->common.quiet) {
		text_addf(&out, "Bundle     %s\nWithin     %s/\nCheck it   airgap-verify verify %s, or HOW_TO_VERIFY.txt in it\n",
			  output, f->top, output);
	}
	fputs(text_string(&out), stdout);
}

static int run(const struct command *self, int argc, char *argv[], struct error *err)
{
	struct settings s = {0};
	size_t count, dashes;
	bool done;
	AUTO_FD int fd = -1;
	if (command_parse(self, argc, argv, &s, &count, &dashes, &done, err) || done)
		return 0;
	if (count != 1) {
		fail(err, ERR_USAGE, "bundle: name one session folder");
		return 0;
	}
	struct facts_of f = {.time = text_make(JSON_MAX), .tool = text_make(JSON_MAX)};
	char output[FILE_PATH_MAX];
	enum status status = file_open_folder(AT_FDCWD, argv[0], &fd, err);
	if (!status && !s.force)
		status = check_folder(fd, argv[0], err);
	if (!status)
		status = read_facts(argv[0], &f, err);
	snprintf(output, sizeof output, "%s%s", s.output ? s.output : f.top, s.output ? "" : ".zip");
	if (!status)
		status = write_it(&s, fd, &f, output, err);
	if (!status)
		tell(&s, &f, output);
	text_free(&f.time);
	text_free(&f.tool);
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
