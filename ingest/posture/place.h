/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_POSTURE_PLACE_H
#define INGEST_POSTURE_PLACE_H

/*
 * Where a setting leads: a URL, or a host with or without a port. Clients read URLs by
 * RFC 3986, by the URL standard of browsers, or by rules of their own. Where these take
 * different hosts out of the same text, nobody can say where it leads.
 */

#include "core/address.h"
#include "core/cursor.h"

struct place {
	struct slice host;     /* as it is written; of an IPv6 address without its brackets */
	struct address address; /* family ADDRESS_NONE: it is a name, or empty */
	bool url;
	bool doubtful;         /* clients disagree on the host */
};

/* False where the value is no place: "off" is none, nor is a path. */
bool place_read(struct slice value, struct place *ret);

#endif
