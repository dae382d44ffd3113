/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PACKAGING_COMPLETION_WORDS_H
#define PACKAGING_COMPLETION_WORDS_H

/*
 * The words that an option or a command takes, out of the tables that decide about them.
 */

#include "core/text.h"

/* Adds those of `option` ("--tier") of `command`, one a line; of the command itself where
 * `option` is NULL. `ret_list`: several may stand there, with commas between; `ret_open`:
 * they are beginnings of words. Nothing is added where any word will do. */
void words_add(const char *command, const char *option, struct text *ret, bool *ret_list, bool *ret_open);

#endif
