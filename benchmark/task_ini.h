/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BENCHMARK_TASK_INI_H
#define BENCHMARK_TASK_INI_H

/*
 * task.ini: what a task is called, its language, how hard it is, which of its files is
 * the answer and which the test (airgap-verify-formats(5), "Benchmark tasks").
 */

#include "benchmark/task.h"

enum {
	TASK_INI_MAX = 4096,          /* bytes of one */
	TASK_TIMEOUT_MS = 10000,      /* of a test run, where nothing else is said */
	TASK_TIMEOUT_MS_MAX = 600000,
};

/* Fills title, language, difficulty, answer, visible and timeout_ms of `ret`, whose
 * suite must be set: it tells which of them there must be. What is wrong is ERR_CONFIG
 * with its line. */
enum status task_ini_parse(struct slice text, struct task *ret, struct error *err) MUST_CHECK;

#endif
