/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CORE_KEY_H
#define CORE_KEY_H

/*
 * The short-lived keys of the checkpoint chain: ECDSA over P-256 with SHA-256
 * (FIPS 186-4). A public key is the uncompressed point (SEC 1, 2.3.3), a
 * signature is DER (RFC 3279, 2.2.3). The keys that seal a finished session are
 * elsewhere (report/seal): those have certificates.
 */

#include "core/cursor.h"
#include "core/error.h"

enum {
	KEY_PUBLIC_SIZE = 65,
	KEY_SIGNATURE_MAX = 80,
};

struct key; /* opaque; the secret half, in memory only */

struct key *key_new(void);
void key_free(struct key *k); /* NULL-safe; the secret is overwritten */

/* How the secret half is kept: "locked" in memory that is not swapped out and in no core
 * dump; "unlocked" where the system refused that (RLIMIT_MEMLOCK); "provider" where the
 * system's own provider keeps it. Known once a key was made. */
const char *key_kept(void);

/* The public half, as an uncompressed point (SEC 1, 2.3.3). */
void key_public(const struct key *k, unsigned char ret[static KEY_PUBLIC_SIZE]);

/* Signs the SHA-256 of `message`; returns the size of the signature. */
size_t key_sign(const struct key *k, struct slice message,
		unsigned char ret[static KEY_SIGNATURE_MAX]);

/* Does the signature over the SHA-256 of `message` hold? False, too, for bytes that are no key
 * or no signature. */
bool key_verify(const unsigned char public_key[static KEY_PUBLIC_SIZE], struct slice message,
		struct slice signature);

#endif
