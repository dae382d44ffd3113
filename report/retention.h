/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_RETENTION_H
#define REPORT_RETENTION_H

/*
 * How long the evidence of a session is to be kept: six years unless the policy says otherwise
 * (45 CFR 164.316(b)(2)(i); 32 CFR 170 for CMMC). Counted from the end of the session; a rule
 * that counts from a later day, as that of a status, asks for longer.
 */

#include <stdint.h>

enum { RETENTION_YEARS = 6, RETENTION_TEXT_MAX = 16 };

/* The same day so many years later, "2032-11-28" in UTC; the day after where there is none such.
 * "" where `from_ns` is 0 or the day is past what a clock can tell. */
void retention_until(int64_t from_ns, unsigned years, char ret[static RETENTION_TEXT_MAX]);

#endif
