/* SPDX-License-Identifier: Apache-2.0 */
#include "report/uuid.h"

#include "core/error.h"

#include <openssl/evp.h>
#include <stdio.h>
#include <string.h>

enum { SHA1_SIZE = 20 };

/* Chosen once, at random. */
static const unsigned char name_space[16] = {0x6b, 0x0f, 0x4e, 0x63, 0x9a, 0x1d, 0x4c, 0x27,
					     0x8e, 0x52, 0xd7, 0x31, 0x0a, 0xbb, 0x5c, 0xe4};

void uuid_of(const char *session, const char *kind, struct slice key, char ret[static UUID_TEXT_MAX])
{
	unsigned char b[SHA1_SIZE];
	EVP_MD_CTX *sha1 = EVP_MD_CTX_new();
	/* a NUL behind each part, so that no two sets of parts run together */
	if (!sha1 || !EVP_DigestInit_ex(sha1, EVP_sha1(), NULL) ||
	    !EVP_DigestUpdate(sha1, name_space, sizeof name_space) ||
	    !EVP_DigestUpdate(sha1, session, strlen(session) + 1) || !EVP_DigestUpdate(sha1, kind, strlen(kind) + 1) ||
	    !EVP_DigestUpdate(sha1, key.at ? key.at : (const unsigned char *)"", key.size) ||
	    !EVP_DigestFinal_ex(sha1, b, NULL))
		die("OpenSSL offers no SHA-1, which names in OSCAL are made of");
	EVP_MD_CTX_free(sha1);
	b[6] = (unsigned char)(0x50 | (b[6] & 0x0f));
	b[8] = (unsigned char)(0x80 | (b[8] & 0x3f));
	snprintf(ret, UUID_TEXT_MAX, "%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x", b[0], b[1], b[2],
		 b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11], b[12], b[13], b[14], b[15]);
}
