/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BENCHMARK_TASK_H
#define BENCHMARK_TASK_H

/*
 * A task for a model: what it is asked, the files it is given, and what tells whether
 * its answer is right. One folder a task (airgap-verify-formats(5), "Benchmark tasks"):
 *
 *   SUITE/LANGUAGE-NAME/
 *     task.ini     title, difficulty, answer, tests, timeout
 *     prompt.md    what is asked
 *     start/       files that the model sees and that its answer changes
 *     tests/       put over the answer's files, never shown: driver.*, and `input`
 *     expected     what the driver must say; stays outside of the sandbox
 *     reference/   an answer that is right
 *     wrong-N/     answers that are not, with the reason in WHY
 */

#include "core/error.h"
#include "core/text.h"

enum task_suite { TASK_COMPLETE, TASK_REPAIR, TASK_EDIT, TASK_AGENT, TASK_HUMANEVAL, TASK_MBPP, TASK_SUITES };

enum task_language { TASK_PYTHON, TASK_C, TASK_JAVASCRIPT, TASK_SHELL, TASK_LANGUAGES };

enum task_difficulty { TASK_EASY, TASK_MIDDLE, TASK_HARD, TASK_DIFFICULTIES };

enum {
	TASK_ID_MAX = 128,       /* "repair/c-ring-buffer" */
	TASK_PATH_MAX = 128,     /* of a file inside a task */
	TASK_FILES_MAX = 32,     /* of one folder of it */
	TASK_FILE_MAX = 1 << 18, /* bytes of one file, of an answer's too */
	TASK_PROMPT_MAX = 1 << 16,
	TASK_WRONG_MAX = 16,
	TASK_COUNT_MAX = 4096, /* tasks of one run */
};

/* Files by their path, '/' between, below the work folder; none leads out of it. */
struct task_file {
	char path[TASK_PATH_MAX];
	struct text content; /* owned */
};

struct task_files {
	struct task_file *at; /* owned */
	size_t count;
};

/* Puts a file in, over one of the same path. Fails where the path leads out of the
 * folder, or past the limits above. */
enum status task_files_put(struct task_files *f, const char *path, struct slice content,
			   struct error *err) MUST_CHECK;
const struct task_file *task_files_find(const struct task_files *f, const char *path); /* NULL: none */
void task_files_free(struct task_files *f);

struct task {
	char id[TASK_ID_MAX];
	char title[TASK_ID_MAX];
	enum task_suite suite;
	enum task_language language;
	enum task_difficulty difficulty;
	char answer[TASK_PATH_MAX]; /* the one file that an answer without a path is; "": none */
	char visible[TASK_PATH_MAX]; /* of start/: the test that the model may run; "": none */
	unsigned timeout_ms;        /* of one test run */
	struct text prompt;         /* owned */
	struct task_files start, tests;
	struct text expected; /* owned */
	/* TASK_HUMANEVAL, TASK_MBPP: as published; empty elsewhere */
	char entry_point[TASK_ID_MAX];
	struct text check, setup, solution; /* owned */
	struct text continued; /* owned: where it is not asked for but continued; empty: its prompt is */
};

/* An answer that came with the task, to try the task itself by. */
struct task_trial {
	char name[TASK_PATH_MAX]; /* "reference", "wrong-1" */
	bool right;
	struct task_files files;
};

struct tasks {
	struct task *at; /* owned; sorted by id */
	size_t count;
	char sha256[65]; /* over every file of them, in the order of their ids and paths */
};

/* Reads every task below the folder `path`. What is wrong with one names file, place
 * and remedy, and none is returned. */
enum status tasks_load(const char *path, struct tasks *ret, struct error *err) MUST_CHECK;
void tasks_free(struct tasks *t);
void task_free(struct task *t); /* one of them, of which nothing is left */

/* The answers that came with a task; the caller frees each one's files and the list. */
enum status task_trials(const char *path, const struct task *task, struct task_trial **ret,
			size_t *ret_count, struct error *err) MUST_CHECK;

/* Where the tasks of this build lie: beside the program's build folder, or installed. */
enum status tasks_folder(char ret[static 4096], struct error *err) MUST_CHECK;

const char *task_suite_name(enum task_suite s);       /* "complete" */
const char *task_language_name(enum task_language l); /* "python" */
const char *task_difficulty_name(enum task_difficulty d);

#endif
