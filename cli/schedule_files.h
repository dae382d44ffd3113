/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_SCHEDULE_FILES_H
#define CLI_SCHEDULE_FILES_H

/*
 * The files of a schedule where they lie. Only what `schedule install` wrote is replaced or
 * removed: a file that does not say so of itself belongs to somebody else.
 */

#include "cli/schedule_plan.h"
#include "core/file.h"

enum schedule_found {
	SCHEDULE_ABSENT,
	SCHEDULE_OURS,
	SCHEDULE_FOREIGN,
};

/* Whose file is it? `ret_times` (may be NULL) gets what one of ours says. */
enum status schedule_files_look(const char *path, enum schedule_found *ret, struct schedule_times *ret_times,
				struct error *err) MUST_CHECK;

/* Writes it whole or not at all, readable by everybody, with the folders above it. A foreign
 * one is ERR_CREATE. */
enum status schedule_files_write(const char *path, struct slice bytes, struct error *err) MUST_CHECK;

/* Removes it where it is ours, and tells in `ret_was_there` whether there was anything; a
 * foreign one is ERR_CREATE. */
enum status schedule_files_remove(const char *path, bool *ret_was_there, struct error *err) MUST_CHECK;

#endif
