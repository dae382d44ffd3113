/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ANALYSIS_KEPT_FILES_H
#define ANALYSIS_KEPT_FILES_H

/*
 * The files of a site's own that a session was judged with, as the database keeps them.
 */

#include "core/store.h"

typedef enum status kept_file_fn(void *context, struct slice text, const char *name, struct error *err);

/* Gives each in the order in which they were kept. `next` gives id, name and text of the one
 * after ?1. Stops at the first that fails, with that status. */
enum status kept_files_each(struct store *store, enum query next, kept_file_fn *each, void *context, struct error *err) MUST_CHECK;

#endif
