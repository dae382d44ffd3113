/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FLEET_CLAIM_H
#define FLEET_CLAIM_H

/*
 * What the name of a bundle's file says of it: "AGV_<org>_<system>_<host>_<start>_<end>_<run>.zip",
 * start and end as "20261128T020000Z". Anybody can name a file: it is for telling of one that
 * was refused, never for believing one.
 */

#include "core/cursor.h"

enum { CLAIM_HOST_MAX = 256, CLAIM_NAME_MAX = 255 /* bytes of a name */ };

struct claim {
	char host[CLAIM_HOST_MAX];
	int64_t began_ns, ended_ns;
};

/* False where it is no such name. */
bool claim_read(struct slice name, struct claim *ret);

#endif
