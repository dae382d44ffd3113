/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CORE_CLOCK_H
#define CORE_CLOCK_H

/*
 * Time. Wall-clock times are nanoseconds since 1970-01-01 UTC without leap
 * seconds; monotonic times are nanoseconds of CLOCK_MONOTONIC, on Windows of the
 * performance counter, on macOS of CLOCK_MONOTONIC_RAW.
 */

#include "core/cursor.h"

#define CLOCK_SECOND INT64_C(1000000000)
#define CLOCK_MILLISECOND INT64_C(1000000)
#define CLOCK_DAY (86400 * CLOCK_SECOND)

enum { CLOCK_TEXT_MAX = 40 };

struct clock_pair {
	int64_t wall_ns, mono_ns; /* read next to each other */
};

struct clock_pair clock_now(void);
int64_t clock_mono(void);

/* RFC 3339 in UTC with `digits` (0–9) of the second, "2026-11-23T12:03:05.123Z". */
void clock_text(int64_t wall_ns, unsigned digits, char ret[static CLOCK_TEXT_MAX]);

/* For names of folders: "20261123T120305Z". */
void clock_compact(int64_t wall_ns, char ret[static CLOCK_TEXT_MAX]);

/* RFC 3339, section 5.6, with 'T' or one blank between, a fraction of 1–9 digits
 * or none, and 'Z' or an offset; years 1970–2200. A leap second (:60) is read as
 * the second after it. False where it is anything else. */
bool clock_parse(struct slice text, int64_t *ret_wall_ns);

/* Days since 1970-01-01 of a date in the Gregorian calendar. */
int64_t clock_days(int64_t year, unsigned month, unsigned day);

#endif
