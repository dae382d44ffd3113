/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_CRC_BESIDE_H
#define REPORT_CRC_BESIDE_H

/*
 * The CRC-32 of a file (ISO 3309, as ZIP has it) by a thread of its own, while whoever
 * read the bytes writes them elsewhere.
 */

#include "core/cursor.h"

struct crc_beside; /* opaque */

struct crc_beside *crc_beside_new(void);
void crc_beside_free(struct crc_beside *c); /* NULL-safe */

/* Takes the next bytes, which must stay as they are until the next call of any of these:
 * that waits for them. So two buffers by turns are enough. */
void crc_beside_add(struct crc_beside *c, struct slice bytes);

/* Of all since the last such call. */
uint32_t crc_beside_take(struct crc_beside *c);

#endif
