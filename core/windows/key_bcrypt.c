/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The keys of the chain by the provider that Windows brings along (Cryptography API:
 * Next Generation, bcrypt.h).
 */
#include "core/key.h"

#include "core/hash.h"
#include "core/windows/signature.h"

#include <windows.h>

#include <bcrypt.h>
#include <stdlib.h>
#include <string.h>

enum {
	HALF = KEY_PUBLIC_SIZE / 2, /* one coordinate */
	POINT_UNCOMPRESSED = 4,     /* SEC 1, 2.3.3 */
};

struct key {
	BCRYPT_KEY_HANDLE pair;
};

/* BCRYPT_ECCPUBLIC_BLOB */
struct public_blob {
	BCRYPT_ECCKEY_BLOB head;
	unsigned char point[2 * HALF];
};

static BCRYPT_ALG_HANDLE p256(void)
{
	static BCRYPT_ALG_HANDLE found;
	if (!found && BCryptOpenAlgorithmProvider(&found, BCRYPT_ECDSA_P256_ALGORITHM, NULL, 0) < 0)
		die("ECDSA over P-256 is not available from Windows here");
	return found;
}

const char *key_kept(void)
{
	return "provider";
}

struct key *key_new(void)
{
	struct key *k = must_alloc(1, sizeof *k);
	if (BCryptGenerateKeyPair(p256(), &k->pair, 256, 0) < 0 ||
	    BCryptFinalizeKeyPair(k->pair, 0) < 0)
		die("cannot make a P-256 key: Windows refuses");
	return k;
}

void key_free(struct key *k)
{
	if (!k)
		return;
	BCryptDestroyKey(k->pair); /* clears the private number */
	free(k);
}

void key_public(const struct key *k, unsigned char ret[static KEY_PUBLIC_SIZE])
{
	struct public_blob blob;
	ULONG size = 0;
	if (BCryptExportKey(k->pair, NULL, BCRYPT_ECCPUBLIC_BLOB, (unsigned char *)&blob, sizeof blob,
			    &size, 0) < 0 ||
	    size != sizeof blob || blob.head.cbKey != HALF)
		die("cannot read a public key: Windows refuses");
	ret[0] = POINT_UNCOMPRESSED;
	memcpy(ret + 1, blob.point, sizeof blob.point);
}

size_t key_sign(const struct key *k, struct slice message,
		unsigned char ret[static KEY_SIGNATURE_MAX])
{
	unsigned char digest[HASH_SIZE], pair[SIGNATURE_PAIR_SIZE];
	ULONG size = 0;
	hash_bytes(message, digest);
	if (BCryptSignHash(k->pair, NULL, digest, sizeof digest, pair, sizeof pair, &size, 0) < 0 ||
	    size != sizeof pair)
		die("cannot sign a checkpoint: Windows refuses");
	return signature_to_der(pair, ret);
}

bool key_verify(const unsigned char public_key[static KEY_PUBLIC_SIZE], struct slice message,
		struct slice signature)
{
	unsigned char digest[HASH_SIZE], pair[SIGNATURE_PAIR_SIZE];
	struct public_blob blob = {.head = {BCRYPT_ECDSA_PUBLIC_P256_MAGIC, HALF}};
	BCRYPT_KEY_HANDLE key = NULL;
	if (public_key[0] != POINT_UNCOMPRESSED || !signature_from_der(signature, pair))
		return false;
	memcpy(blob.point, public_key + 1, sizeof blob.point);
	if (BCryptImportKeyPair(p256(), NULL, BCRYPT_ECCPUBLIC_BLOB, &key, (unsigned char *)&blob,
				sizeof blob, 0) < 0)
		return false;
	hash_bytes(message, digest);
	bool good = BCryptVerifySignature(key, NULL, digest, sizeof digest, pair, sizeof pair, 0) >= 0;
	BCryptDestroyKey(key);
	return good;
}
