/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_FLEET_REPORT_H
#define CLI_FLEET_REPORT_H

#include "cli/fleet_store.h"

/* Writes the documents of all hosts into a folder of its own, and seals it. The exit status is
 * that of fleet_status(). */
int fleet_report(const struct fleet_settings *s, char *const names[], size_t count, struct error *err);

#endif
