/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_MACOS_RIGHTS_H
#define COLLECTORS_MACOS_RIGHTS_H

/*
 * Rights that are laid down for a while: a process of root's that works with those of the
 * invoker and can take its own back. What is given up for good is core/privilege.h.
 */

#include "core/privilege.h"

/* Groups and effective user become those of `who`; nothing changes where this is not root. */
enum status rights_lower(const struct invoker *who, struct error *err) MUST_CHECK;

/* The effective user becomes root again, where it was. */
void rights_raise(void);

#endif
