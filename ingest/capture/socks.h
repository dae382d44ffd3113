/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_CAPTURE_SOCKS_H
#define INGEST_CAPTURE_SOCKS_H

/*
 * What a client asks a SOCKS proxy to reach.
 */

#include "core/address.h"

enum { SOCKS_HOST_MAX = 256 };

enum socks_result {
	SOCKS_NOT,
	SOCKS_MORE,
	SOCKS_GREETING, /* passed over: the request comes later */
	SOCKS_REQUEST,
};

struct socks_request {
	unsigned version; /* 4 or 5 */
	struct slice host; /* a name; empty where `address` was given */
	struct address address;
	uint16_t port;
	size_t size; /* bytes of the message */
};

/* The first message of a client: a greeting (SOCKS 5) or a request (SOCKS 4, 4a). */
enum socks_result socks_first(struct slice stream, struct socks_request *ret);

/* Behind a greeting: a password (another greeting) or the request. */
enum socks_result socks_next(struct slice stream, struct socks_request *ret);

#endif
