/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_ROW_READ_H
#define INGEST_ROW_READ_H

/*
 * Rows of a batch (row.h) for whoever wants them elsewhere than in a store. A process
 * that read foreign bytes wrote them: any of them may be anything.
 */

#include "ingest/row.h"

enum { ROW_READ_VALUES = 32 }; /* positions from 1 to this one */

struct row_value {
	enum { ROW_ABSENT, ROW_NUMBER, ROW_TEXT } type;
	int64_t number;
	struct slice text; /* in the batch */
};

struct row_values {
	enum query query;
	struct row_value at[ROW_READ_VALUES + 1]; /* [0] is none */
};

/* The next row of a batch. False at its end, and where the format is broken: then
 * `ret_wrong` says how (a constant), else it is NULL. */
bool row_read(struct cursor *batch, struct row_values *ret, const char **ret_wrong);

/* Values by type; `otherwise` and an empty text where there is none of that type. */
int64_t row_number(const struct row_values *row, unsigned at, int64_t otherwise);
struct slice row_string(const struct row_values *row, unsigned at);

#endif
