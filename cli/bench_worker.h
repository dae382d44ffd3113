/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_BENCH_WORKER_H
#define CLI_BENCH_WORKER_H

/*
 * The part of `bench` that asks models and runs what they wrote. It is watched where
 * anything is: the other part starts it as a session's command.
 */

#include "cli/bench_options.h"

enum { BENCH_INTERRUPTED = 130 /* exit status of a worker that the user ended, as shells have it */ };

/* Does it, in the folder `path`/bench, which it makes. */
enum status bench_worker(const struct bench_options *o, const struct run_settings *settings, const char *path,
			 enum run_end *ret, struct error *err) MUST_CHECK;

#endif
