/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CORE_SHELL_WORD_H
#define CORE_SHELL_WORD_H

#include "core/text.h"

/* Adds `bytes`, a path for instance, as one word of a command that people copy: as they are where a
 * shell reads them so, else between quotes (POSIX.1-2017, Shell Command Language, 2.2.2). What is not
 * fit for a terminal stands as text_add_printable() shows it; at most `max` bytes are shown. */
void shell_word_add(struct text *t, struct slice bytes, size_t max);

#endif
