/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_BENCH_READY_H
#define CLI_BENCH_READY_H

#include "cli/bench_options.h"

/* Is what a benchmark needs there (tasks, a sandbox, a server, a model)? Looked at as the user, in a
 * child, so that nothing is begun in vain and this process keeps its rights. */
enum status bench_ready(const struct bench_options *o, const struct run_settings *settings, struct error *err) MUST_CHECK;

#endif
