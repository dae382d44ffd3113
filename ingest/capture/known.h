/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_CAPTURE_KNOWN_H
#define INGEST_CAPTURE_KNOWN_H

/*
 * Names that a capture file itself gives to addresses (how = 'pcapng'). They may
 * stand behind the packets: they are looked up when a flow is written.
 */

#include "core/address.h"

enum {
	KNOWN_MAX = 16384, /* addresses; a name for a further one is not kept */
	KNOWN_NAME_MAX = 256,
};

struct known; /* opaque */

struct known *known_new(void);
void known_free(struct known *k); /* NULL-safe */

/* The first name of an address stays. */
void known_add(struct known *k, const struct address *a, struct slice name);

/* NULL where there is none. */
const char *known_name(const struct known *k, const struct address *a);

#endif
