/* SPDX-License-Identifier: Apache-2.0 */
/*
 * PROTOCOL.sshsig; strings and integers by RFC 4251, section 5; ECDSA keys and
 * signatures by RFC 5656, 3.1. The armor holds in base64, 70 characters a line:
 *
 *   "SSHSIG"  uint32 1
 *   string    public key: string "ecdsa-sha2-nistp256", string "nistp256", string Q
 *   string    namespace
 *   string    reserved, empty
 *   string    "sha256", the hash of the content
 *   string    signature: string "ecdsa-sha2-nistp256", string (mpint r, mpint s)
 *
 * and what is signed is "SSHSIG", namespace, reserved, hash name, and the hash.
 * The bytes of an mpint above zero are those of a DER INTEGER.
 */
#include "report/sshsig.h"

#include "report/base64.h"
#include "report/der.h"

#include <string.h>

enum {
	BLOB_MAX = 1024,
	LINE_SIZE = 70,
	NUMBER_MAX = 33,
};

#define MAGIC SLICE("SSHSIG")
#define KEY_TYPE SLICE("ecdsa-sha2-nistp256")
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

static void add_public_key(struct text *out, const unsigned char point[static KEY_PUBLIC_SIZE])
{
	add_string(out, KEY_TYPE);
	add_string(out, CURVE);
	add_string(out, slice_of(point, KEY_PUBLIC_SIZE));
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

/* The whole file. */
static bool add_all(struct text *out, const struct sshsig *sig)
{
	AUTO_TEXT struct text blob = text_make(BLOB_MAX), part = text_make(BLOB_MAX);
	AUTO_TEXT struct text numbers = text_make(BLOB_MAX), base64 = text_make(SSHSIG_SIZE_MAX);
	if (!add_numbers(&numbers, slice_of(sig->signature, sig->signature_size)))
		return false;
	text_add(&blob, MAGIC);
	add_u32(&blob, 1);
	add_public_key(&part, sig->point);
	add_string(&blob, text_slice(&part));
	add_string(&blob, SLICE(SSHSIG_NAMESPACE));
	add_string(&blob, SLICE(""));
	add_string(&blob, HASH_NAME);
	text_clear(&part);
	add_string(&part, KEY_TYPE);
	add_string(&part, text_slice(&numbers));
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
	memcpy(sig.point, signing_certificate(s)->point, KEY_PUBLIC_SIZE);
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
	return signing_verify(s->point, text_slice(&message),
			      slice_of(s->signature, s->signature_size));
}

void sshsig_allowed_signers(const unsigned char point[static KEY_PUBLIC_SIZE], struct text *out)
{
	AUTO_TEXT struct text key = text_make(BLOB_MAX);
	add_public_key(&key, point);
	text_add_string(out, SSHSIG_IDENTITY " namespaces=\"" SSHSIG_NAMESPACE "\" ");
	text_add(out, KEY_TYPE);
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

static bool read_blob(struct slice blob, struct sshsig *ret)
{
	struct cursor c = cursor_over(blob);
	cursor_skip(&c, MAGIC.size);
	cursor_skip(&c, sizeof(uint32_t));
	struct cursor key = take_string(&c);
	take_string(&key);
	take_string(&key);
	struct cursor point = take_string(&key);
	for (int i = 0; i < 3; i++) /* namespace, reserved, hash name */
		take_string(&c);
	struct cursor signature = take_string(&c);
	take_string(&signature);
	struct cursor numbers = take_string(&signature);
	if (c.short_read || cursor_left(&point) != KEY_PUBLIC_SIZE)
		return false;
	memcpy(ret->point, cursor_rest(&point).at, KEY_PUBLIC_SIZE);

	AUTO_TEXT struct text both = text_make(SIGNING_SIGNATURE_MAX);
	AUTO_TEXT struct text der = text_make(SIGNING_SIGNATURE_MAX);
	if (!add_der_number(&both, &numbers) || !add_der_number(&both, &numbers))
		return false;
	der_add(&der, DER_SEQUENCE, text_slice(&both));
	if (der.overflow)
		return false;
	memcpy(ret->signature, der.at, der.size);
	ret->signature_size = der.size;
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
