/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REDACT_COPY_LEFT_H
#define REDACT_COPY_LEFT_H

/*
 * left_out.ndjson of a copy: what of its original is not in it, and why, so that whoever holds the
 * copy alone knows. A line each:
 *
 *   {"kind":"file","path":"bench/run.ndjson","reason":"…"}
 *   {"kind":"packets","number":3,"reason":"…"}      likewise "payload", "members", "lines"
 */

#include "redact/copy_parts.h"

#define COPY_LEFT "left_out.ndjson"

enum copy_left {
	LEFT_NOTHING,
	LEFT_AUDIT,
	LEFT_BENCH,
	LEFT_DESCRIPTION,
	LEFT_ENDPOINTS,
	LEFT_TRACE,
	LEFT_UNKNOWN,
	LEFT_UNREADABLE,
	LEFT_PACKETS,
	LEFT_PAYLOAD,
	LEFT_MEMBERS,
	LEFT_LINES,
	LEFT_COUNT
};

extern const char *const copy_left_reasons[LEFT_COUNT];

/* Of a copy of a copy: what the first left out stands in the second, too. */
enum status copy_left(struct copy *c, struct slice whole, struct sink *out, struct error *err) MUST_CHECK;

/* Adds what this copy leaves out, once all of it was gone through. No file where that is nothing. */
enum status copy_left_add(struct copy *c, struct error *err) MUST_CHECK;

#endif
