/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CORE_DURATION_H
#define CORE_DURATION_H

#include "core/error.h"

#include <stdint.h>

/* "500ms", "10s", "5m", "2h", "1d": a whole number and a unit, at most 365 days.
 * `what` names the option for the message. */
enum status duration_parse(const char *text, const char *what, int64_t *ret_ns,
			   struct error *err) MUST_CHECK;

/* The same, or "0". */
enum status duration_parse_or_0(const char *text, const char *what, int64_t *ret_ns, struct error *err) MUST_CHECK;

#endif
