/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_SCHEDULE_SYSTEM_H
#define CLI_SCHEDULE_SYSTEM_H

/*
 * The schedulers: which files each reads, and what it is told once they are there.
 */

#include "cli/schedule_text.h"
#include "core/file.h"

enum { SCHEDULE_FILES_MAX = 2, SCHEDULE_COMMANDS_MAX = 2, SCHEDULE_WORDS_MAX = 8 };

/* One of its files. */
struct schedule_file {
	const unsigned char *template;
	const unsigned long *size;
	const char *path; /* "~/" before one of a user's, "~c/" before one of a user's settings */
};

/* A command, NULL behind its last word; "@FILE" in it is the path of the first file. */
struct schedule_command {
	const char *words[SCHEDULE_WORDS_MAX];
};

/* What it needs for the whole machine, or for one user. */
struct schedule_scope {
	struct schedule_file files[SCHEDULE_FILES_MAX]; /* without a path behind the last one */
	struct schedule_command installed[SCHEDULE_COMMANDS_MAX]; /* once the files are there */
	struct schedule_command before[SCHEDULE_COMMANDS_MAX];    /* before they go */
	struct schedule_command removed[SCHEDULE_COMMANDS_MAX];   /* once they are gone */
};

struct schedule_system {
	const char *name, *about;
	const char *here;    /* there is such a folder where it runs; NULL: not on this system */
	const char *in_tree; /* the folder of a tree for which it would be chosen */
	const char *program; /* where the program usually is, where that is not this machine */
	const struct schedule_format *format;
	const struct schedule_scope machine, user;
};

extern const struct schedule_system schedule_systems[];
extern const size_t schedule_system_count;

/* By its name; "auto" or NULL is the one that runs here, or below `root` (may be NULL) the
 * one that would. */
enum status schedule_system_find(const char *name, const char *root, const struct schedule_system **ret,
				 struct error *err) MUST_CHECK;

/* Does it run on this machine, so that it can be told of new files? */
bool schedule_system_runs(const struct schedule_system *s);

/* Where a file lies, below `root` where that is not NULL. */
enum status schedule_system_path(const struct schedule_file *f, const char *root, char ret[static FILE_PATH_MAX],
				 struct error *err) MUST_CHECK;

#endif
