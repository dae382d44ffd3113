/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BENCHMARK_PROBLEMS_H
#define BENCHMARK_PROBLEMS_H

/*
 * Problems in the formats in which HumanEval and MBPP are published: JSON lines or an array,
 * plain or packed by gzip.
 */

#include "benchmark/task.h"

enum {
	PROBLEMS_FILE_MAX = 64 << 20, /* bytes, as they lie and unpacked */
	PROBLEMS_LINE_MAX = 1 << 20,
	PROBLEMS_TESTS_MAX = 256, /* assertions of one problem */
	PROBLEMS_TIMEOUT_MS = 10000,
};

/* Reads all problems of a file; tasks_free() them. A line that is not understood fails,
 * with file and line, and none is returned. */
enum status problems_load(const char *path, struct tasks *ret, struct error *err) MUST_CHECK;

/* The same of bytes that are not packed; `name` is for messages. */
enum status problems_read(struct slice text, const char *name, struct tasks *ret, struct error *err) MUST_CHECK;

#endif
