/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_WINDOWS_COMMAND_LINE_H
#define COLLECTORS_WINDOWS_COMMAND_LINE_H

/*
 * Windows hands a program one text, which it takes apart itself; nearly all do so as
 * CommandLineToArgvW() is documented to. Nothing here needs Windows.
 */

#include "core/text.h"

/* Adds a word, and a blank in front of it where it is not the first. It is quoted where
 * it must be, or `always`; backslashes in front of a quotation mark are doubled. */
void command_line_add(struct text *line, const char *word, bool always);

/* Is it a batch file by its name (.bat, .cmd)? Those are run by cmd.exe. */
bool command_line_is_batch(const char *program);

/* Can cmd.exe be told that word between quotation marks, and nothing else come of it?
 * Not with a quotation mark, a percent sign or a line's end in it. */
bool command_line_batch_takes(const char *word);

#endif
