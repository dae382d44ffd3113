/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_LINUX_INHERITED_H
#define COLLECTORS_LINUX_INHERITED_H

/*
 * Sockets that the command inherits from whoever asked for the session: what it does
 * with them is no connect and no socket() of its own.
 */

#include "collectors/collector.h"

/* One record for each open descriptor that a command would inherit and that is a
 * socket able to reach another machine. */
void inherited_write(const struct watch *w);

#endif
