/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_PAST_ROWS_H
#define REPORT_PAST_ROWS_H

/*
 * The sessions of a trend, oldest first and this one last, as the charts need them.
 */

#include "core/store.h"

enum { PAST_ROWS_MAX = 101 };

enum past_verdict { PAST_PASS, PAST_FAIL, PAST_INCONCLUSIVE, PAST_NOT_KNOWN, PAST_VERDICTS };

struct past_row {
	enum past_verdict verdict;
	int64_t number, started_ns;
	int64_t leaving; /* attempts to leave; -1: not known */
	int64_t seen_permille; /* -1: not known */
};

struct past_rows {
	struct past_row at[PAST_ROWS_MAX];
	size_t count; /* 0: nobody looked for earlier sessions */
	int64_t most; /* attempts to leave of one */
};

enum status past_rows_read(struct store *store, struct past_rows *ret, struct error *err) MUST_CHECK;

/* "PASS", …, "not known". */
const char *past_verdict_name(enum past_verdict verdict);

#endif
