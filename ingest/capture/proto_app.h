/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_CAPTURE_PROTO_APP_H
#define INGEST_CAPTURE_PROTO_APP_H

/*
 * Protocols above TCP and UDP that are recognised and not read: by how a message
 * begins, and, where that alone says little, by the port.
 */

#include "ingest/capture/packet.h"

/* "ssh", "ntp", …; NULL where it is none that is known here. */
const char *proto_app_tcp(const struct packet *p, struct slice bytes);
const char *proto_app_udp(const struct packet *p, struct slice bytes);

/* Is that the name of a public resolver, which answers lookups over HTTPS? */
bool proto_is_resolver(struct slice name);

/* The same by the address, for clients that send no name. */
bool proto_is_resolver_at(const struct address *a);

#endif
