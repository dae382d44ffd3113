/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_LINUX_LATER_GROUP_H
#define COLLECTORS_LINUX_LATER_GROUP_H

/*
 * Which control groups are meant by the units and groups that are named: the kernel tells a group
 * by its number, and one of a unit that is started again has another.
 */

#include "core/named.h"

#include <stdint.h>

struct later_groups; /* opaque */

/* NULL where neither a unit nor a group is named. */
struct later_groups *later_groups_new(const struct named *n);
void later_groups_free(struct later_groups *g); /* NULL-safe */

/* By what is a process of the group with that number meant ("unit", "cgroup"; NULL: by neither)?
 * False where that cannot be told any more: process and group are gone, and it was not there
 * before. */
bool later_groups_find(struct later_groups *g, uint32_t pid, uint64_t number, const char **ret);

#endif
