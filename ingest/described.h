/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_DESCRIBED_H
#define INGEST_DESCRIBED_H

/*
 * Reading a log by its description: line after line, in time that grows with its length,
 * and without memory of its own but for what a heading told.
 */

#include "ingest/app_event.h"
#include "ingest/description.h"

struct described; /* opaque */

struct described *described_new(const struct description *d, const struct start *start);
void described_free(struct described *s); /* NULL-safe */

/* What the slices of `ret` point into stays until the next line. */
enum app_kind described_line(struct described *s, struct slice line, struct app_line *ret);

/* Whether the last line was one that only this log has. */
bool described_marked(const struct described *s);

/* How sure, from the first bytes of a file: the share of lines that are understood. */
unsigned described_sniff(const struct description *d, const struct start *start, struct slice first);

enum status described_read(const struct description *d, struct ingest *to, struct input *in,
			   uint64_t *ret_records, struct error *err) MUST_CHECK;

/* What a rule found. */
struct found {
	struct slice fields[FIELDS];
	struct log_time time;
	bool has_time;
	int64_t until_ns; /* of a sum; 0: not told */
};

/* Whether a text is as the pattern of a rule has it. */
bool pattern_match(const struct description *d, const struct rule *rule, struct slice text,
		   const struct log_time_context *with, struct found *ret);

#endif
