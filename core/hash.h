/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CORE_HASH_H
#define CORE_HASH_H

/*
 * SHA-256 (FIPS 180-4), over bytes as they come.
 */

#include "core/cursor.h"
#include "core/error.h"

enum { HASH_SIZE = 32, HASH_TEXT_MAX = 2 * HASH_SIZE + 1 };

struct hash; /* opaque */

struct hash *hash_new(void);
void hash_free(struct hash *h); /* NULL-safe */
void hash_add(struct hash *h, struct slice bytes);

/* The hash of all that was added so far; adding may go on afterwards. */
void hash_peek(const struct hash *h, unsigned char ret[static HASH_SIZE]);

/* Starts anew. */
void hash_reset(struct hash *h);

/* Of bytes that are all there; and a hash as 64 small hexadecimal digits. */
void hash_bytes(struct slice bytes, unsigned char ret[static HASH_SIZE]);
void hash_text(const unsigned char digest[static HASH_SIZE], char ret[static HASH_TEXT_MAX]);

/* Everything from the current position of `fd` to its end, and how many bytes
 * that were (`ret_size` may be NULL). Fails where a read fails. */
enum status hash_fd(int fd, unsigned char ret[static HASH_SIZE], uint64_t *ret_size,
		    struct error *err) MUST_CHECK;

#define AUTO_HASH __attribute__((cleanup(hash_auto)))

static inline void hash_auto(struct hash **h)
{
	hash_free(*h);
}

#endif
