/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_BENCH_WATCH_H
#define CLI_BENCH_WATCH_H

#include "cli/bench_worker.h"

/* Runs the benchmark as the command of a session, then judges, reports and seals. `options`:
 * as they were given. Returns the exit status. */
int bench_watch(const struct bench_options *o, const struct run_settings *settings, char **options, size_t count,
		struct error *err);

/* Runs it in this process, unwatched. */
int bench_alone(const struct bench_options *o, const struct run_settings *settings, struct error *err);

#endif
