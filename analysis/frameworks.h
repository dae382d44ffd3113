/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ANALYSIS_FRAMEWORKS_H
#define ANALYSIS_FRAMEWORKS_H

/*
 * The frameworks that this build brings and those of a site's own. A file that tells of a
 * framework tells all of it: it takes the place of what was known by that name before, so
 * that a site follows a framework that changed without another build.
 */

#include "analysis/control.h"
#include "analysis/site_files.h"

enum {
	FRAMEWORKS_ROWS_MAX = 4096,      /* objectives of all of them */
	FRAMEWORKS_TEXT_MAX = 1 << 19, /* bytes of a file */
};

struct frameworks; /* opaque; owns its texts */

/* With those that are built in. */
struct frameworks *frameworks_new(void);
void frameworks_free(struct frameworks *all); /* NULL-safe */

/* Adds a file, which it copies; `name` is for messages, which tell line and column, and for
 * the origin of what is in it. ERR_CONFIG where it breaks the format or names an objective
 * twice; then nothing of the file counts. */
enum status frameworks_add(struct frameworks *all, struct slice text, const char *name, struct error *err) MUST_CHECK;

size_t frameworks_count(const struct frameworks *all); /* objectives */
const struct control *frameworks_at(const struct frameworks *all, size_t n);
const char *frameworks_origin(const struct frameworks *all, size_t n); /* the file; NULL: this build */

/* The files that were added, in that order. */
const struct site_files *frameworks_files(const struct frameworks *all);

/* Are all of a list (with commas) known? ERR_CONFIG tells which there are, and the remedy. */
enum status frameworks_know(const struct frameworks *all, const char *list, struct error *err) MUST_CHECK;

static inline void frameworks_clear(struct frameworks **all)
{
	frameworks_free(*all);
	*all = NULL;
}

#define AUTO_FRAMEWORKS __attribute__((cleanup(frameworks_clear)))

#endif
