/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CORE_WINDOWS_SIGNATURE_H
#define CORE_WINDOWS_SIGNATURE_H

/*
 * The two spellings of an ECDSA signature over P-256: two numbers r and s of 32 bytes
 * one behind the other, most significant byte first, as Windows has it (IEEE 1363);
 * and DER (RFC 3279, 2.2.3), as the checkpoint chain has it.
 */

#include "core/cursor.h"
#include "core/key.h"

enum {
	SIGNATURE_NUMBER_SIZE = 32,
	SIGNATURE_PAIR_SIZE = 2 * SIGNATURE_NUMBER_SIZE,
};

/* Writes the one DER spelling of `pair`; returns its size, 8 to 72 bytes. */
size_t signature_to_der(const unsigned char pair[static SIGNATURE_PAIR_SIZE],
			unsigned char ret[static KEY_SIGNATURE_MAX]);

/* False where `der` is not exactly the spelling that signature_to_der() writes: a
 * second spelling of one signature would be a second evidence log. */
bool signature_from_der(struct slice der, unsigned char ret_pair[static SIGNATURE_PAIR_SIZE]);

#endif
