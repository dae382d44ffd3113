/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The benchmark without a watch: the same measurements, judged by the same thresholds, and
 * no word about egress.
 */
#include "analysis/model/enough.h"
#include "analysis/model/models.h"
#include "cli/bench_end.h"
#include "cli/bench_ready.h"
#include "cli/bench_watch.h"
#include "cli/folder.h"
#include "cli/policy_file.h"
#include "cli/rights.h"
#include "cli/terminal.h"
#include "core/auto.h"
#include "core/privilege.h"
#include "ingest/ingest.h"
#include "report/bench.h"
#include "report/document.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>

static const char DATABASE[] = "audit.db";

/* The rows, the figures and the verdicts by the thresholds. */
static enum status judge_models(const char *path, int folder, const struct policy *policy, struct store **ret,
				struct error *err)
{
	char database[FILE_PATH_MAX];
	struct ingest_options how = {.as = "benchmark"};
	struct ingest_result result;
	if (snprintf(database, sizeof database, "%s/%s", path, DATABASE) >= (int)sizeof database)
		return fail(err, ERR_USAGE, "%s: too long a path", path);
	enum status status = store_open(database, STORE_NEW, ret, err);
	if (!status)
		status = store_begin(*ret, err);
	if (!status)
		status = ingest_file(*ret, folder, "bench/" RECORD_NAME, &how, &result, err);
	if (!status)
		status = models(*ret, policy, err);
	return status ? status : store_commit(*ret, err);
}

static enum status print(const struct bench_options *o, struct store *store, const struct bench_end *end,
			 struct error *err)
{
	AUTO_TEXT struct text out = text_make(64 << 20);
	struct bench_request request = {.colour = terminal_colours(1), .verbose = o->common.verbose};
	struct json j = json_on(&out);
	enum status status;
	if (o->common.json) {
		json_begin_object(&j, NULL);
		json_add_bool(&j, "watched", false);
		json_add_string(&j, "folder", end->folder);
		status = bench_json(store, &j, "benchmark", err);
		json_end_object(&j);
		text_add_char(&out, '\n');
	} else {
		status = bench_text(store, &request, &out, err);
	}
	if (!status && fwrite(text_string(&out), 1, out.size, stdout) != out.size)
		status = fail(err, ERR_IO, "cannot write to standard output");
	if (!status && !o->common.quiet)
		bench_end_say(end);
	return status;
}

static enum status finish(const struct bench_options *o, int folder, const struct policy *policy,
			  struct bench_end *end, struct error *err)
{
	AUTO_STORE struct store *store = NULL;
	enum status status = judge_models(end->folder, folder, policy, &store, err);
	if (!status)
		status = report_write(store, folder, "bench", NULL, err);
	if (!status)
		status = enough_verdict(store, &end->judged, &end->enough, err);
	if (!status)
		status = print(o, store, end, err);
	return status ? fail_in(err, "%s", end->folder) : store_close(&store, err);
}

/* A benchmark that broke off is looked at too, where anything was answered. */
static int measure(const struct bench_options *o, const struct run_settings *settings, const struct folder *where,
		   const struct policy *policy, struct error *err)
{
	AUTO_FD int folder = -1;
	struct bench_end end = {.folder = where->path};
	enum run_end how = RUN_COMPLETE;
	struct error broke = {0}, later = {0};
	if (bench_worker(o, settings, where->path, &how, &broke))
		end.worker = error_exit(broke.status);
	else if (how == RUN_INTERRUPTED)
		end.worker = BENCH_INTERRUPTED;
	/* what follows reads what others wrote */
	if (rights_give_up(err) || file_open_folder(AT_FDCWD, where->path, &folder, err))
		return 0;
	if (finish(o, folder, policy, &end, broke.status ? &later : err) && !broke.status)
		return 0;
	if (broke.status)
		fail(err, broke.status, "%s", broke.text);
	return bench_end_status(&end);
}

/* As a session's command would: the sandbox of root itself is closed by root's rights. */
static enum status become_user(struct error *err)
{
	struct invoker who;
	enum status status = privilege_invoker(&who, err);
	if (!status)
		status = privilege_become(&who, err);
	if (!status)
		privilege_environment(&who);
	return status;
}

int bench_alone(const struct bench_options *o, const struct run_settings *settings, struct error *err)
{
	AUTO_TEXT struct text text = text_make(POLICY_TEXT_MAX);
	AUTO_FREE struct policy *policy = must_alloc(1, sizeof *policy);
	struct folder folder;
	enum status status = bench_ready(o, settings, err);
	if (!status)
		status = folder_name(o->output, &folder, err);
	if (!status)
		status = become_user(err);
	if (!status)
		status = policy_file_load(o->policy, &text, policy, err);
	if (!status)
		status = folder_make(&folder, err);
	return status ? 0 : measure(o, settings, &folder, policy, err);
}
