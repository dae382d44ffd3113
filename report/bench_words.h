/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_BENCH_WORDS_H
#define REPORT_BENCH_WORDS_H

/*
 * How a row of v_model_run is put before a reader.
 */

#include "core/store.h"
#include "core/text.h"

/* Columns of QUERY_REPORT_BENCH_RUNS that are asked for. */
enum bench_column {
	BENCH_MODEL,
	BENCH_QUANTISATION = 2,
	BENCH_TIER,
	BENCH_SET,
	BENCH_SHARE,
	BENCH_LOW,
	BENCH_HIGH,
	BENCH_RATE,
	BENCH_FIRST,
	BENCH_VRAM,
	BENCH_SOURCE = 12,
	BENCH_SAMPLES = 14,
	BENCH_PASSED,
	BENCH_SERVER_ERRORS,
	BENCH_OUTCOMES = 23,
	BENCH_RATE_FROM = 25,
	BENCH_SPILLED = 36,
	BENCH_SUITE_VERDICT = 40, /* by the threshold of the suite alone */
};

/* Ours, and plain; "-" for what is not known. */
struct bench_words {
	char passed[32];   /* "18/24" */
	char share[48];    /* "75.0 % (55.1-88.0)" */
	char rate[32];     /* "39.8"; with a star where it is by the runner's clock */
	char first[32];    /* "0.82 s" */
	char memory[48];   /* "10.0 GiB, 38 % out"; "none" of the graphics memory */
};

void bench_words_of(sqlite3_stmt *q, struct bench_words *ret);

/* Columns of QUERY_REPORT_BENCH_LIMITS, and what its row says of a model, without its name:
 * "4096 tokens of context were given, not 8192; a limit ended 2 of 129 answers". */
enum { BENCH_LIMIT_SOURCE, BENCH_LIMIT_MODEL, BENCH_LIMIT_ASKED, BENCH_LIMIT_GIVEN, BENCH_LIMIT_ANSWERS, BENCH_LIMIT_CUT, BENCH_LIMIT_FILLED };
void bench_words_limit(sqlite3_stmt *q, struct text *ret);

#endif
