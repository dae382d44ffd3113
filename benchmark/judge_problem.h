/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BENCHMARK_JUDGE_PROBLEM_H
#define BENCHMARK_JUDGE_PROBLEM_H

#include "benchmark/judge.h"

/* Judges an answer to a HumanEval or MBPP problem: its tests run in one sandbox, the
 * answer in another, and only plain values pass between them. */
enum status judge_problem(struct confine *c, const struct task *task, const struct task_files *answer,
			  struct verdict_of_run *ret, struct error *err) MUST_CHECK;

#endif
