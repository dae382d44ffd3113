/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_TERMINAL_H
#define CLI_TERMINAL_H

/* What may be written to a descriptor beside text. */

#include <stdbool.h>

/* To the beginning of the line, and nothing behind it. */
#define TERMINAL_ERASE "\r\033[K"

/* A terminal on which a line can be drawn over. */
bool terminal_draws(int fd);

/* A terminal, and nobody asked for no colours (NO_COLOR, which is not empty). */
bool terminal_colours(int fd);

#endif
