/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REDACT_ADDRESS_MASK_H
#define REDACT_ADDRESS_MASK_H

/*
 * Pseudonyms of addresses. One is mapped byte by byte (IPv6: by half bytes) from the front,
 * each by a permutation that hangs on the secret and on what stands in front of it. So
 *
 *  - two addresses that share their first bytes share those of their pseudonyms;
 *  - no two have the same one;
 *  - an address stays in the special range of schema/addresses.tsv that it is in (loopback
 *    stays altogether, as do well-known groups of multicast), and a public one stays public;
 *  - its text keeps its length: a number keeps how many digits it has, a half byte of zero
 *    stays zero.
 *
 * Where a permutation has anything else to offer, nothing stays what it was.
 */

#include "core/address.h"
#include "redact/secret.h"

struct address_mask; /* opaque */

/* `secret` must outlive it. */
struct address_mask *address_mask_new(const struct secret *secret);
void address_mask_free(struct address_mask *m); /* NULL-safe */

/* In place, in network order. */
void address_mask_v4(struct address_mask *m, unsigned char bytes[static 4]);

struct address address_mask_of(struct address_mask *m, const struct address *a);

#endif
