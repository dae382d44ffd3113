/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_LOG_FILE_H
#define COLLECTORS_LOG_FILE_H

/*
 * Somebody else's log, open while it is written to, cut, renamed and removed: what
 * applog.c needs of the system, in posix/ and windows/.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Which file it is, whatever it is called. */
struct log_file_id {
	uint64_t device, number;
};

/* Opens a regular file for reading; nobody is kept from writing to it or removing it.
 * -1 where there is none: then `ret_problem` says why in words, or is NULL where it is
 * simply not there. The caller closes it. */
int log_file_open(const char *path, struct log_file_id *ret_id, const char **ret_problem);

/* What stands under the name now; false where nothing does. */
bool log_file_look(const char *path, struct log_file_id *ret);

/* False where it cannot be told. */
bool log_file_size(int fd, uint64_t *ret);

/* Bytes from `at` on, at most `size`; how many, 0 at the end, -1 with errno set. */
long log_file_read(int fd, void *ret, size_t size, uint64_t at);

/* The path as it is from anywhere; cut where it is longer than `capacity`. */
void log_file_full_path(const char *path, char *ret, size_t capacity);

/* The last component of a path, within it. */
const char *log_file_name(const char *path);

#endif
