/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/finish.h"

#include "cli/control_files.h"
#include "cli/database.h"
#include "cli/endpoint_files.h"
#include "cli/past.h"
#include "cli/reviews.h"
#include "cli/seal_order.h"
#include "cli/seal_words.h"
#include "cli/terminal.h"
#include "cli/unbroken.h"
#include "core/file.h"
#include "ingest/kept.h"
#include "report/document.h"
#include "report/summary.h"
#include "report/verify.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { OUTPUT_MAX = 256 << 20 };

static void say(const struct finish_request *r, const char *text)
{
	if (!r->quiet)
		fprintf(stderr, "airgap-verify: %s\n", text);
}

static struct seal_order order_of(const struct finish_request *r)
{
	return (struct seal_order){
		.folder = r->folder,
		.title = "Network egress report",
		.policy = r->policy,
		.key = r->key,
		.certificate = r->certificate,
		.passphrase_file = r->passphrase_file,
		.quiet = r->quiet,
	};
}

static enum status seal(struct store *store, const struct finish_request *r, const struct seal_signer *signer,
			const char *verdict, struct error *err)
{
	struct seal_words words;
	enum status status = seal_words_read(store, verdict, r->action, &words, err);
	if (status)
		return status;
	words.facts.user = r->sealed_by ? r->sealed_by : words.facts.user;
	words.facts.host = r->sealed_at ? r->sealed_at : words.facts.host;
	const struct seal_order order = order_of(r);
	return seal_order_do(&order, signer, &words.facts, err);
}

static enum status read_verdict(struct store *store, char ret_name[static 16], enum verdict *ret,
				struct error *err)
{
	bool row;
	sqlite3_stmt *q = store_query(store, QUERY_SUMMARY_VERDICT);
	enum status status = store_step(q, &row, err);
	if (!status && !(row && slice_to_string(store_slice(q, 0), ret_name, 16)))
		status = fail(err, ERR_MALFORMED, "the database holds no verdict; run airgap-verify crosscheck");
	sqlite3_reset(q);
	*ret = VERDICT_INCONCLUSIVE;
	for (enum verdict v = VERDICT_PASS; !status && v <= VERDICT_INCONCLUSIVE; v++)
		if (!strcmp(ret_name, verdict_name(v)))
			*ret = v;
	return status;
}

enum status finish_print(struct store *store, const struct finish_request *r, bool folder,
			 struct error *err)
{
	AUTO_TEXT struct text out = text_make(OUTPUT_MAX);
	struct summary_request s = {
		.path = r->path,
		.command_status = r->command_status,
		.folder = folder,
		.colour = terminal_colours(1),
		.verbose = r->verbose,
	};
	enum status status = r->json ? summary_json(store, &s, &out, err) : summary_text(store, &s, &out, err);
	if (!status && fwrite(out.at, 1, out.size, stdout) != out.size)
		status = fail(err, ERR_IO, "cannot write to standard output");
	return status;
}

/* What the stages make anew, and what a sealing that broke off leaves behind: then a
 * list without its signatures is nobody's fault, one that was changed is. */
static bool may_be_mended(const struct verify_problem *problem)
{
	static const char *const made[] = {"audit.db", "report/", "HOW_TO_VERIFY.txt", "seal/"};
	const char *path = problem->path;
	if (!strcmp(path, SEAL_SUMS))
		return problem->outcome == VERIFY_UNKNOWN;
	for (size_t i = 0; i < LENGTH(made); i++)
		if (slice_starts(slice_of_string(path), made[i]))
			return true;
	return false;
}

/* A new seal over evidence that was changed under the old one would hide the change. `v` is
 * left as it is where there is no seal. */
static enum status refuse_changed(const struct finish_request *r, struct verify_result *v, struct error *err)
{
	if (faccessat(r->folder, SEAL_SUMS, F_OK, AT_SYMLINK_NOFOLLOW) != 0)
		return OK;
	struct verify_options nothing = {0};
	enum status status = verify_folder(r->folder, &nothing, v, err);
	/* without a whole seal nothing can be said to have changed under it */
	for (size_t i = 0; i < v->problem_count && v->sealed && !status; i++)
		if (!may_be_mended(&v->problems[i]))
			status = fail(err, ERR_MALFORMED,
				      "%s: %s; nothing was made anew, so that the old seal still shows it "
				      "(airgap-verify verify)", v->problems[i].path, v->problems[i].what);
	/* past the list there may be anything */
	if (!status && v->sealed && v->bad + v->unknown > v->problem_count)
		status = fail(err, ERR_MALFORMED, "more was changed after it was sealed than can be listed");
	return status ? fail_in(err, "%s", r->path) : OK;
}

/* `before` is what verifying the old seal found. */
static enum status write_documents(const struct finish_request *r, const struct seal_signer *signer,
				   const struct verify_result *before, enum verdict *ret, struct error *err)
{
	struct reviews reviews;
	const struct report_form form = {.frameworks = r->frameworks, .paper = r->paper, .reviews = &reviews};
	AUTO_STORE struct store *store = NULL;
	char verdict[16];
	enum status status = database_open(r->path, STORE_READ, &store, err);
	if (status)
		return status;
	status = read_verdict(store, verdict, ret, err);
	if (!status)
		status = reviews_of(r->folder, before, &reviews, err);
	if (!status)
		status = report_write(store, r->folder, r->formats, &form, err);
	if (!status)
		status = seal(store, r, signer, verdict, err);
	if (status)
		return fail_in(err, "%s", r->path);
	return r->untold ? OK : finish_print(store, r, true, err);
}

/* All that can be wrong with the order, the old seal or who is to make the new one, before a file is touched. */
static enum status prepare(const struct finish_request *r, struct verify_result *before, struct seal_signer *signer,
			   struct error *err)
{
	const struct seal_order order = order_of(r);
	const struct report_form form = {.frameworks = r->frameworks, .paper = r->paper};
	enum status status = report_check(r->formats, &form, err);
	if (!status)
		status = refuse_changed(r, before, err);
	return status ? status : seal_signer_open(&order, signer, err);
}

static void begin_unbroken(const struct finish_request *r)
{
	char then[FILE_PATH_MAX];
	snprintf(then, sizeof then, "airgap-verify crosscheck %s", r->path);
	unbroken_begin(r->path, then);
}

enum status finish_documents(const struct finish_request *r, enum verdict *ret, struct error *err)
{
	AUTO_SEAL_SIGNER struct seal_signer signer = {0};
	struct verify_result *before = must_alloc(1, sizeof *before);
	enum status status = prepare(r, before, &signer, err);
	begin_unbroken(r);
	if (!status)
		status = write_documents(r, &signer, before, ret, err);
	unbroken_end();
	verify_result_free(before);
	free(before);
	return status;
}

static enum status build(const struct finish_request *r, enum verdict *ret, struct error *err)
{
	say(r, "reading the evidence");
	if (faccessat(r->folder, KEPT_FOLDER, F_OK, AT_SYMLINK_NOFOLLOW) == 0)
		say(r, "its logs are read by the descriptions that the session keeps (" KEPT_FOLDER ")");
	AUTO_FRAMEWORKS struct frameworks *kept = NULL;
	const struct frameworks *controls = r->controls;
	enum status status = OK;
	if (r->controls_kept < frameworks_files(controls)->count) {
		status = control_files_keep(r->folder, controls, r->controls_kept, &kept, err);
		controls = kept;
	}
	AUTO_ENDPOINTS struct endpoints *kept_rules = NULL;
	const struct endpoints *rules = r->rules;
	if (!status && rules && r->rules_kept < endpoints_files(rules)->count) {
		status = endpoint_files_keep(r->folder, rules, r->rules_kept, &kept_rules, err);
		rules = kept_rules;
	}
	if (!status && r->past)
		status = past_write(r->folder, r->past, err);
	if (!status)
		status = database_build(r->folder, r->path, r->policy, r->logs, rules, controls, ret, err);
	if (!status && r->broken_off && *ret == VERDICT_PASS)
		status = fail(err, ERR_MALFORMED, "%s: the collector broke off, yet its evidence has an end: "
			      "it is not what the collector wrote, and no verdict holds", r->path);
	return status;
}

enum status finish_all(const struct finish_request *r, enum verdict *ret, struct error *err)
{
	AUTO_SEAL_SIGNER struct seal_signer signer = {0};
	struct verify_result *before = must_alloc(1, sizeof *before);
	enum status status = prepare(r, before, &signer, err);
	begin_unbroken(r);
	if (!status)
		status = build(r, ret, err);
	if (!status) {
		say(r, "writing the report");
		status = write_documents(r, &signer, before, ret, err);
	}
	unbroken_end();
	verify_result_free(before);
	free(before);
	return status;
}
