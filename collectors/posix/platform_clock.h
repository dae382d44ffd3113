/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_POSIX_PLATFORM_CLOCK_H
#define COLLECTORS_POSIX_PLATFORM_CLOCK_H

#include "core/json.h"

#include <sys/timex.h>

/* The member "clock" of session.json: what it shows now, and what the kernel believes of it,
 * as ntp_adjtime(2) returned it (`state`, -1: nothing) and filled it in. `source`: what it
 * is counted by; NULL: not known. */
void platform_clock_add(struct json *j, int state, const struct timex *t, const char *source);

#endif
