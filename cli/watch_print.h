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

/* Behind the last line, where all that is there was read: that the evidence has no end, that
 * its chain is broken, what was not understood. Nothing where all is well. */
void watch_print_doubt(const struct watch_model *m, bool as_json, struct text *ret);

#endif
