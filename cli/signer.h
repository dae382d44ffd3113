/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_SIGNER_H
#define CLI_SIGNER_H

#include "analysis/policy.h"
#include "core/file.h"
#include "core/hash.h"
#include "report/signing.h"

/* The key that was named (`key`, `certificate`), else that of [signing] of the policy (NULL: of
 * the user's), else the user's own: both of a pair come from one place. The user's own is made
 * where it is missing, and `ret_made` tells; where there is no place for it, a key of this one run
 * signs, and `ret_once` tells. The passphrase of a key comes as passphrase_from() has it. */
enum status signer_get(const struct policy *policy, const char *key, const char *certificate, const char *passphrase_file,
		       struct signing **ret, bool *ret_made, bool *ret_once, struct error *err) MUST_CHECK;

/* Can that key be used: is it there, does its passphrase fit, is its certificate valid? One that
 * signer_get() would make is not missed. Nothing of it is kept. */
enum status signer_check(const struct policy *policy, const char *key, const char *certificate, const char *passphrase_file,
			 struct error *err) MUST_CHECK;

/* Where the user's own key and certificate lie; false where there is no home. */
bool signer_paths(char ret_key[static FILE_PATH_MAX], char ret_certificate[static FILE_PATH_MAX]);

/* The fingerprint of the certificate that signer_get() would use; "" where there is none yet, or
 * none that can be read. */
void signer_fingerprint(const char *certificate, char ret[static HASH_TEXT_MAX]);

/* "user@host", at most SIGNING_SUBJECT_MAX bytes. */
void signer_subject(char ret[static SIGNING_SUBJECT_MAX + 1]);

#endif
