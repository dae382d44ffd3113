/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FLEET_TOLD_H
#define FLEET_TOLD_H

/*
 * How the process that reads a bundle tells what it found to the one that has the store. Numbers
 * are of the lower byte first.
 *
 *   size:4 kind:1 table:1 count:1 values     size: of what follows it
 *   value: 0                                  NULL
 *          1 number:8
 *          2 size:4 bytes                     a text
 */

#include "core/text.h"
#include "fleet/table.h"

enum {
	TOLD_VALUES_MAX = 20,
	TOLD_HEAD = 4,
	TOLD_MAX = TABLE_ROW_MAX, /* bytes behind its size */
};

/* In this order, and only the rows more than once. What the values are: intake.h. */
enum told_kind {
	TOLD_FILE = 1,    /* which file it is */
	TOLD_CHECKED = 2, /* whether it holds, and what it states */
	TOLD_BUNDLE = 3,  /* what its database says of the session */
	TOLD_ROW = 4,	    /* of a table */
	TOLD_END = 5,	    /* how it ended */
};

struct told {
	enum told_kind kind;
	enum table_kind table; /* of a row */
	struct value values[TOLD_VALUES_MAX]; /* texts point into the input */
	size_t count;
};

/* Adds a record as told_read() takes it. */
void told_add(const struct told *r, struct text *out);

/* The size that stands in front of a record; false where it is none or too large. */
bool told_size(struct slice head, size_t *ret);

/* Reads one, without its size. NULL, or what is wrong (a constant). */
const char *told_read(struct slice bytes, struct told *ret);

#endif
