/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_SIGNING_TOKEN_H
#define REPORT_SIGNING_TOKEN_H

/*
 * A key that never leaves its PKCS#11 token (a smart card, a TPM, an HSM), by the engine
 * "pkcs11" of OpenSSL (libp11). Which module speaks to the token says PKCS11_MODULE_PATH,
 * else p11-kit.
 */

#include "report/signing.h"

struct evp_pkey_st;

bool signing_token_is(const char *key_path);

/* `uri` as in RFC 7512; the PIN is the passphrase. ERR_UNAVAILABLE where there is no engine. */
enum status signing_token_load(const char *uri, const struct signing_passphrase *pin, struct evp_pkey_st **ret,
			       struct error *err) MUST_CHECK;

#endif
