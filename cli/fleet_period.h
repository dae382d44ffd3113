/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_FLEET_PERIOD_H
#define CLI_FLEET_PERIOD_H

/*
 * What the store of many hosts says of a period, for their documents.
 */

#include "fleet/depot.h"
#include "report/fleet.h"

/* What began from `from_ns` to before `to_ns`; NULL for all that there is. `every`: how far the nights
 * of a host should lie apart; NULL for what is usual of it. */
struct fleet_period {
	const int64_t *from_ns, *to_ns;
	struct value every;
};

/* Fills the rows and sums them up. ERR_NO_INPUT where the store is empty and the period not told. */
enum status fleet_period_read(struct depot *d, const struct fleet_period *p, struct fleet *ret, struct error *err) MUST_CHECK;

#endif
