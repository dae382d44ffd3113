/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PACKAGING_COMPLETION_SHELL_H
#define PACKAGING_COMPLETION_SHELL_H

/*
 * A shell that completions are made for: one row in main.c. What it needs to know of the
 * commands is printed from their table; how it then completes is a text of its own,
 * which is appended to that (driver.NAME beside this file).
 */

#include "cli/command.h"
#include "core/text.h"

struct shell {
	const char *name;
	void (*add)(struct text *ret);
};

extern const struct shell shell_bash, shell_zsh, shell_fish;

/* Adds `text` within single quotes. `quote` is what stands there for a single quote of its
 * own; each byte that is one of `special` gets a backslash. */
void shell_quote(struct text *ret, struct slice text, const char *quote, const char *special);

#endif
