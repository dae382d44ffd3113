/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_SESSION_WARN_H
#define CLI_SESSION_WARN_H

/*
 * What will keep a session from being PASS and can be known before it begins: better told now than after
 * hours of watching. None of it is an error, for it may yet come otherwise.
 */

#include "core/text.h"

struct session_warn {
	const char *const *logs; /* of --app-log: FILE or NAME=FILE */
	size_t log_count;
	bool isolated, root; /* root: the command will run as it */
};

/* Adds a line for each, with its LF. */
void session_warn(const struct session_warn *w, struct text *ret);

#endif
