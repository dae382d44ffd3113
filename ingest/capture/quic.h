/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_CAPTURE_QUIC_H
#define INGEST_CAPTURE_QUIC_H

#include "core/cursor.h"

/* Is the datagram a QUIC Initial of a client or a server? What is encrypted in it
 * is not read. */
bool quic_is_initial(struct slice datagram);

#endif
