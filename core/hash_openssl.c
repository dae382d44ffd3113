/* SPDX-License-Identifier: Apache-2.0 */
#include "core/hash.h"

#include <openssl/evp.h>
#include <pthread.h>
#include <stdlib.h>

struct hash {
	EVP_MD_CTX *running, *copy;
};

static EVP_MD *found;

static void look_up(void)
{
	found = EVP_MD_fetch(NULL, "SHA256", NULL);
}

/* Looked up once, by whichever thread comes first: to be asked for it anew costs more than a
 * short hash. */
static const EVP_MD *sha256(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	pthread_once(&once, look_up);
	if (!found)
		die("SHA-256 is not available from OpenSSL here");
	return found;
}

struct hash *hash_new(void)
{
	struct hash *h = must_alloc(1, sizeof *h);
	h->running = EVP_MD_CTX_new();
	h->copy = EVP_MD_CTX_new();
	if (!h->running || !h->copy)
		die("out of memory (SHA-256)");
	hash_reset(h);
	return h;
}

void hash_free(struct hash *h)
{
	if (!h)
		return;
	EVP_MD_CTX_free(h->running);
	EVP_MD_CTX_free(h->copy);
	free(h);
}

void hash_add(struct hash *h, struct slice bytes)
{
	if (bytes.size && EVP_DigestUpdate(h->running, bytes.at, bytes.size) != 1)
		die("SHA-256 failed");
}

void hash_peek(const struct hash *h, unsigned char ret[static HASH_SIZE])
{
	if (EVP_MD_CTX_copy_ex(h->copy, h->running) != 1 ||
	    EVP_DigestFinal_ex(h->copy, ret, NULL) != 1)
		die("SHA-256 failed");
}

void hash_reset(struct hash *h)
{
	if (EVP_DigestInit_ex(h->running, sha256(), NULL) != 1)
		die("SHA-256 failed");
}

void hash_bytes(struct slice bytes, unsigned char ret[static HASH_SIZE])
{
	if (EVP_Digest(bytes.size ? bytes.at : (const unsigned char *)"", bytes.size, ret, NULL, sha256(),
		       NULL) != 1)
		die("SHA-256 failed");
}
