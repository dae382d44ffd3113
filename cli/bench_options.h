/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_BENCH_OPTIONS_H
#define CLI_BENCH_OPTIONS_H

/*
 * The command line of `bench`, and what it asks of the benchmark itself.
 */

#include "benchmark/run.h"
#include "cli/arguments.h"

struct bench_options {
	struct common common;
	const char *output, *tier, *vram, *suites, *languages, *difficulties, *mode, *samples, *temperature, *seed,
		*context, *tokens_max, *time_limit, *repeats, *limit, *resume, *policy, *key, *certificate, *passphrase_file, *worker, *tiers, *published;
	struct slice tier_table, published_table; /* no options: what --tiers and --published or their defaults hold */
	struct argument_list models, servers, tasks, problems, machines;
	bool check_tasks, no_watch;
};

enum { BENCH_ARGUMENTS = 30 };
extern const struct argument bench_arguments[BENCH_ARGUMENTS];

/* What is asked for. With --resume it stands in the record of that folder, and options that
 * would change it are refused. */
enum status bench_options_settings(const struct bench_options *o, struct run_settings *ret,
				   struct error *err) MUST_CHECK;

/* The folder `bench` of the session folder at `path`. */
enum status bench_options_folder(const char *path, int *ret_fd, struct error *err) MUST_CHECK;

#endif
