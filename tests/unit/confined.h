/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_UNIT_CONFINED_H
#define TESTS_UNIT_CONFINED_H

/* A sandbox for all tests of a program, and files by hand. */

#include "tests/unit/test.h"

#include "benchmark/confine.h"

static struct confine *confined;

static inline int confined_open(void **state)
{
	struct error err = {0};
	(void)state;
	if (confine_open(&confined, &err) == OK)
		return 0;
	print_error("%s\n", err.text);
	return -1;
}

static inline int confined_close(void **state)
{
	(void)state;
	confine_close(confined);
	return 0;
}

/* Adds one; files_free() them. */
static inline void files_add(struct task_files *f, const char *path, struct slice content)
{
	f->at = must_realloc(f->at, f->count + 1, sizeof *f->at);
	struct task_file *new = &f->at[f->count++];
	memset(new, 0, sizeof *new);
	snprintf(new->path, sizeof new->path, "%s", path);
	new->content = text_make(TASK_FILE_MAX);
	text_add(&new->content, content);
}

static inline void files_free(struct task_files *f)
{
	for (size_t i = 0; i < f->count; i++)
		text_free(&f->at[i].content);
	free(f->at);
	*f = (struct task_files){0};
}

/* Runs a script of the shell; confine_result_free() what it gives. */
static inline struct confine_result run_shell(const char *script, const struct task_files *files, unsigned timeout_ms)
{
	const char *const argv[] = {"bash", "-c", script, NULL};
	struct confine_run run = {.files = files, .argv = argv, .timeout_ms = timeout_ms};
	struct confine_result r;
	struct error err = {0};
	enum status status = confine_run(confined, &run, &r, &err);
	if (status)
		print_error("%s\n", err.text);
	assert_int_equal(status, OK);
	return r;
}

#endif
