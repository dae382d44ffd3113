/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CORE_MACOS_GROUPS_H
#define CORE_MACOS_GROUPS_H

/*
 * initgroups(3) asks the directory service, over connections that a child forked from
 * this process does not have. So the groups are taken before anything is forked, and
 * children have them.
 */

#include "core/privilege.h"

/* Takes the supplementary groups of `who`, once in a process and those forked from it;
 * changes nothing where this is not root or `who` is. */
enum status groups_take(const struct invoker *who, struct error *err) MUST_CHECK;

#endif
