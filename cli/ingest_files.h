/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_INGEST_FILES_H
#define CLI_INGEST_FILES_H

/*
 * Files into one database, one after another, and what became of each: in JSON, and
 * for people in lines (one file) or a table (more).
 */

#include "cli/ingest_table.h"
#include "cli/progress.h"
#include "core/arena.h"
#include "core/json.h"

struct ingest_files {
	const char *const *paths;
	size_t count;
	bool choosy; /* a file that no reader recognises ends it; else it is noted */
	struct text *said; /* for people, to be printed once the rows are kept; NULL: nothing */
	struct text *notes; /* what of several files was not understood, to stand below the table; likewise */
	struct ingest_options how; /* progress is set here */
	struct progress_line line;
	struct json *json; /* an array that is open */
	struct ingest_table table;
	volatile const int *interrupted; /* not 0: give up */
};

/* Reads all of them into the open transaction of `store`. */
enum status ingest_files_read(struct ingest_files *f, struct store *store, struct error *err) MUST_CHECK;

/* The regular files below a folder, with its name in front, sorted; owned by `arena`. */
enum status ingest_files_below(const char *folder, struct arena *arena, const char *const **ret,
			       size_t *ret_count, struct error *err) MUST_CHECK;

#endif
