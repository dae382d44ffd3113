/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_LINUX_NOTIFY_TURN_H
#define COLLECTORS_LINUX_NOTIFY_TURN_H

/*
 * Whose turn it is to wait at the listener. Linux wakes all that wait there for each call, so one
 * does and the others rest. Beside it waits whose call had to wait, for where one such comes there
 * are more: that another is woken for nothing costs less than to send one there each time. Safe to
 * be called by several threads.
 */

#include "collectors/linux/notify_state.h"

void notify_turn_open(struct notify_turn *t);
void notify_turn_close(struct notify_turn *t);

/* Rests until it is this thread's turn; then that is over, with a call or without. */
void notify_turn_begin(struct notify_worker *w);
void notify_turn_end(struct notify_worker *w, bool got);

/* True where somebody waits at the listener, or goes there now. */
bool notify_turn_pass(struct notify_turn *t);

/* Once a look: is a call at hand, does nobody wait for another, and has none come since the last
 * look? Then what takes long is something of which nobody was told: a path, memory that is not there
 * yet. */
bool notify_turn_is_stuck(struct notify_turn *t);

/* From now on nobody rests: all are to see that it is over. */
void notify_turn_stop(struct notify_turn *t);

#endif
