/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_FLEET_PERIOD_H
#define CLI_FLEET_PERIOD_H

/*
 * What the store of many hosts says of a period, for their documents.
 */

#include "fleet/depot.h"
#include "report/fleet.h"

/* Fills the rows and sums them up. `from_ns`, `to_ns`: what began in between, the second not
 * included; NULL for all that there is. ERR_NO_INPUT where the store is empty and they are NULL. */
enum status fleet_period_read(struct depot *d, const int64_t *from_ns, const int64_t *to_ns, struct fleet *ret, struct error *err) MUST_CHECK;

#endif
