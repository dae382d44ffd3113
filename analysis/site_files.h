/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ANALYSIS_SITE_FILES_H
#define ANALYSIS_SITE_FILES_H

/*
 * Files of a site's own rules, as they were read: of endpoints, of controls. What was
 * parsed of them points into their texts.
 */

#include "core/cursor.h"
#include "core/hash.h"

enum { SITE_FILES_MAX = 64, SITE_FILE_NAME_MAX = 4096 };

struct site_file {
	char name[SITE_FILE_NAME_MAX]; /* a path, for people */
	struct slice text;
	char sha256[HASH_TEXT_MAX];
};

struct site_files {
	struct site_file *at[SITE_FILES_MAX]; /* in the order in which they were added */
	size_t count;
};

/* Copies a file of at most `max` bytes and makes it the last; `what` ("endpoints") is for
 * messages. ERR_LIMIT past a maximum. */
enum status site_files_add(struct site_files *files, struct slice text, size_t max, const char *name, const char *what,
			   const struct site_file **ret, struct error *err) MUST_CHECK;

/* Takes the last one away again, as when it could not be parsed. */
void site_files_drop(struct site_files *files);

void site_files_free(struct site_files *files);

#endif
