/* SPDX-License-Identifier: Apache-2.0 */
#include "core/key.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <stdlib.h>


struct key {
	EVP_PKEY *pair;
};

/* Room for two keys and what signing takes for the moment, far below the 64 KiB that
 * every process may lock. */
enum { HEAP_SIZE = 32768, HEAP_PIECE = 32 };

/* OpenSSL keeps the private numbers of EC keys, and what signing derives from them, in its
 * secure heap where there is one: locked, left out of core dumps, between pages that
 * nobody may touch, and cleared when freed (OPENSSL_secure_malloc(3)). */
static bool make_heap(void)
{
	static int made = -1;
	if (made < 0)
		made = CRYPTO_secure_malloc_initialized() ? 1 : CRYPTO_secure_malloc_init(HEAP_SIZE, HEAP_PIECE);
	return made == 1; /* 2: made, but not locked */
}

const char *key_kept(void)
{
	return make_heap() ? "locked" : "unlocked";
}

struct key *key_new(void)
{
	struct key *k = must_alloc(1, sizeof *k);
	(void)make_heap();
	k->pair = EVP_EC_gen("P-256");
	if (!k->pair)
		die("cannot make a P-256 key: OpenSSL refuses");
	return k;
}

void key_free(struct key *k)
{
	if (!k)
		return;
	EVP_PKEY_free(k->pair); /* clears the private number */
	free(k);
}

void key_public(const struct key *k, unsigned char ret[static KEY_PUBLIC_SIZE])
{
	size_t size = 0;
	if (EVP_PKEY_get_octet_string_param(k->pair, OSSL_PKEY_PARAM_PUB_KEY, ret, KEY_PUBLIC_SIZE,
					    &size) != 1 ||
	    size != KEY_PUBLIC_SIZE)
		die("cannot read a public key: OpenSSL refuses");
}

size_t key_sign(const struct key *k, struct slice message,
		unsigned char ret[static KEY_SIGNATURE_MAX])
{
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	size_t size = KEY_SIGNATURE_MAX;
	bool made = context &&
		    EVP_DigestSignInit(context, NULL, EVP_sha256(), NULL, k->pair) == 1 &&
		    EVP_DigestSign(context, ret, &size, message.at, message.size) == 1;
	EVP_MD_CTX_free(context);
	if (!made)
		die("cannot sign a checkpoint: OpenSSL refuses");
	return size;
}

enum { POINT_UNCOMPRESSED = 4 /* SEC 1, 2.3.3; OpenSSL would take the hybrid forms too */ };

static EVP_PKEY *public_pkey(const unsigned char point[static KEY_PUBLIC_SIZE])
{
	if (point[0] != POINT_UNCOMPRESSED)
		return NULL;
	EVP_PKEY *key = NULL;
	OSSL_PARAM params[] = {
		OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, (char[]){"P-256"}, 0),
		OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, (void *)point,
						  KEY_PUBLIC_SIZE),
		OSSL_PARAM_construct_end(),
	};
	EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(NULL, "EC", NULL);
	if (context && EVP_PKEY_fromdata_init(context) == 1)
		(void)EVP_PKEY_fromdata(context, &key, EVP_PKEY_PUBLIC_KEY, params);
	EVP_PKEY_CTX_free(context);
	return key;
}

bool key_verify(const unsigned char public_key[static KEY_PUBLIC_SIZE], struct slice message,
		struct slice signature)
{
	EVP_PKEY *key = public_pkey(public_key);
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	bool good = key && context &&
		    EVP_DigestVerifyInit(context, NULL, EVP_sha256(), NULL, key) == 1 &&
		    EVP_DigestVerify(context, signature.at, signature.size, message.at,
				     message.size) == 1;
	EVP_MD_CTX_free(context);
	EVP_PKEY_free(key);
	return good;
}
