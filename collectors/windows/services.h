/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_WINDOWS_SERVICES_H
#define COLLECTORS_WINDOWS_SERVICES_H

/*
 * Which services run in which process, as the service control manager has it: of a
 * process such as svchost.exe the name says nothing.
 */

#include "core/json.h"

enum {
	SERVICES_LIST_MAX = 4 << 20, /* bytes of the manager's list */
	SERVICES_NAMED_MAX = 64,     /* services of one process that are named */
};

struct services {
	unsigned char *bytes; /* owned */
	uint32_t capacity, count;
	int64_t read_ns;      /* monotonic; 0: never */
};

/* Reads the list anew where it is older than a second. Where the manager refuses, no
 * process has services. */
void services_look(struct services *s);

/* Adds the names of those in process `pid` as an array "services"; nothing where there
 * are none. */
void services_add(const struct services *s, struct json *j, uint32_t pid);

void services_free(struct services *s);

#endif
