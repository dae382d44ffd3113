/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_SSHSIG_H
#define REPORT_SSHSIG_H

/*
 * The same signature as OpenSSH writes it (PROTOCOL.sshsig of OpenSSH), for who
 * has ssh-keygen and no OpenSSL. Reading accepts only the form written here, by
 * writing anew what was read and comparing.
 */

#include "report/signing.h"

#define SSHSIG_NAMESPACE "airgap-verify"
#define SSHSIG_IDENTITY "airgap-verify"

enum {
	SSHSIG_SIZE_MAX = 4096, /* of the armored file */
};

struct sshsig {
	struct public_key key;
	unsigned char signature[SIGNING_SIGNATURE_MAX]; /* as signing_sign() gives it */
	size_t signature_size;
};

/* Signs content of that SHA-256; adds the armored file to `ret`. */
enum status sshsig_sign(const struct signing *s, const unsigned char digest[static HASH_SIZE],
			struct text *ret, struct error *err) MUST_CHECK;

/* NULL, or what is wrong. Checks the form, not the signature. */
const char *sshsig_read(struct slice armored, struct sshsig *ret) MUST_CHECK;

/* Does the signature hold over content of that SHA-256, by the key inside it? */
bool sshsig_holds(const struct sshsig *s, const unsigned char digest[static HASH_SIZE]);

/* The one line of a file of allowed signers (ssh-keygen(1), ALLOWED SIGNERS). */
void sshsig_allowed_signers(const struct public_key *key, struct text *out);

#endif
