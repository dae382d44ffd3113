/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_ETL_XPRESS_H
#define INGEST_ETL_XPRESS_H

/*
 * The two compressions of MS-XCA that event traces are packed with. Both write at most
 * `room` bytes, read nothing behind the input, and hold no state.
 */

#include "core/cursor.h"

/* Plain LZ77 (MS-XCA 2.3, 2.4), and LZ77 with Huffman codes (2.1, 2.2). How many bytes
 * came out; `ret_good` tells whether the input was sound as far as it was needed. */
size_t xpress_unpack(struct slice packed, unsigned char *to, size_t room, bool *ret_good);
size_t xpress_huffman_unpack(struct slice packed, unsigned char *to, size_t room, bool *ret_good);

#endif
