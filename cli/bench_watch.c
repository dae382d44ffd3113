/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The benchmark as the command of a session: this program starts itself as the worker,
 * and what it measured is part of the evidence.
 */
#include "cli/bench_watch.h"

#include "analysis/model/enough.h"
#include "cli/bench_end.h"
#include "cli/bench_ready.h"
#include "cli/database.h"
#include "cli/control_files.h"
#include "cli/endpoint_files.h"
#include "cli/session_course.h"
#include "core/auto.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* The words after this program's own name; the caller frees them, but none of what they
 * point to. */
static enum status make_command(char self[static FILE_PATH_MAX], char *folder, char **options, size_t count,
				char ***ret, struct error *err)
{
	static char bench[] = "bench", worker[] = "--worker";
	ssize_t size = readlink("/proc/self/exe", self, FILE_PATH_MAX - 1);
	if (size < 0)
		return fail(err, ERR_UNAVAILABLE, "/proc does not tell where this program lies");
	self[size] = 0;
	char *first[] = {self, bench, worker, folder}, **words = must_alloc(count + LENGTH(first) + 1, sizeof *words);
	memcpy(words, first, sizeof first);
	memcpy(words + LENGTH(first), options, count * sizeof *words);
	*ret = words;
	return OK;
}

/* What the worker's own end makes of it: 0, BENCH_INTERRUPTED, or why it failed. */
static int worker_end(const struct session_result *r)
{
	if (!r->command_known || WIFSIGNALED(r->command))
		return BENCH_INTERRUPTED; /* the watch was ended before it, at the user's word */
	return WEXITSTATUS(r->command);
}

static enum status read_enough(const char *path, struct bench_end *ret, struct error *err)
{
	AUTO_STORE struct store *store = NULL;
	enum status status = database_open(path, STORE_READ, &store, err);
	return status ? status : enough_verdict(store, &ret->judged, &ret->enough, err);
}

static int finish(const struct bench_options *o, const struct folder *folder, const struct session_result *r,
		  struct error *err)
{
	struct bench_end end = {.folder = folder->path, .resumed = o->resume, .watched = true, .egress = r->verdict,
				.worker = worker_end(r)};
	if (!r->judged || r->status > (int)VERDICT_INCONCLUSIVE)
		return r->status; /* the collector's own failure; it has said why */
	if (read_enough(folder->path, &end, err))
		return 0;
	if (!o->common.quiet)
		bench_end_say(&end);
	return bench_end_status(&end);
}

int bench_watch(const struct bench_options *o, const struct run_settings *settings, char **options, size_t count,
		struct error *err)
{
	char self[FILE_PATH_MAX];
	const char *words[] = {"--stdout-to-stderr"};
	struct folder folder;
	struct session_site site = {.rules = NULL};
	struct session_result result;
	struct log_options formats = {0};
	struct argument_list rules = {.count = 0};
	AUTO_FREE char **command = NULL;
	int status = 0;
	if (!bench_ready(o, settings, err) && !folder_name(o->output, &folder, err) &&
	    !make_command(self, folder.path, options, count, &command, err) &&
	    !logs_load(&formats, &site.formats, err) && !endpoint_files_load(&rules, &site.rules, err) &&
	    !control_files_load(NULL, &site.controls, err)) {
		struct session_order order = {
			.folder = &folder,
			.options = words,
			.option_count = o->common.json ? LENGTH(words) : 0,
			.command = command,
			.policy = o->policy,
			.key = o->key,
			.certificate = o->certificate,
			.passphrase_file = o->passphrase_file,
			.site = &site,
			.quiet = o->common.quiet,
			.json = o->common.json,
			.verbose = o->common.verbose,
		};
		if (!session_course(&order, &result, err))
			status = finish(o, &folder, &result, err);
	}
	session_site_free(&site);
	return status;
}
