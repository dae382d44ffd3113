/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_FOLDER_H
#define CLI_FOLDER_H

/*
 * Where a session's folder lies.
 */

#include "core/file.h"

enum { FOLDER_ID_TEXT = 33 /* 32 hexadecimal digits and a NUL */ };

struct folder {
	char id[FOLDER_ID_TEXT];
	char path[FILE_PATH_MAX];
	bool chosen; /* by -o, not by us */
};

/* A random id and, without `given`, the path airgap-sessions/<UTC>-<first 8>. Makes
 * nothing yet. */
enum status folder_name(const char *given, struct folder *ret, struct error *err) MUST_CHECK;

/* Makes the folder in which those lie that nobody named, where it is not there. */
enum status folder_make_above(struct error *err) MUST_CHECK;

/* Makes it, with the folder above it where that is ours. One that was given may be
 * there already when it is empty. */
enum status folder_make(const struct folder *f, struct error *err) MUST_CHECK;

#endif
