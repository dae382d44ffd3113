/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_INVENTORY_INSPECT_H
#define INGEST_INVENTORY_INSPECT_H

/*
 * The process without rights in which files are examined, and the words between it and
 * the one that started it (inspector.h). It asks for bytes of the file at hand, which
 * come through shared memory; all else goes over a socket, a message at a time, numbers
 * little-endian, each begun by its type:4.
 *
 *   to it    1 file    size:8
 *            2 bytes   size:4, of those it asked for, in their order
 *   from it  3 want    window:4 offset:8
 *            4 found   count:8 offset:8 port:4 how:1 guessed:1 and three texts of size:2
 *                      each: host, example, member
 *            5 noted   note:4 count:8 member, size:2
 *            6 done    bytes:8 members:8
 *            7 ready   once, first: a text of size:2, empty or why it cannot begin
 */

#include "ingest/inventory/examine.h"
#include "ingest/ring.h"

enum inspect_message {
	INSPECT_FILE = 1,
	INSPECT_BYTES,
	INSPECT_WANT,
	INSPECT_FOUND,
	INSPECT_NOTED,
	INSPECT_DONE,
	INSPECT_READY,
};

enum {
	INSPECT_WINDOW = 1 << 20, /* bytes that come at a time */
	INSPECT_WINDOWS = 2,      /* one is searched while the other is read */
	INSPECT_MESSAGE_MAX = 8192,
};

/* The whole life of that process. `socket` is of whole messages (SOCK_SEQPACKET). */
_Noreturn void inspect_run(const struct ring *ring, int socket, const struct scan_known *known);

#endif
