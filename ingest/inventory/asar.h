/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_INVENTORY_ASAR_H
#define INGEST_INVENTORY_ASAR_H

/*
 * The list of files at the front of an asar archive, in which Electron applications
 * keep their own programs.
 */

#include "core/cursor.h"

enum {
	ASAR_FIRST = 16,            /* bytes before the list */
	ASAR_LIST_MAX = 64 << 20,
	ASAR_PATH_MAX = 1024,
	ASAR_DEPTH_MAX = 14,        /* folders: each takes two levels of JSON */
	ASAR_FILES_MAX = 1 << 20,
};

struct asar_file {
	struct slice path;     /* "dist/main.js"; valid during the call */
	uint64_t offset, size; /* offset from behind the list */
};

/* Is it one, by its first ASAR_FIRST bytes? `ret_list` is the size of the list in
 * bytes, which stands behind them, `ret_files` where the files begin. */
bool asar_sniff(struct slice first, uint64_t *ret_list, uint64_t *ret_files);

typedef void asar_sink(void *to, const struct asar_file *file);

/* Tells each file whose bytes are in the archive. Returns NULL, or what is wrong with
 * the list (a constant); files before that were told. */
const char *asar_read(struct slice list, asar_sink *sink, void *to);

#endif
