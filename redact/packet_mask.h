/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REDACT_PACKET_MASK_H
#define REDACT_PACKET_MASK_H

/*
 * A packet with pseudonyms, of the same size and with checksums that are right where they
 * were right before. Nothing is passed on but what is understood: all other bytes are zero.
 */

#include "redact/mask.h"

struct packet_masked {
	bool known;   /* false: no link type of ours; all is zero */
	bool blanked; /* bytes that were not zero and were not understood are now */
};

/* `ret` has the size of the packet. */
struct packet_masked packet_mask(struct pseudonyms *p, unsigned linktype, struct slice packet, unsigned char ret[]);

#endif
