/* SPDX-License-Identifier: Apache-2.0 */
/* OpenSSL 3 calls engines deprecated; the providers in their place are not packaged
 * everywhere yet. */
#define OPENSSL_SUPPRESS_DEPRECATED
#include "report/signing_token.h"

#include <openssl/crypto.h>
#include <openssl/engine.h>
#include <openssl/err.h>

bool signing_token_is(const char *key_path)
{
	return slice_starts(slice_of_string(key_path), "pkcs11:");
}

#ifdef OPENSSL_NO_ENGINE

enum status signing_token_load(const char *uri, const struct signing_passphrase *pin, struct evp_pkey_st **ret,
			       struct error *err)
{
	(void)pin;
	*ret = NULL;
	return fail(err, ERR_UNAVAILABLE, "%s: the OpenSSL of this build has no engines for tokens", uri);
}

#else

/* The key keeps the engine alive once it is loaded. */
static enum status load(ENGINE *engine, const char *uri, const struct signing_passphrase *pin, EVP_PKEY **ret,
			struct error *err)
{
	char word[SIGNING_PASSPHRASE_MAX];
	if (ENGINE_init(engine) != 1)
		return fail(err, ERR_UNAVAILABLE, "%s: the token's module cannot be loaded (PKCS11_MODULE_PATH names it)", uri);
	enum status status = pin->get(pin->from, uri, false, word, err);
	if (!status) {
		bool taken = ENGINE_ctrl_cmd_string(engine, "PIN", word, 0) == 1;
		*ret = taken ? ENGINE_load_private_key(engine, uri, NULL, NULL) : NULL;
		if (!*ret)
			status = fail(err, ERR_CONFIG, "%s: no such key on the token, or a wrong PIN (pkcs11-tool --list-objects "
				      "shows its keys, --keypairgen makes one there)", uri);
	}
	OPENSSL_cleanse(word, sizeof word);
	ENGINE_finish(engine);
	return status;
}

enum status signing_token_load(const char *uri, const struct signing_passphrase *pin, struct evp_pkey_st **ret,
			       struct error *err)
{
	*ret = NULL;
	if (!pin)
		return fail(err, ERR_CONFIG, "%s: needs a PIN", uri);
	ENGINE_load_dynamic();
	ENGINE *engine = ENGINE_by_id("pkcs11");
	enum status status = engine ? load(engine, uri, pin, ret, err)
				    : fail(err, ERR_UNAVAILABLE, "%s: OpenSSL has no engine for tokens here; install libp11 "
					   "(libengine-pkcs11-openssl, openssl-pkcs11)", uri);
	ENGINE_free(engine);
	ERR_clear_error();
	return status;
}

#endif
