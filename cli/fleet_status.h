/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_FLEET_STATUS_H
#define CLI_FLEET_STATUS_H

#include "cli/fleet_store.h"

/* Prints how the hosts stand. The exit status: 0 nothing stands out, 1 something failed or was
 * forged, 2 something is silent or undecided. */
int fleet_status(const struct fleet_settings *s, char *const names[], size_t count, struct error *err);

#endif
