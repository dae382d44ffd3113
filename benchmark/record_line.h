/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BENCHMARK_RECORD_LINE_H
#define BENCHMARK_RECORD_LINE_H

/*
 * One line of the record, between record.c and the files that know what stands in it.
 */

#include "benchmark/record.h"
#include "core/json.h"

enum { RECORD_FORMAT = 1 };

struct record_line {
	struct text text; /* owned until it is written */
	struct json json;
};

void record_begin(struct record_line *l, const char *kind);

/* Ends the line, writes it, and waits until it is on the disk. */
enum status record_write(struct record *r, struct record_line *l, struct error *err) MUST_CHECK;

#endif
