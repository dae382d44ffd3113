/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_WINDOWS_CONSOLE_H
#define COLLECTORS_WINDOWS_CONSOLE_H

/*
 * Ctrl-C and its like. The command gets them too, for it has the same console: the
 * first is left to it, the second ends the watch. Closing the console or logging off
 * ends it at once.
 */

#include <stdbool.h>

/* From now on. */
void console_listen(void);

/* Was the watch asked to end? */
bool console_asks_to_end(void);

/* The evidence is closed: whoever waits to end this process may. */
void console_done(void);

#endif
