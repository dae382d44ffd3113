/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ANALYSIS_ENDPOINT_H
#define ANALYSIS_ENDPOINT_H

/*
 * What the product knows of hosts that AI tools call: schema/endpoints.tsv.
 */

#include "core/cursor.h"

struct endpoint {
	struct slice product, suffix, vector; /* in the table that is built in */
	unsigned port;                        /* 0: any */
};

/* The vector of a host name and port: "telemetry", …; "name_lookup" for the ports
 * of name services, "unclassified" where nothing is known. `name` may be "". */
const char *endpoint_vector(const char *name, unsigned port);

/* Steps through the table; false at its end. Start with *at = 0. */
bool endpoint_next(size_t *at, struct endpoint *ret);

#endif
