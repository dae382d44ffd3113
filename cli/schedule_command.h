/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_SCHEDULE_COMMAND_H
#define CLI_SCHEDULE_COMMAND_H

/*
 * What a scheduler is told, and what it answers.
 */

#include "core/error.h"
#include "core/text.h"

enum { SCHEDULE_ANSWER_MAX = 64 << 10 };

/* Runs a command (NULL behind its last word), found as execvp() does, and waits for its end.
 * What it prints is added to `ret`; NULL: it goes to standard error. A command that cannot
 * be run, or that fails, is ERR_UNAVAILABLE. */
enum status schedule_command_run(const char *const words[], struct text *ret, struct error *err) MUST_CHECK;

/* It as one would type it. */
void schedule_command_add(const char *const words[], struct text *ret);

/* The time behind "NAME=" in what `systemctl show` printed, in the C locale and UTC ("Sun
 * 2026-11-29 02:48:34 UTC"), in nanoseconds; 0 where there is none. */
int64_t schedule_command_time(struct slice answer, const char *name);

#endif
