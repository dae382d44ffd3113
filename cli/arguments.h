/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_ARGUMENTS_H
#define CLI_ARGUMENTS_H

/*
 * The command line of a command: a table of its options says where in its settings
 * each value goes. The same table prints the help.
 */

#include "core/error.h"

#include <stdint.h>

enum { ARGUMENTS_LIST_MAX = 64 };

enum argument_kind {
	ARGUMENT_FLAG,     /* bool */
	ARGUMENT_TEXT,     /* const char *, into argv */
	ARGUMENT_LIST,     /* struct argument_list; may be repeated */
	ARGUMENT_DURATION, /* const char *, checked to be a length of time */
	ARGUMENT_NUMBER,   /* const char *, checked to be a whole number */
};

struct argument_list {
	const char *at[ARGUMENTS_LIST_MAX];
	size_t count;
};

struct argument {
	const char *name;  /* "--output" */
	char letter;       /* 'o' for "-o"; 0: none */
	const char *value; /* what it takes, for the help; NULL for a flag */
	enum argument_kind kind;
	size_t at;         /* offset in the settings */
	const char *about; /* NULL: not for people, and not in the help */
};

/* What every command takes; the first member of all settings. */
struct common {
	bool help, json, quiet, verbose;
};

extern const struct argument common_arguments[];
extern const size_t common_argument_count;

/* Fills in `settings` and moves what is no option to the front of argv, from [0]
 * on; `ret_count` is their number. Options end at "--": what stands behind it is
 * among the rest, and `ret_dashes` is its place there (ret_count where there was no
 * "--"). An option given twice, unknown or without its value is ERR_USAGE. */
enum status arguments_parse(const struct argument *table, size_t table_size, int argc, char *argv[],
			    void *settings, size_t *ret_count, size_t *ret_dashes,
			    struct error *err) MUST_CHECK;

/* The lines of a help text about these options. */
void arguments_print(const struct argument *table, size_t table_size);

#endif
