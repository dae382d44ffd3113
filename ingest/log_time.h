/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_LOG_TIME_H
#define INGEST_LOG_TIME_H

/*
 * The times of logs. A layout says how they are written: the name of a common one, or
 * letters behind '%' as strftime(3) has them. It is compiled once; reading by it goes
 * over the text once and allocates nothing.
 */

#include "core/cursor.h"
#include "core/error.h"
#include "ingest/zone.h"

enum { LOG_TIME_STEPS_MAX = 32 };

/* How one part is read; see the table in log_time.c. */
struct log_time_layout {
	unsigned char count;
	struct log_time_step {
		unsigned char what, literal;
	} steps[LOG_TIME_STEPS_MAX];
};

/* "iso", "syslog", "apache", "rfc1123", "rfc850", "ctime", "go", "gin", "us", "epoch",
 * "epoch_s", "epoch_ms", "epoch_us", "epoch_ns", "filetime", "any", or "%Y-%m-%d …". */
enum status log_time_layout(struct slice text, struct log_time_layout *ret, struct error *err) MUST_CHECK;

/* The names of the common ones; NULL behind the last. */
const char *log_time_name(size_t n);

/* What else is to be known: where the clock stood, and when the log ended about. */
struct log_time_context {
	const struct zone *zone;
	int64_t reference_ns; /* a year that is not there is the last one before this */
};

enum {
	LOG_TIME_STATED = 1,   /* the text tells its offset, or counts from 1970 */
	LOG_TIME_LOCAL = 2,    /* the zone of the context was taken */
	LOG_TIME_YEAR = 4,     /* the year was inferred */
	LOG_TIME_UNIT = 8,     /* the unit of a count was guessed from its size */
	LOG_TIME_TWICE = 16,   /* clocks were set back: the earlier one of two was taken */
	LOG_TIME_NEVER = 32,   /* clocks were set forward: there is no such time */
};

struct log_time {
	int64_t ns;
	unsigned flags;
};

/* Takes a time from where the cursor stands. False, and nothing is taken, where none
 * stands there. */
bool log_time_take(const struct log_time_layout *layout, const struct log_time_context *with,
		   struct cursor *c, struct log_time *ret);

/* The whole of a text. */
bool log_time_read(const struct log_time_layout *layout, const struct log_time_context *with,
		   struct slice text, struct log_time *ret);

#endif
