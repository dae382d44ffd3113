/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_RAW_FILES_H
#define CLI_RAW_FILES_H

/*
 * The raw files of a session, wherever they lie: in its folder, or below raw/ of a bundle.
 */

#include "report/verify_source.h"

/* Is it a bundle, packed or unpacked? */
bool raw_files_bundled(const struct verify_source *s);

/* Copies them into a folder, under the paths that they have in a session. ERR_NO_INPUT where
 * there is none. */
enum status raw_files_take(const struct verify_source *s, struct arena *arena, int to, struct error *err) MUST_CHECK;

/* Makes an empty folder below $TMPDIR; the caller removes it (bundle_remove()) and closes it.
 * `name` is part of its own. */
enum status raw_files_place(const char *name, char ret[static FILE_PATH_MAX], int *ret_fd, struct error *err) MUST_CHECK;

#endif
