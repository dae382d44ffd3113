/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_BENCH_CHECK_H
#define CLI_BENCH_CHECK_H

#include "cli/bench_options.h"

/* Tries every answer that came with the tasks in the sandbox, on all cores: the reference
 * must pass, the wrong ones must fail. Prints a table, or JSON. `ret_good`: all did. */
enum status bench_check(const struct bench_options *o, const struct run_settings *s, bool *ret_good,
			struct error *err) MUST_CHECK;

#endif
