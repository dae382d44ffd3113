/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_DESCRIBED_TABLE_H
#define INGEST_DESCRIBED_TABLE_H

/*
 * Rows of a described table: its heading says which column is which.
 */

#include "ingest/description.h"

struct described_table {
	unsigned char separator;
	bool known; /* which column is which */
	size_t slot_count;
	signed char slots[DESCRIPTION_COLUMNS_MAX]; /* of each column; -1: of no matter */
};

void described_table_begin(const struct description *d, struct described_table *ret);

/* Names in the order of the columns. */
void described_table_heading(const struct description *d, struct slice names, struct described_table *ret);

/* The columns of a row, as strings without escapes. What is wrong (a constant), or NULL. */
const char *described_table_row(const struct described_table *t, struct slice row, struct json_value slots[]);

#endif
