/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_LINUX_PROTOCOL_H
#define COLLECTORS_LINUX_PROTOCOL_H

/*
 * Protocols of sockets by their IANA numbers, as the evidence names them.
 */

#include "core/json.h"

const char *protocol_name(unsigned number); /* "other" where it has no name here */

/* Members "proto", and "proto_number" for another one. */
void protocol_add(struct json *j, unsigned number);

#endif
