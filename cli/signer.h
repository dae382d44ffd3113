/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_SIGNER_H
#define CLI_SIGNER_H

#include "analysis/policy.h"
#include "core/file.h"
#include "core/hash.h"
#include "report/signing.h"

/* What a command was told of the key to sign with; NULL, or "": nothing. */
struct signer_named {
	const struct policy *policy; /* NULL: the user's */
	const char *key, *certificate;
	const char *passphrase_file; /* as passphrase_from() has it */
};

enum signer_origin {
	SIGNER_FOUND,
	SIGNER_MADE, /* the user's own, which was missing */
	SIGNER_ONCE, /* of this one run: there is no place for one of the user's */
};

/* The key that was named, else that of [signing] of the policy, else the user's own, which is
 * made where it is missing: both of a pair come from one place. The caller frees `ret`;
 * `ret_origin` may be NULL. */
enum status signer_get(const struct signer_named *named, struct signing **ret, enum signer_origin *ret_origin,
		       struct error *err) MUST_CHECK;

/* Can that key be used: is it there, does its passphrase fit, is its certificate valid? One that
 * signer_get() would make is not missed. Nothing of it is kept. */
enum status signer_check(const struct signer_named *named, struct error *err) MUST_CHECK;

/* Where the user's own key and certificate lie; false where there is no home. */
bool signer_paths(char ret_key[static FILE_PATH_MAX], char ret_certificate[static FILE_PATH_MAX]);

/* The fingerprint of the certificate that signer_get() would use; "" where there is none yet, or
 * none that can be read. */
void signer_fingerprint(const char *certificate, char ret[static HASH_TEXT_MAX]);

/* "user@host", at most SIGNING_SUBJECT_MAX bytes. */
void signer_subject(char ret[static SIGNING_SUBJECT_MAX + 1]);

#endif
