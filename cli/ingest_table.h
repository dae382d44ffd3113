/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_INGEST_TABLE_H
#define CLI_INGEST_TABLE_H

/*
 * What became of many files, a line each.
 */

#include "core/arena.h"
#include "core/text.h"
#include "ingest/ingest.h"

struct ingest_line {
	const char *path, *reader; /* reader NULL: it was not read */
	const char *zone;          /* of its times; NULL: they need none */
	const char *problem;       /* why it was not read */
	struct row_tally tally;
	uint64_t not_read; /* records that were not understood */
};

struct ingest_table {
	struct arena *arena; /* of the texts; owned */
	struct ingest_line *lines; /* owned */
	size_t count, room;
};

struct ingest_table ingest_table_new(void);
void ingest_table_free(struct ingest_table *t);

/* A line for a file, its texts copied; false where there are too many. */
bool ingest_table_add(struct ingest_table *t, const struct ingest_line *line);

/* FILE READER ROWS NOT-READ FROM TO ZONE, aligned, and a line that sums it up. */
void ingest_table_print(const struct ingest_table *t, struct text *ret);

#endif
