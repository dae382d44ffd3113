/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_POSIX_BEGIN_H
#define COLLECTORS_POSIX_BEGIN_H

/*
 * Steps of platform_open() that Linux and macOS share.
 */

#include "collectors/collector.h"

/* Opens the session folder, which must be the invoker's own and empty. */
enum status begin_folder(struct watch *w, struct error *err) MUST_CHECK;

/* Leaves the terminal's signals to the command, once that was forked. */
void begin_signals(void);

/* As many open files as are allowed: others' sockets are many. No core dumps. */
void begin_limits(void);

#endif
