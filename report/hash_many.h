/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_HASH_MANY_H
#define REPORT_HASH_MANY_H

/*
 * Size and SHA-256 of many files, on all processors: the files of a session are large,
 * and hashing them is most of what sealing takes.
 */

#include "report/manifest.h"

/* Fills in size and digest of each file, by its path below the folder. Where files cannot be
 * read, the error is that of the first of them. */
enum status hash_many(int folder, struct manifest_file files[], size_t count, struct error *err) MUST_CHECK;

#endif
