/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_FLEET_GATHER_H
#define CLI_FLEET_GATHER_H

/*
 * What the documents of many hosts say, out of their store.
 */

#include "fleet/depot.h"
#include "report/fleet_document.h"

/* `times`: as status_alarms.sql wants them; the first is as of when. */
enum status fleet_gather(struct depot *d, const struct value times[static 3], struct fleet_document *ret, struct error *err) MUST_CHECK;

#endif
