/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_MACOS_INTERRUPT_H
#define COLLECTORS_MACOS_INTERRUPT_H

/*
 * Ctrl-C where there is no command that it would be for: the watch ends, in order.
 */

#include <stdbool.h>

void interrupt_listen(void);

/* Was there one? */
bool interrupt_asks_to_end(void);

#endif
