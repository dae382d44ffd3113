/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REDACT_SECRET_H
#define REDACT_SECRET_H

/*
 * The site's secret that pseudonyms are made with: HMAC-SHA-256 (RFC 2104, FIPS 198-1).
 * Without it nobody can try names until a pseudonym fits, as with a bare hash; with it the
 * site itself can. It is kept in a file of its own (0600), never in a copy.
 */

#include "core/cursor.h"
#include "core/error.h"
#include "core/hash.h"

enum { SECRET_SIZE = 32 };

struct secret; /* opaque; overwritten when freed */

struct secret *secret_new(const unsigned char key[static SECRET_SIZE]);
void secret_free(struct secret *s); /* NULL-safe */

/* Reads 64 hexadecimal digits from a file that nobody else may read (ERR_PERMISSION), or,
 * where it is not there, makes it of random bytes; `ret_made` tells. */
enum status secret_open(const char *path, struct secret **ret, bool *ret_made, struct error *err) MUST_CHECK;

/* `size` bytes that hang on the secret, on what they are for (a constant) and on `bytes`. */
void secret_stream(const struct secret *s, const char *use, uint32_t counter, struct slice bytes, unsigned char ret[],
		   size_t size);

#endif
