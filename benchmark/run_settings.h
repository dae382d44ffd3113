/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BENCHMARK_RUN_SETTINGS_H
#define BENCHMARK_RUN_SETTINGS_H

/*
 * What a benchmark is asked to do. All of it stands in its record, so that a run that is
 * resumed is the same run.
 */

#include "benchmark/server.h"
#include "benchmark/task.h"

enum {
	RUN_MODELS_MAX = 64,
	RUN_SERVERS_MAX = 16,
	RUN_PATHS_MAX = 32,
	RUN_MACHINES_MAX = 8,
	RUN_SAMPLES_MAX = 1000,
	RUN_REPEATS_MAX = 100,
};

struct run_settings {
	char tier[64]; /* "auto", or a tier's name */
	char models[RUN_MODELS_MAX][SERVER_NAME_MAX];
	char servers[RUN_SERVERS_MAX][SERVER_URL_MAX];
	char folders[RUN_PATHS_MAX][4096];  /* of tasks, beside those that come with the tool */
	char problems[RUN_PATHS_MAX][4096]; /* files of HumanEval or MBPP */
	char machines[RUN_MACHINES_MAX][4096]; /* files in which a machine told of itself; none: look at this one */
	size_t model_count, server_count, folder_count, problem_count, machine_count;
	bool suites[TASK_SUITES], languages[TASK_LANGUAGES], difficulties[TASK_DIFFICULTIES];
	bool completion; /* problems are continued as they stand, not asked for */
	uint64_t vram_bytes; /* 0: looked for */
	uint64_t seed;
	unsigned temperature_milli; /* thousandths */
	unsigned samples, context, tokens_max, timeout_ms, repeats;
	unsigned limit; /* so many tasks of each suite; 0: all */
};

/* Everything once, greedily: what a figure without further words is measured with. */
void run_settings_usual(struct run_settings *s);

/* The names of all suites, languages and difficulties, by their number. */
const char *run_settings_suite(size_t i);
const char *run_settings_language(size_t i);
const char *run_settings_difficulty(size_t i);

/* One of `models` in two: "NAME@http://…" and "NAME@unix:/…"; `url` is "" where there is none
 * behind the name. */
void run_settings_model(const char *model, char name[static SERVER_NAME_MAX], char url[static SERVER_NAME_MAX]);

/* "0", "0.8", "1.25": at most 2, in thousandths. */
bool run_settings_temperature(struct slice text, unsigned *ret_milli);

#endif
