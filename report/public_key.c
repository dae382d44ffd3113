/* SPDX-License-Identifier: Apache-2.0 */
#include "report/public_key.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <string.h>

enum {
	UNCOMPRESSED = 4, /* OpenSSL would take the hybrid forms 6 and 7 (SEC 1, 2.3.4) as well */
	EXPONENT = 65537,
	TOP_BIT = 0x80,
};

static bool read_point(EVP_PKEY *key, struct public_key *ret)
{
	char group[32] = "";
	size_t size = 0;
	ret->kind = PUBLIC_KEY_P256;
	ret->size = KEY_PUBLIC_SIZE;
	return EVP_PKEY_get_group_name(key, group, sizeof group, &size) == 1 && !strcmp(group, "prime256v1") &&
	       EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_ENCODED_PUBLIC_KEY, ret->bytes, KEY_PUBLIC_SIZE,
					       &size) == 1 &&
	       size == KEY_PUBLIC_SIZE;
}

static bool read_modulus(EVP_PKEY *key, struct public_key *ret)
{
	BIGNUM *modulus = NULL, *exponent = NULL;
	ret->kind = PUBLIC_KEY_RSA3072;
	ret->size = PUBLIC_KEY_RSA_SIZE;
	bool read = EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_N, &modulus) == 1 &&
		    EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_E, &exponent) == 1 &&
		    BN_is_word(exponent, EXPONENT) && BN_num_bits(modulus) == 8 * PUBLIC_KEY_RSA_SIZE &&
		    BN_bn2binpad(modulus, ret->bytes, PUBLIC_KEY_RSA_SIZE) == PUBLIC_KEY_RSA_SIZE;
	BN_free(modulus);
	BN_free(exponent);
	return read;
}

bool public_key_of(struct evp_pkey_st *key, struct public_key *ret)
{
	*ret = (struct public_key){0};
	int type = key ? EVP_PKEY_get_base_id(key) : EVP_PKEY_NONE;
	bool read = (type == EVP_PKEY_EC && read_point(key, ret)) || (type == EVP_PKEY_RSA && read_modulus(key, ret));
	ERR_clear_error();
	return read;
}

bool public_key_same(const struct public_key *a, const struct public_key *b)
{
	return a->kind == b->kind && a->size == b->size && memcmp(a->bytes, b->bytes, a->size) == 0;
}

/* Owned by the caller; NULL where there can be no such key. */
static EVP_PKEY *rsa_key(const struct public_key *key)
{
	EVP_PKEY *ret = NULL;
	BIGNUM *modulus = BN_bin2bn(key->bytes, PUBLIC_KEY_RSA_SIZE, NULL);
	OSSL_PARAM_BLD *build = OSSL_PARAM_BLD_new();
	OSSL_PARAM *params = NULL;
	EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(NULL, "RSA", NULL);
	if (modulus && build && OSSL_PARAM_BLD_push_BN(build, OSSL_PKEY_PARAM_RSA_N, modulus) &&
	    OSSL_PARAM_BLD_push_uint(build, OSSL_PKEY_PARAM_RSA_E, EXPONENT))
		params = OSSL_PARAM_BLD_to_param(build);
	if (params && context && EVP_PKEY_fromdata_init(context) == 1)
		EVP_PKEY_fromdata(context, &ret, EVP_PKEY_PUBLIC_KEY, params);
	EVP_PKEY_CTX_free(context);
	OSSL_PARAM_free(params);
	OSSL_PARAM_BLD_free(build);
	BN_free(modulus);
	return ret;
}

static bool rsa_verify(const struct public_key *key, struct slice message, struct slice signature)
{
	/* shorter and longer ones would be the same number */
	if (key->size != PUBLIC_KEY_RSA_SIZE || !(key->bytes[0] & TOP_BIT) || signature.size != PUBLIC_KEY_RSA_SIZE)
		return false;
	EVP_PKEY *pkey = rsa_key(key);
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	bool good = pkey && context && EVP_DigestVerifyInit(context, NULL, EVP_sha256(), NULL, pkey) == 1 &&
		    EVP_DigestVerify(context, signature.at, signature.size, message.at, message.size) == 1;
	EVP_MD_CTX_free(context);
	EVP_PKEY_free(pkey);
	return good;
}

bool public_key_verify(const struct public_key *key, struct slice message, struct slice signature)
{
	bool good = key->kind == PUBLIC_KEY_RSA3072
			    ? rsa_verify(key, message, signature)
			    : key->bytes[0] == UNCOMPRESSED && key_verify(key->bytes, message, signature);
	ERR_clear_error();
	return good;
}
