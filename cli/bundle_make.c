/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/bundle_make.h"

#include "analysis/policy.h"
#include "cli/bundle_cmmc.h"
#include "cli/database.h"
#include "cli/signer.h"
#include "cli/reviews.h"
#include "cli/site.h"
#include "cli/tsa.h"
#include "cli/unbroken.h"
#include "core/auto.h"
#include "core/clock.h"
#include "report/document.h"
#include "report/origins.h"
#include "report/verify.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { VALUE_MAX = 512, JSON_MAX = 1 << 20 };

struct facts_of {
	char host[VALUE_MAX], derived[HASH_TEXT_MAX];
	struct bundle_made made;
	struct site site;
	struct text time, tool; /* owned */
	struct origins origins; /* owned */
};

/* Of what is handed on, nobody should find out later that it was changed before; nor that it calls itself a draft
 * beside a review of it. */
static enum status check_folder(int fd, const char *path, bool *ret_untold, struct error *err)
{
	struct reviews reviews = {.count = 0};
	struct verify_result *v = must_alloc(1, sizeof *v);
	struct verify_options nothing = {0};
	enum status status = verify_folder(fd, &nothing, v, err);
	if (!status && v->outcome != VERIFY_GOOD)
		status = fail(err, ERR_MALFORMED, "%s does not verify: %s %s (airgap-verify verify tells all; --force bundles it all the same)",
			      path, v->problem_count ? v->problems[0].path : "", v->problem_count ? v->problems[0].what : "");
	if (!status)
		status = reviews_of(fd, v, &reviews, err);
	*ret_untold = !status && !report_tells(fd, &reviews);
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

/* Names by which people call these fields; of the policy by which it was judged, as in the documents. */
static void name_it(const char *fields, struct facts_of *f)
{
	static const char *const organisations[] = {"name", "organisation", "organization", "org"};
	static const char *const systems[] = {"system", "system_name", "ssp", "boundary"};
	struct policy *policy = must_alloc(1, sizeof *policy);
	struct error ignored = {0};
	AUTO_TEXT struct text text = text_make(POLICY_TEXT_MAX);
	text_addf(&text, "[organisation]\n%s", fields);
	if (policy_parse(text_string(&text), "the policy", policy, &ignored))
		*policy = (struct policy){0};
	f->made.unnamed = !bundle_name(field(policy, organisations, LENGTH(organisations)), field(policy, systems, LENGTH(systems)), f->host,
				       f->made.from_ns, f->made.to_ns, f->made.id, f->made.top);
	free(policy);
}

static enum status read_facts(const char *path, struct facts_of *f, struct error *err)
{
	AUTO_STORE struct store *store = NULL;
	bool row = false;
	enum status status = database_open(path, STORE_READ, &store, err);
	if (!status)
		status = store_session_value(store, "id", f->made.id, sizeof f->made.id, err);
	if (!status)
		status = store_session_value(store, "host", f->host, sizeof f->host, err);
	if (!status && !f->made.id[0])
		status = fail(err, ERR_MALFORMED, "%s is of no session: nothing in it was watched, and there is nothing to hand on", path);
	if (!status)
		status = store_session_value(store, "derived_from", f->derived, sizeof f->derived, err);
	if (status)
		return status;
	sqlite3_stmt *q = store_query(store, QUERY_REPORT_VERDICT);
	status = store_step(q, &row, err);
	if (!status && (!row || !slice_to_string(store_slice(q, 0), f->made.verdict, sizeof f->made.verdict)))
		status = fail(err, ERR_MALFORMED, "the database holds no verdict; run airgap-verify crosscheck");
	f->made.from_ns = status ? 0 : store_i64(q, 2);
	f->made.to_ns = status ? 0 : store_i64(q, 3);
	sqlite3_reset(q);
	if (!status)
		status = site_read(store, &f->site, err);
	if (!status)
		status = bundle_time(store, &f->time, err);
	if (!status)
		status = bundle_tool(store, &f->tool, err);
	if (!status)
		status = origins_read(store, &f->origins, err);
	if (status)
		return status;
	q = store_query(store, QUERY_SESSION_VALUE);
	store_bind_text(q, 1, "policy_organisation");
	status = store_step(q, &row, err);
	if (!status)
		name_it(row ? store_text(q, 0) : "", f);
	sqlite3_reset(q);
	return status;
}

static enum status write_it(const struct bundle_order *s, int session, const struct facts_of *f, const char *output,
			    struct error *err)
{
	AUTO_SIGNING struct signing *signing = NULL;
	AUTO_TSA struct tsa tsa = {.named = false};
	AUTO_FD int to = -1;
	char subject[SIGNING_SUBJECT_MAX + 1], host[256] = "", folder[FILE_PATH_MAX];
	const struct signer_named named = {s->policy, s->key, s->certificate, s->passphrase_file};
	const char *name = strrchr(output, '/');
	snprintf(folder, sizeof folder, "%.*s", name ? (int)(name - output + 1) : 1, name ? output : ".");
	name = name ? name + 1 : output;
	struct error why = {0};
	enum status status = file_open_folder(AT_FDCWD, folder, &to, &why);
	if (status)
		return fail(err, ERR_CREATE, "%s; make the folder first, or name another place with -o", why.text);
	if (!s->force && faccessat(to, name, F_OK, AT_SYMLINK_NOFOLLOW) == 0)
		status = fail(err, ERR_CREATE, "%s is there already; name another, or --force", output);
	if (!status)
		status = tsa_of_policy(s->policy, &tsa, err);
	if (!status)
		status = signer_get(&named, &signing, NULL, err);
	if (status)
		return status;
	signer_subject(subject);
	subject[strcspn(subject, "@")] = 0;
	gethostname(host, sizeof host - 1);
	struct seal_facts facts = {.session_id = f->made.id,
				   .verdict = f->made.verdict,
				   .tool_version = VERSION,
				   .user = subject,
				   .host = host,
				   .reason = "bundled",
				   .now_ns = clock_now().wall_ns,
				   .watched = f->host[0] ? f->host : NULL,
				   .from_ns = f->made.from_ns,
				   .to_ns = f->made.to_ns,
				   .marking = f->site.marking,
				   .retention_years = f->site.retention_years,
				   .stamp_follows = tsa.named,
				   .derived_from = f->derived,
				   .origins = &f->origins};
	struct bundle_request r = {session, to, name, f->made.top, text_string(&f->time), text_string(&f->tool), signing, &facts,
				   tsa_source(&tsa)};
	char then[FILE_PATH_MAX];
	snprintf(then, sizeof then, "remove %s.parts", output);
	unbroken_begin(output, then);
	status = bundle_write(&r, err);
	unbroken_end();
	if (!status && s->cmmc_root)
		status = bundle_cmmc_write(to, name, s->cmmc_root, err);
	return status ? fail_in(err, "%s", output) : OK;
}

enum status bundle_make(const struct bundle_order *o, struct bundle_made *ret, struct error *err)
{
	AUTO_FD int fd = -1;
	struct facts_of f = {.time = text_make(JSON_MAX), .tool = text_make(JSON_MAX)};
	enum status status = file_open_folder(AT_FDCWD, o->folder, &fd, err);
	if (!status && !o->force)
		status = check_folder(fd, o->folder, &f.made.untold, err);
	if (!status)
		status = read_facts(o->folder, &f, err);
	struct bundle_made *made = &f.made;
	int size = o->output ? snprintf(made->output, sizeof made->output, "%s", o->output)
			     : snprintf(made->output, sizeof made->output, "%s%s%s.zip", o->into ? o->into : "", o->into ? "/" : "", made->top);
	if (!status && size >= (int)sizeof made->output)
		status = fail(err, ERR_USAGE, "the path of the bundle is longer than %zu bytes", sizeof made->output - 1);
	if (!status)
		status = write_it(o, fd, &f, made->output, err);
	if (!status)
		*ret = *made;
	text_free(&f.time);
	text_free(&f.tool);
	origins_free(&f.origins);
	return status;
}

enum status bundle_make_check(const char *path, const char *id, struct error *err)
{
	const struct verify_options of_session = {.session_id = id};
	struct verify_result *v = must_alloc(1, sizeof *v);
	AUTO_FD int fd = -1;
	enum status status = file_open(AT_FDCWD, path, &fd, err);
	if (!status)
		status = verify_archive(fd, &of_session, v, err);
	if (!status && v->outcome != VERIFY_GOOD)
		status = fail(err, ERR_IO, "%s was written, and does not verify: %s %s", path, v->problem_count ? v->problems[0].path : "",
			      v->problem_count ? v->problems[0].what : "");
	verify_result_free(v);
	free(v);
	return status;
}
