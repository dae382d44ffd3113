/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_PUBLIC_KEY_H
#define REPORT_PUBLIC_KEY_H

/*
 * The public half of a key that seals: ECDSA over P-256, or RSA of 3072 bits with the
 * exponent 65537 (for tools that know no curves), each with SHA-256.
 */

#include "core/cursor.h"
#include "core/key.h"

enum public_key_kind { PUBLIC_KEY_P256, PUBLIC_KEY_RSA3072 };

enum { PUBLIC_KEY_RSA_SIZE = 384, PUBLIC_KEY_MAX = PUBLIC_KEY_RSA_SIZE };

struct evp_pkey_st;

struct public_key {
	enum public_key_kind kind;
	size_t size;
	unsigned char bytes[PUBLIC_KEY_MAX]; /* P-256: the point, uncompressed; RSA: the modulus */
};

/* False for any other kind of key. */
bool public_key_of(struct evp_pkey_st *key, struct public_key *ret);

bool public_key_same(const struct public_key *a, const struct public_key *b);

/* Does the signature hold? ECDSA in DER, whichever s; RSA as in RFC 8017, 8.2. */
bool public_key_verify(const struct public_key *key, struct slice message, struct slice signature);

#endif
