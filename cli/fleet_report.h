/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_FLEET_REPORT_H
#define CLI_FLEET_REPORT_H

#include "cli/fleet_store.h"

/* Makes a folder of sealed documents about the hosts of a store. The exit status is that of the
 * verdict: 0 PASS, 1 FAIL, 2 INCONCLUSIVE. */
int fleet_report(const struct fleet_settings *s, char *const names[], size_t count, struct error *err);

/* The formats of its documents, as --format names them; NULL behind the last. */
const char *fleet_report_format(size_t i);

#endif
