/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_BENCH_H
#define REPORT_BENCH_H

/*
 * The figures of a benchmark of models, on a terminal, as JSON and as a table for
 * spreadsheets; the pages of the PDF are in pdf_bench.c.
 */

#include "core/json.h"
#include "core/store.h"

struct bench_request {
	bool colour;
	bool verbose; /* what each model was judged by, also where it is good; languages and difficulties */
};

/* Does the database hold a benchmark? */
enum status bench_there(struct store *store, bool *ret, struct error *err) MUST_CHECK;

/* Adds a table of models and suites, what models are not good enough by and why, pairs that
 * differ, and what was published. Foreign text is made printable. Nothing where no benchmark
 * was read. */
enum status bench_text(struct store *store, const struct bench_request *r, struct text *ret, struct error *err) MUST_CHECK;

/* Adds one object under that key, or null where no benchmark was read. Each list holds at
 * most 10,000. */
enum status bench_json(struct store *store, struct json *j, const char *key, struct error *err) MUST_CHECK;

/* Writes bench.csv into the folder of the documents (RFC 4180): a row for each suite of each
 * model, for its languages and difficulties, and for all of it. Nothing where no benchmark was
 * read. */
enum status bench_csv_write(struct store *store, int report_fd, struct error *err) MUST_CHECK;

#endif
