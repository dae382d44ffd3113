/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_CAPTURE_HOSTS_H
#define INGEST_CAPTURE_HOSTS_H

/*
 * The session's own addresses and interfaces, as the evidence log told them; empty
 * for a capture that belongs to no session.
 */

#include "core/address.h"
#include "core/store.h"

enum {
	HOSTS_MAX = 4096, /* rows of host_address */
	HOST_IFACE_MAX = 64,
};

struct host {
	struct address address;
	uint32_t ifindex;
	int64_t from_ns;
	char iface[HOST_IFACE_MAX];
};

struct hosts {
	size_t count;
	struct host all[HOSTS_MAX];
};

enum status hosts_load(struct store *store, struct hosts *ret, struct error *err) MUST_CHECK;

/* Is it one of the host's own addresses? */
bool hosts_own(const struct hosts *h, const struct address *a);

/* The name that an interface had at that time; NULL where nothing tells. */
const char *hosts_iface(const struct hosts *h, uint32_t ifindex, int64_t time_ns);

#endif
