/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_POSTURE_SCALAR_H
#define INGEST_POSTURE_SCALAR_H

/*
 * A path that grows and shrinks ("models.0.apiBase"), and the scalars that YAML, TOML
 * and shell files have in common.
 */

#include "ingest/posture/posture.h"

struct scalar_path {
	char at[POSTURE_NAME_MAX];
	size_t used;
};

/* Cuts the path to `size` bytes and puts a part behind it; false where it does not fit. */
bool scalar_push(struct scalar_path *path, size_t size, struct slice part);
bool scalar_push_number(struct scalar_path *path, size_t size, unsigned number);
struct slice scalar_path(const struct scalar_path *path);

/* What stands between quotes at the beginning of `text`, as it stands (a backslash takes
 * the next byte with it in double quotes), and what follows behind the closing one.
 * False where `text` begins with no quote or the line has no closing one. */
bool scalar_quoted(struct slice text, struct slice *ret, struct slice *ret_rest);

/* Without the comment that `mark` begins at the start or behind a blank. */
struct slice scalar_uncomment(struct slice text, unsigned char mark);

#endif
