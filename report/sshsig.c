/* SPDX-License-Identifier: Apache-2.0 */
/*
 * PROTOCOL.sshsig; strings and integers by RFC 4251, section 5; ECDSA keys and
 * signatures by RFC 5656, 3.1, those of RSA by RFC 4253, 6.6, and RFC 8332. The armor holds in base64, 70 characters a line:
 *
 *   "SSHSIG"  uint32 1
 *   string    public key: string "ecdsa-sha2-nistp256", string "nistp256", string Q
 *   string    namespace
 *   string    reserved, empty
 *   string    "sha256", the hash of the content
 *   string    signature: string "ecdsa-sha2-nistp256", string (mpint r, mpint s)
 *
 * or, for RSA, string "ssh-rsa", mpint e, mpint n as the key, and string "rsa-sha2-256" and
 * the signature's bytes;
 *
 *
 * and what is signed is "SSHSIG", namespace, reserved, hash name, and the hash.
 * The bytes of an mpint above zero are those of a DER INTEGER.
 */
#include "report/sshsig.h"

#include "report/base64.h"
#include "report/der.h"

#include <string.h>

enum {
	BLOB_MAX = 2048,
	LINE_SIZE = 70,
	NUMBER_MAX = 33,
};

#define MAGIC SLICE("SSHSIG")
#define KEY_TYPE SLICE("ecdsa-sha2-nistp256")
#define RSA_TYPE SLICE("ssh-rsa")
#define RSA_SIGNATURE_TYPE SLICE("rsa-sha2-256")
#define RSA_EXPONENT SLICE("\x01\x00\x01")
#define CURVE SLICE("nistp256")
#define HASH_NAME SLICE("sha256")
#define BEGIN "-----BEGIN SSH SIGNATURE-----\n"
#define END "-----END SSH SIGNATURE-----\n"

static void add_u32(struct text *out, size_t value)
{
	for (int shift = 24; shift >= 0; shift -= 8)
		text_add_char(out, (char)(value >> shift & 0xff));
}

static void add_string(struct text *out, struct slice bytes)
{
	add_u32(out, bytes.size);
	text_add(out, bytes);
}

static struct slice key_type(const struct public_key *key)
{
	return key->kind == PUBLIC_KEY_P256 ? KEY_TYPE : RSA_TYPE;
}

static void add_public_key(struct text *out, const struct public_key *key)
{
	unsigned char modulus[1 + PUBLIC_KEY_RSA_SIZE] = {0}; /* an mpint: its top bit is set */
	add_string(out, key_type(key));
	if (key->kind == PUBLIC_KEY_P256) {
		add_string(out, CURVE);
		add_string(out, slice_of(key->bytes, key->size));
		return;
	}
	memcpy(modulus + 1, key->bytes, PUBLIC_KEY_RSA_SIZE);
	add_string(out, RSA_EXPONENT);
	add_string(out, slice_of(modulus, sizeof modulus));
}

static void add_signed(struct text *out, const unsigned char digest[static HASH_SIZE])
{
	text_add(out, MAGIC);
	add_string(out, SLICE(SSHSIG_NAMESPACE));
	add_string(out, SLICE(""));
	add_string(out, HASH_NAME);
	add_string(out, slice_of(digest, HASH_SIZE));
}

/* The two numbers of a signature in DER, as two mpints. */
static bool add_numbers(struct text *out, struct slice der)
{
	struct cursor c = cursor_over(der), both;
	struct slice r, s;
	if (!der_enter(&c, DER_SEQUENCE, &both) || !der_take(&both, DER_INTEGER, &r) ||
	    !der_take(&both, DER_INTEGER, &s))
		return false;
	add_string(out, r);
	add_string(out, s);
	return true;
}

/* What stands in the last string; false where the signature is not in DER. */
static bool add_signature(struct text *out, const struct sshsig *sig)
{
	AUTO_TEXT struct text numbers = text_make(BLOB_MAX);
	struct slice signature = slice_of(sig->signature, sig->signature_size);
	bool rsa = sig->key.kind == PUBLIC_KEY_RSA3072;
	if (!rsa && !add_numbers(&numbers, signature))
		return false;
	add_string(out, rsa ? RSA_SIGNATURE_TYPE : KEY_TYPE);
	add_string(out, rsa ? signature : text_slice(&numbers));
	return true;
}

/* The whole file. */
static bool add_all(struct text *out, const struct sshsig *sig)
{
	AUTO_TEXT struct text blob = text_make(BLOB_MAX), part = text_make(BLOB_MAX);
	AUTO_TEXT struct text base64 = text_make(SSHSIG_SIZE_MAX);
	text_add(&blob, MAGIC);
	add_u32(&blob, 1);
	add_public_key(&part, &sig->key);
	add_string(&blob, text_slice(&part));
	add_string(&blob, SLICE(SSHSIG_NAMESPACE));
	add_string(&blob, SLICE(""));
	add_string(&blob, HASH_NAME);
	text_clear(&part);
	if (!add_signature(&part, sig))
		return false;
	add_string(&blob, text_slice(&part));
	base64_add(&base64, text_slice(&blob));

	text_add_string(out, BEGIN);
	struct cursor c = cursor_over(text_slice(&base64));
	while (cursor_left(&c) > 0) {
		size_t size = cursor_left(&c) < LINE_SIZE ? cursor_left(&c) : LINE_SIZE;
		text_add(out, cursor_take(&c, size));
		text_add_char(out, '\n');
	}
	text_add_string(out, END);
	return !out->overflow;
}

enum status sshsig_sign(const struct signing *s, const unsigned char digest[static HASH_SIZE],
			struct text *ret, struct error *err)
{
	struct sshsig sig = {0};
	AUTO_TEXT struct text message = text_make(BLOB_MAX);
	sig.key = signing_certificate(s)->key;
	add_signed(&message, digest);
	enum status status =
		signing_sign(s, text_slice(&message), sig.signature, &sig.signature_size, err);
	if (status)
		return status;
	if (!add_all(ret, &sig))
		return fail(err, ERR_INTERNAL, "cannot write an SSH signature");
	return OK;
}

bool sshsig_holds(const struct sshsig *s, const unsigned char digest[static HASH_SIZE])
{
	AUTO_TEXT struct text message = text_make(BLOB_MAX);
	add_signed(&message, digest);
	return signing_verify(&s->key, text_slice(&message),
			      slice_of(s->signature, s->signature_size));
}

void sshsig_allowed_signers(const struct public_key *of, struct text *out)
{
	AUTO_TEXT struct text key = text_make(BLOB_MAX);
	add_public_key(&key, of);
	text_add_string(out, SSHSIG_IDENTITY " namespaces=\"" SSHSIG_NAMESPACE "\" ");
	text_add(out, key_type(of));
	text_add_char(out, ' ');
	base64_add(out, text_slice(&key));
	text_add_char(out, '\n');
}

/* The base64 between the two marks, decoded. */
static bool unarmor(struct slice armored, struct text *ret)
{
	AUTO_TEXT struct text base64 = text_make(BLOB_MAX);
	struct cursor c = cursor_over(armored);
	struct slice line;
	if (!cursor_line(&c, &line, NULL) || !slice_starts(line, "-----BEGIN "))
		return false;
	while (cursor_line(&c, &line, NULL) && !slice_starts(line, "-----END "))
		text_add(&base64, line);
	return base64.size > 0 && !base64.overflow && base64_read(text_slice(&base64), ret);
}

static struct cursor take_string(struct cursor *c)
{
	return cursor_child(c, cursor_be32(c));
}

static bool add_der_number(struct text *out, struct cursor *numbers)
{
	struct cursor number = take_string(numbers);
	struct slice bytes = cursor_rest(&number);
	if (numbers->short_read || bytes.size == 0 || bytes.size > NUMBER_MAX)
		return false;
	der_add(out, DER_INTEGER, bytes);
	return true;
}

static bool read_point(struct cursor *key, struct public_key *ret)
{
	take_string(key);
	struct cursor point = take_string(key);
	ret->kind = PUBLIC_KEY_P256;
	ret->size = KEY_PUBLIC_SIZE;
	if (cursor_left(&point) != KEY_PUBLIC_SIZE)
		return false;
	memcpy(ret->bytes, cursor_rest(&point).at, KEY_PUBLIC_SIZE);
	return true;
}

static bool read_modulus(struct cursor *key, struct public_key *ret)
{
	take_string(key);
	struct cursor modulus = take_string(key);
	ret->kind = PUBLIC_KEY_RSA3072;
	ret->size = PUBLIC_KEY_RSA_SIZE;
	if (cursor_left(&modulus) != 1 + PUBLIC_KEY_RSA_SIZE)
		return false;
	cursor_skip(&modulus, 1);
	memcpy(ret->bytes, cursor_rest(&modulus).at, PUBLIC_KEY_RSA_SIZE);
	return true;
}

/* As DER, from the two mpints; of RSA as it stands. */
static bool read_signature(struct cursor *signature, enum public_key_kind kind, struct text *ret)
{
	AUTO_TEXT struct text both = text_make(SIGNING_SIGNATURE_MAX);
	take_string(signature);
	struct cursor value = take_string(signature);
	if (kind == PUBLIC_KEY_RSA3072)
		text_add(ret, cursor_rest(&value));
	else if (add_der_number(&both, &value) && add_der_number(&both, &value))
		der_add(ret, DER_SEQUENCE, text_slice(&both));
	return !signature->short_read && ret->size > 0 && !ret->overflow;
}

static bool read_blob(struct slice blob, struct sshsig *ret)
{
	struct cursor c = cursor_over(blob);
	cursor_skip(&c, MAGIC.size);
	cursor_skip(&c, sizeof(uint32_t));
	struct cursor key = take_string(&c), type = take_string(&key);
	for (int i = 0; i < 3; i++) /* namespace, reserved, hash name */
		take_string(&c);
	struct cursor signature = take_string(&c);
	bool rsa = slice_equal(cursor_rest(&type), RSA_TYPE);
	if (c.short_read || !(rsa ? read_modulus(&key, &ret->key) : read_point(&key, &ret->key)))
		return false;
	AUTO_TEXT struct text value = text_make(SIGNING_SIGNATURE_MAX);
	if (!read_signature(&signature, ret->key.kind, &value))
		return false;
	memcpy(ret->signature, value.at, value.size);
	ret->signature_size = value.size;
	return true;
}

const char *sshsig_read(struct slice armored, struct sshsig *ret)
{
	AUTO_TEXT struct text blob = text_make(BLOB_MAX);
	*ret = (struct sshsig){0};
	if (armored.size > SSHSIG_SIZE_MAX || !unarmor(armored, &blob) ||
	    !read_blob(text_slice(&blob), ret))
		return "cannot be read as an SSH signature";
	AUTO_TEXT struct text again = text_make(SSHSIG_SIZE_MAX);
	if (!add_all(&again, ret) || !slice_equal(text_slice(&again), armored))
		return "is not, byte for byte, a signature as it was written";
	return NULL;
}
