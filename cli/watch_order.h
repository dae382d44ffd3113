/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_WATCH_ORDER_H
#define CLI_WATCH_ORDER_H

/*
 * Which records of a list are shown, and in which order.
 */

#include "cli/watch_view.h"

/* Processes that nobody sorted or filtered stand as a tree: each behind its parent. */
void watch_order_make(struct watch_order *o, const struct watch_model *m, const struct watch_view *v);

#endif
