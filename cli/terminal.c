/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/terminal.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool is_set(const char *value)
{
	return value && *value;
}

bool terminal_draws(int fd)
{
	const char *term = getenv("TERM");
	return isatty(fd) && is_set(term) && strcmp(term, "dumb") != 0;
}

bool terminal_colours(int fd)
{
	return isatty(fd) && !is_set(getenv("NO_COLOR"));
}
