/* SPDX-License-Identifier: Apache-2.0 */
/*
 * SHA-256 by the provider that Windows brings along (Cryptography API: Next
 * Generation, bcrypt.h).
 */
#include "core/hash.h"

#include <windows.h>

#include <bcrypt.h>
#include <stdlib.h>

/* A BCrypt call takes its size in 32 bits. */
enum { PART_MAX = 1 << 30 };

struct hash {
	BCRYPT_HASH_HANDLE running;
};

static BCRYPT_ALG_HANDLE sha256(void)
{
	static BCRYPT_ALG_HANDLE found;
	if (!found && BCryptOpenAlgorithmProvider(&found, BCRYPT_SHA256_ALGORITHM, NULL, 0) < 0)
		die("SHA-256 is not available from Windows here");
	return found;
}

static BCRYPT_HASH_HANDLE start(void)
{
	BCRYPT_HASH_HANDLE running = NULL;
	if (BCryptCreateHash(sha256(), &running, NULL, 0, NULL, 0, 0) < 0)
		die("SHA-256 failed");
	return running;
}

/* Ends `running` and destroys it. */
static void finish(BCRYPT_HASH_HANDLE running, unsigned char ret[static HASH_SIZE])
{
	if (BCryptFinishHash(running, ret, HASH_SIZE, 0) < 0)
		die("SHA-256 failed");
	BCryptDestroyHash(running);
}

struct hash *hash_new(void)
{
	struct hash *h = must_alloc(1, sizeof *h);
	h->running = start();
	return h;
}

void hash_free(struct hash *h)
{
	if (!h)
		return;
	BCryptDestroyHash(h->running);
	free(h);
}

static void add(BCRYPT_HASH_HANDLE running, struct slice bytes)
{
	for (size_t at = 0; at < bytes.size; at += PART_MAX) {
		struct slice part = slice_part(bytes, at, PART_MAX);
		if (BCryptHashData(running, (unsigned char *)(uintptr_t)part.at, (ULONG)part.size, 0) < 0)
			die("SHA-256 failed");
	}
}

void hash_add(struct hash *h, struct slice bytes)
{
	add(h->running, bytes);
}

void hash_peek(const struct hash *h, unsigned char ret[static HASH_SIZE])
{
	BCRYPT_HASH_HANDLE copy = NULL;
	if (BCryptDuplicateHash(h->running, &copy, NULL, 0, 0) < 0)
		die("SHA-256 failed");
	finish(copy, ret);
}

void hash_reset(struct hash *h)
{
	BCryptDestroyHash(h->running);
	h->running = start();
}

void hash_bytes(struct slice bytes, unsigned char ret[static HASH_SIZE])
{
	BCRYPT_HASH_HANDLE running = start();
	add(running, bytes);
	finish(running, ret);
}
