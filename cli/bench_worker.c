/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/bench_worker.h"

#include "cli/bench_progress.h"
#include "core/auto.h"
#include "core/file.h"

#include <fcntl.h>

/* The old record is evidence of its own session, which may be sealed: it stays as it is. */
static enum status copy_record(const char *from, int to, struct error *err)
{
	AUTO_TEXT struct text record = text_make(RECORD_FILE_MAX);
	AUTO_FD int folder = -1;
	enum status status = bench_options_folder(from, &folder, err);
	if (status)
		return status;
	if (file_read(folder, RECORD_NAME, RECORD_FILE_MAX, &record, err))
		return fail_in(err, "%s", from);
	AUTO_FD int fd = -1;
	status = file_create(to, RECORD_NAME, &fd, err);
	if (!status)
		status = file_write_fd(fd, text_slice(&record), RECORD_NAME, err);
	return status ? status : file_sync(fd, RECORD_NAME, err);
}

enum status bench_worker(const struct bench_options *o, const struct run_settings *settings, const char *path,
			 enum run_end *ret, struct error *err)
{
	AUTO_FD int session = -1, folder = -1;
	struct bench_progress progress = bench_progress_start(o->common.quiet);
	enum status status = file_open_folder(AT_FDCWD, path, &session, err);
	if (!status)
		status = file_make_folder(session, "bench", &folder, err);
	if (!status && o->resume)
		status = copy_record(o->resume, folder, err);
	if (status)
		return status;
	struct run_order order = {
		.settings = settings,
		.folder = folder,
		.tiers = o->tier_table,
		.published = o->published_table,
		.resumed_from = o->resume,
		.say = bench_progress_say,
		.tick = bench_progress_tick,
		.context = &progress,
	};
	status = run_benchmark(&order, ret, err);
	bench_progress_end(&progress);
	return status;
}
