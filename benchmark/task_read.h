/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BENCHMARK_TASK_READ_H
#define BENCHMARK_TASK_READ_H

/*
 * One task from the files of its folder, each by its path below it and in the order of
 * those paths, whoever reads them. Every failure is ERR_CONFIG or ERR_LIMIT.
 */

#include "benchmark/task.h"

/* `id` is SUITE/LANGUAGE-NAME; the rest of the task is emptied. */
enum status task_read_begin(struct task *task, const char *id, struct error *err) MUST_CHECK;
enum status task_read_file(struct task *task, const char *path, struct slice content, struct error *err) MUST_CHECK;

/* Is it whole, and does it fit together? */
enum status task_read_end(const struct task *task, struct error *err) MUST_CHECK;

/* A path "reference/FILE" or "wrong-N/FILE" (N from 1 to TASK_WRONG_MAX) in two: the
 * name, and how many bytes it and its '/' are. False where it is no such path. */
bool task_read_trial(const char *path, struct slice *ret_name, size_t *ret_below);

#endif
