/* SPDX-License-Identifier: Apache-2.0 */
/*
 * SHA-256 by CommonCrypto, which every program of macOS has in its C library (CC_SHA(3cc)).
 */
#include "core/hash.h"

#include <CommonCrypto/CommonDigest.h>
#include <stdlib.h>

/* One call takes its size in 32 bits. */
enum { PART_MAX = 1 << 30 };

struct hash {
	CC_SHA256_CTX running;
};

static void add(CC_SHA256_CTX *running, struct slice bytes)
{
	for (size_t at = 0; at < bytes.size; at += PART_MAX) {
		struct slice part = slice_part(bytes, at, PART_MAX);
		CC_SHA256_Update(running, part.at, (CC_LONG)part.size);
	}
}

struct hash *hash_new(void)
{
	struct hash *h = must_alloc(1, sizeof *h);
	hash_reset(h);
	return h;
}

void hash_free(struct hash *h)
{
	free(h);
}

void hash_add(struct hash *h, struct slice bytes)
{
	add(&h->running, bytes);
}

/* The state is a plain value: its copy is finished, and it goes on itself. */
void hash_peek(const struct hash *h, unsigned char ret[static HASH_SIZE])
{
	CC_SHA256_CTX copy = h->running;
	CC_SHA256_Final(ret, &copy);
}

void hash_reset(struct hash *h)
{
	CC_SHA256_Init(&h->running);
}

void hash_bytes(struct slice bytes, unsigned char ret[static HASH_SIZE])
{
	CC_SHA256_CTX running;
	CC_SHA256_Init(&running);
	add(&running, bytes);
	CC_SHA256_Final(ret, &running);
}
