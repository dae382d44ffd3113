/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The keys of the chain by Security.framework (SecKey.h). It is looked up when the first
 * key is made, not linked: so this builds without the frameworks of Apple's SDK, and the
 * processes that were forked before never have it in them, where it could not be used.
 */
#include "core/key.h"

#include "core/macos/symbols.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define FRAMEWORKS "/System/Library/Frameworks/"

enum {
	KEY_BITS = 256,
	NUMBER_SINT32 = 3,      /* kCFNumberSInt32Type (CFNumber.h) */
	POINT_UNCOMPRESSED = 4, /* SEC 1, 2.3.3 */
	PROPERTIES_MAX = 3,
};

/* CFNumber.h, CFData.h, CFDictionary.h, CFBase.h: every object is a pointer, a CFIndex
 * is a long, a Boolean an unsigned char. */
static struct {
	const void *(*number)(const void *allocator, long kind, const void *value);
	const void *(*data)(const void *allocator, const unsigned char *bytes, long size);
	const unsigned char *(*bytes)(const void *data);
	long (*size)(const void *data);
	const void *(*dictionary)(const void *allocator, const void *const *keys,
				  const void *const *values, long count, const void *key_calls,
				  const void *value_calls);
	void (*release)(const void *object);
	const void *key_calls, *value_calls; /* structures, only handed on */
	const void *const *yes;
} foundation;

/* SecKey.h, SecItem.h. What stands behind `error` may be NULL. */
static struct {
	const void *(*create)(const void *properties, const void **error);
	const void *(*import)(const void *data, const void *properties, const void **error);
	const void *(*public_half)(const void *key);
	const void *(*export)(const void *key, const void **error);
	const void *(*sign)(const void *key, const void *algorithm, const void *data,
			    const void **error);
	unsigned char (*verify)(const void *key, const void *algorithm, const void *data,
				const void *signature, const void **error);
	const void *const *type, *const *type_ec, *const *bits, *const *class, *const *class_public;
	const void *const *in_memory, *const *algorithm;
} security;

static const struct symbol foundation_symbols[] = {
	{"CFNumberCreate", &foundation.number},
	{"CFDataCreate", &foundation.data},
	{"CFDataGetBytePtr", &foundation.bytes},
	{"CFDataGetLength", &foundation.size},
	{"CFDictionaryCreate", &foundation.dictionary},
	{"CFRelease", &foundation.release},
	{"kCFTypeDictionaryKeyCallBacks", &foundation.key_calls},
	{"kCFTypeDictionaryValueCallBacks", &foundation.value_calls},
	{"kCFBooleanTrue", &foundation.yes},
	{NULL, NULL},
};

static const struct symbol security_symbols[] = {
	{"SecKeyCreateRandomKey", &security.create},
	{"SecKeyCreateWithData", &security.import},
	{"SecKeyCopyPublicKey", &security.public_half},
	{"SecKeyCopyExternalRepresentation", &security.export},
	{"SecKeyCreateSignature", &security.sign},
	{"SecKeyVerifySignature", &security.verify},
	{"kSecAttrKeyType", &security.type},
	{"kSecAttrKeyTypeECSECPrimeRandom", &security.type_ec},
	{"kSecAttrKeySizeInBits", &security.bits},
	{"kSecAttrKeyClass", &security.class},
	{"kSecAttrKeyClassPublic", &security.class_public},
	{"kSecUseDataProtectionKeychain", &security.in_memory},
	{"kSecKeyAlgorithmECDSASignatureMessageX962SHA256", &security.algorithm},
	{NULL, NULL},
};

struct key {
	const void *pair;
};

static void load(void)
{
	static bool loaded;
	struct error err = {0};
	if (loaded)
		return;
	if (symbols_load(FRAMEWORKS "CoreFoundation.framework/CoreFoundation", foundation_symbols,
			 &err) ||
	    symbols_load(FRAMEWORKS "Security.framework/Security", security_symbols, &err))
		die("%s", err.text);
	loaded = true;
}

static void release(const void *object)
{
	if (object)
		foundation.release(object);
}

static const void *data_of(struct slice bytes)
{
	const void *data = foundation.data(NULL, bytes.at, (long)bytes.size);
	if (!data)
		die("out of memory (%zu bytes)", bytes.size);
	return data;
}

/* Properties of a P-256 key, and one more. */
static const void *properties_of_key(const void *name, const void *value)
{
	int32_t bits = KEY_BITS;
	const void *number = foundation.number(NULL, NUMBER_SINT32, &bits);
	const void *names[PROPERTIES_MAX] = {*security.type, *security.bits, name};
	const void *values[PROPERTIES_MAX] = {*security.type_ec, number, value};
	const void *properties = number ? foundation.dictionary(NULL, names, values, PROPERTIES_MAX,
								foundation.key_calls,
								foundation.value_calls)
					: NULL;
	release(number);
	if (!properties)
		die("out of memory (the properties of a key)");
	return properties;
}

/* Without kSecAttrIsPermanent nothing of it is kept. The older of the two makers of keys,
 * which would be asked else, takes the key into a keychain process. */
const char *key_kept(void)
{
	return "provider";
}

struct key *key_new(void)
{
	load();
	struct key *k = must_alloc(1, sizeof *k);
	const void *properties = properties_of_key(*security.in_memory, *foundation.yes);
	k->pair = security.create(properties, NULL);
	release(properties);
	if (!k->pair)
		die("cannot make a P-256 key: macOS refuses");
	return k;
}

void key_free(struct key *k)
{
	if (!k)
		return;
	release(k->pair); /* clears the private number */
	free(k);
}

void key_public(const struct key *k, unsigned char ret[static KEY_PUBLIC_SIZE])
{
	const void *half = security.public_half(k->pair);
	const void *point = half ? security.export(half, NULL) : NULL;
	if (!point || foundation.size(point) != KEY_PUBLIC_SIZE)
		die("cannot read a public key: macOS refuses");
	memcpy(ret, foundation.bytes(point), KEY_PUBLIC_SIZE);
	release(point);
	release(half);
}

size_t key_sign(const struct key *k, struct slice message,
		unsigned char ret[static KEY_SIGNATURE_MAX])
{
	const void *data = data_of(message);
	const void *signature = security.sign(k->pair, *security.algorithm, data, NULL);
	release(data);
	if (!signature || foundation.size(signature) > KEY_SIGNATURE_MAX)
		die("cannot sign a checkpoint: macOS refuses");
	size_t size = (size_t)foundation.size(signature);
	memcpy(ret, foundation.bytes(signature), size);
	release(signature);
	return size;
}

bool key_verify(const unsigned char public_key[static KEY_PUBLIC_SIZE], struct slice message,
		struct slice signature)
{
	if (public_key[0] != POINT_UNCOMPRESSED)
		return false;
	load();
	const void *properties = properties_of_key(*security.class, *security.class_public);
	const void *point = data_of(slice_of(public_key, KEY_PUBLIC_SIZE));
	const void *key = security.import(point, properties, NULL);
	const void *data = data_of(message), *der = data_of(signature);
	bool good = key && security.verify(key, *security.algorithm, data, der, NULL);
	release(der);
	release(data);
	release(key);
	release(point);
	release(properties);
	return good;
}
