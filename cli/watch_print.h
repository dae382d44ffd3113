/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_WATCH_PRINT_H
#define CLI_WATCH_PRINT_H

/*
 * The same without a screen: a line on standard output for each thing that happened, for
 * people (--plain) or for programs (--json).
 */

#include "cli/watch_model.h"
#include "core/text.h"

/* Adds the line of a change, with its line feed; nothing where it is none of the session's and
 * `all` is false. */
void watch_print_plain(const struct watch_model *m, const struct watch_change *change, bool all, struct text *ret);
void watch_print_json(const struct watch_model *m, const struct watch_change *change, bool all, struct text *ret);

#endif
