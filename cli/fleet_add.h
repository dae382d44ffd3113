/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_FLEET_ADD_H
#define CLI_FLEET_ADD_H

#include "cli/fleet_store.h"

/* Takes in what `names` lead to, and tells of it. The exit status: 0 all of it is in the store, 1
 * something was refused. */
int fleet_add(const struct fleet_settings *s, char *const names[], size_t count, struct error *err);

#endif
