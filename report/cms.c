/* SPDX-License-Identifier: Apache-2.0 */
/*
 * RFC 5652, section 5, with ECDSA by RFC 5753 (2.1) and RFC 5754 (2.2, 3.3), or RSA (3.2):
 *
 *   ContentInfo {signedData, [0] SignedData {
 *     1, {SHA-256}, {data, no content: it is detached}, [0] {certificate},
 *     {SignerInfo {1, issuer and serial, SHA-256, [0] attributes,
 *                  ECDSA or RSA with SHA-256, signature}}}}
 *
 * The attributes that are signed, in the order of DER: the type of the content
 * (data), the signing time, the digest of the content, and the SHA-256 of the
 * certificate (RFC 5035, section 3): that last one is why no bit of the embedded
 * certificate can change either. The signature is over the attributes as a SET
 * (RFC 5652, 5.4).
 */
#include "report/cms.h"

#include "core/clock.h"
#include "report/der.h"

#include <string.h>

enum {
	ATTRIBUTES_MAX = 1024,
	CALENDAR_SIZE = 14, /* YYYYMMDDHHMMSS */
	UTC_FROM = 1950,
	UTC_TO = 2049, /* the years of UTCTime (RFC 5652, 11.3) */
};

#define OID_DATA SLICE("\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01")
#define OID_SIGNED_DATA SLICE("\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02")
#define OID_CONTENT_TYPE SLICE("\x2a\x86\x48\x86\xf7\x0d\x01\x09\x03")
#define OID_MESSAGE_DIGEST SLICE("\x2a\x86\x48\x86\xf7\x0d\x01\x09\x04")
#define OID_SIGNING_TIME SLICE("\x2a\x86\x48\x86\xf7\x0d\x01\x09\x05")
#define OID_SIGNING_CERTIFICATE SLICE("\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x02\x2f")
#define OID_SHA256 SLICE("\x60\x86\x48\x01\x65\x03\x04\x02\x01")
#define OID_ECDSA_SHA256 SLICE("\x2a\x86\x48\xce\x3d\x04\x03\x02")
#define OID_RSA_SHA256 SLICE("\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0b")
#define OID_TIME_STAMP SLICE("\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x02\x0e")
#define INTEGER_ONE SLICE("\x01")

/* {tag, …}: closes what was put into `inner`, which is then empty again. */
static void close_into(struct text *out, unsigned char tag, struct text *inner)
{
	if (inner->overflow)
		out->overflow = true;
	der_add(out, tag, text_slice(inner));
	text_clear(inner);
}

static void add_algorithm(struct text *out, struct slice oid)
{
	AUTO_TEXT struct text inner = text_make(ATTRIBUTES_MAX);
	der_add(&inner, DER_OID, oid);
	close_into(out, DER_SEQUENCE, &inner);
}

/* The parameters of RSA are NULL, those of ECDSA are absent (RFC 5754, 3.2 and 3.3). */
static void add_signature_algorithm(struct text *out, enum public_key_kind kind)
{
	AUTO_TEXT struct text inner = text_make(ATTRIBUTES_MAX);
	if (kind == PUBLIC_KEY_P256) {
		add_algorithm(out, OID_ECDSA_SHA256);
		return;
	}
	der_add(&inner, DER_OID, OID_RSA_SHA256);
	der_add(&inner, DER_NULL, SLICE(""));
	close_into(out, DER_SEQUENCE, &inner);
}

/* Attribute {type, {one value}}. */
static void add_attribute(struct text *out, struct slice oid, struct slice value)
{
	AUTO_TEXT struct text inner = text_make(CMS_SIZE_MAX);
	der_add(&inner, DER_OID, oid);
	der_add(&inner, DER_SET, value);
	close_into(out, DER_SEQUENCE, &inner);
}

/* "2026-11-23T12:03:05Z" without its marks, and the tag that its year asks for. */
static void add_time(struct text *out, int64_t wall_ns)
{
	char text[CLOCK_TEXT_MAX];
	AUTO_TEXT struct text digits = text_make(CLOCK_TEXT_MAX);
	clock_text(wall_ns, 0, text);
	for (const char *at = text; *at; at++)
		if ((*at >= '0' && *at <= '9') || *at == 'Z')
			text_add_char(&digits, *at);
	uint64_t year = 0;
	bool short_form = slice_u64(slice_part(text_slice(&digits), 0, 4), 9999, &year) &&
			  year >= UTC_FROM && year <= UTC_TO;
	der_add(out, short_form ? DER_UTC_TIME : DER_GENERALIZED_TIME,
		slice_part(text_slice(&digits), short_form ? 2 : 0, CALENDAR_SIZE + 1));
}

/* SigningCertificateV2 {{ESSCertIDv2 {hash}}}; SHA-256 is the default there. */
static void add_certificate_hash(struct text *out, const unsigned char hash[static HASH_SIZE])
{
	AUTO_TEXT struct text a = text_make(ATTRIBUTES_MAX), b = text_make(ATTRIBUTES_MAX);
	der_add(&a, DER_OCTETS, slice_of(hash, HASH_SIZE));
	close_into(&b, DER_SEQUENCE, &a);
	close_into(&a, DER_SEQUENCE, &b);
	close_into(out, DER_SEQUENCE, &a);
}

static void add_attributes(struct text *out, const struct cms_signed *s)
{
	AUTO_TEXT struct text value = text_make(ATTRIBUTES_MAX);
	der_add(&value, DER_OID, OID_DATA);
	add_attribute(out, OID_CONTENT_TYPE, text_slice(&value));
	text_clear(&value);
	if (s->signed_ns != CMS_NO_TIME) {
		add_time(&value, s->signed_ns);
		add_attribute(out, OID_SIGNING_TIME, text_slice(&value));
		text_clear(&value);
	}
	der_add(&value, DER_OCTETS, slice_of(s->digest, HASH_SIZE));
	add_attribute(out, OID_MESSAGE_DIGEST, text_slice(&value));
	text_clear(&value);
	add_certificate_hash(&value, s->certificate.fingerprint);
	add_attribute(out, OID_SIGNING_CERTIFICATE, text_slice(&value));
}

/* `token`: a time stamp over the signature, or nothing. */
static void add_signer(struct text *out, const struct cms_signed *s, struct slice attributes,
		       struct slice signature, struct slice token)
{
	AUTO_TEXT struct text inner = text_make(CMS_SIZE_MAX);
	der_add(&inner, DER_INTEGER, INTEGER_ONE);
	certificate_add_issuer_serial(&s->certificate, &inner);
	add_algorithm(&inner, OID_SHA256);
	der_add(&inner, DER_CONTEXT_0, attributes);
	add_signature_algorithm(&inner, s->certificate.key.kind);
	der_add(&inner, DER_OCTETS, signature);
	if (token.size) {
		AUTO_TEXT struct text stamp = text_make(CMS_SIZE_MAX);
		add_attribute(&stamp, OID_TIME_STAMP, token);
		close_into(&inner, DER_CONTEXT_1, &stamp);
	}
	close_into(out, DER_SEQUENCE, &inner);
}

/* The whole file. */
static void add_all(struct text *out, const struct cms_signed *s, struct slice attributes,
		    struct slice signature, struct slice token)
{
	AUTO_TEXT struct text a = text_make(CMS_SIZE_MAX), b = text_make(CMS_SIZE_MAX);
	der_add(&a, DER_INTEGER, INTEGER_ONE);
	add_algorithm(&b, OID_SHA256);
	close_into(&a, DER_SET, &b);
	add_algorithm(&a, OID_DATA);
	der_add(&a, DER_CONTEXT_0, text_slice(&s->certificate.der));
	add_signer(&b, s, attributes, signature, token);
	close_into(&a, DER_SET, &b);
	close_into(&b, DER_SEQUENCE, &a);
	der_add(&a, DER_OID, OID_SIGNED_DATA);
	close_into(&a, DER_CONTEXT_0, &b);
	close_into(out, DER_SEQUENCE, &a);
}

enum status cms_sign(const struct signing *s, const unsigned char digest[static HASH_SIZE],
		     int64_t now_ns, struct text *ret, struct error *err)
{
	return cms_sign_stamped(s, digest, now_ns, NULL, ret, err);
}

enum status cms_sign_stamped(const struct signing *s, const unsigned char digest[static HASH_SIZE], int64_t now_ns,
			     const struct timestamp_source *stamp, struct text *ret, struct error *err)
{
	/* the certificate is borrowed: it is not freed here */
	struct cms_signed parts = {.certificate = *signing_certificate(s), .signed_ns = now_ns};
	memcpy(parts.digest, digest, HASH_SIZE);
	AUTO_TEXT struct text attributes = text_make(ATTRIBUTES_MAX), token = text_make(CMS_SIZE_MAX);
	AUTO_TEXT struct text as_set = text_make(ATTRIBUTES_MAX);
	add_attributes(&attributes, &parts);
	der_add(&as_set, DER_SET, text_slice(&attributes));
	unsigned char signature[SIGNING_SIGNATURE_MAX];
	size_t size;
	enum status status = signing_sign(s, text_slice(&as_set), signature, &size, err);
	if (!status && stamp)
		status = timestamp_get(stamp, slice_of(signature, size), &token, err);
	if (status)
		return status;
	ret->overflow = ret->overflow || token.overflow;
	add_all(ret, &parts, text_slice(&attributes), slice_of(signature, size), text_slice(&token));
	if (ret->overflow)
		return fail(err, ERR_LIMIT, "a signature of more than %d bytes", CMS_SIZE_MAX);
	return OK;
}

/* "YYMMDDHHMMSSZ" or "YYYYMMDDHHMMSSZ". */
static bool read_time(struct cursor *value, int64_t *ret)
{
	AUTO_TEXT struct text text = text_make(CLOCK_TEXT_MAX);
	struct slice digits;
	struct cursor again = *value;
	if (der_take(value, DER_UTC_TIME, &digits))
		text_add_string(&text,
				slice_part(digits, 0, 1).size && *digits.at >= '5' ? "19" : "20");
	else if (!der_take(&again, DER_GENERALIZED_TIME, &digits))
		return false;
	text_add(&text, digits);
	if (text.size != CALENDAR_SIZE + 1)
		return false;
	AUTO_TEXT struct text stamp = text_make(CLOCK_TEXT_MAX);
	struct cursor c = cursor_over(text_slice(&text));
	static const struct {
		size_t size;
		const char *behind;
	} parts[] = {{4, "-"}, {2, "-"}, {2, "T"}, {2, ":"}, {2, ":"}, {3, ""}};
	for (size_t i = 0; i < LENGTH(parts); i++) {
		text_add(&stamp, cursor_take(&c, parts[i].size));
		text_add_string(&stamp, parts[i].behind);
	}
	return clock_parse(text_slice(&stamp), ret);
}

/* Enters the one value of the next attribute; which attribute it is shows when
 * all is written anew. */
static bool enter_value(struct cursor *attributes, struct cursor *ret)
{
	struct cursor attribute;
	struct slice oid;
	return der_enter(attributes, DER_SEQUENCE, &attribute) &&
	       der_take(&attribute, DER_OID, &oid) && der_enter(&attribute, DER_SET, ret);
}

static bool read_attributes(struct slice bytes, struct cms_signed *ret)
{
	struct cursor attributes = cursor_over(bytes), value;
	struct slice digest;
	if (!enter_value(&attributes, &value) || !enter_value(&attributes, &value))
		return false;
	struct cursor time = value;
	ret->signed_ns = CMS_NO_TIME;
	if (read_time(&time, &ret->signed_ns) && !enter_value(&attributes, &value))
		return false;
	if (!der_take(&value, DER_OCTETS, &digest) || digest.size != HASH_SIZE)
		return false;
	memcpy(ret->digest, digest.at, HASH_SIZE);
	return true;
}

/* Down to the three parts that differ from one file to another. */
static bool find_parts(struct slice der, struct slice *ret_certificate,
		       struct slice *ret_attributes, struct slice *ret_signature)
{
	struct cursor c = cursor_over(der), in, set;
	struct slice skipped;
	return der_enter(&c, DER_SEQUENCE, &in) && der_take(&in, DER_OID, &skipped) &&
	       der_enter(&in, DER_CONTEXT_0, &c) && der_enter(&c, DER_SEQUENCE, &in) &&
	       der_take(&in, DER_INTEGER, &skipped) && der_take(&in, DER_SET, &skipped) &&
	       der_take(&in, DER_SEQUENCE, &skipped) &&
	       der_take(&in, DER_CONTEXT_0, ret_certificate) && der_enter(&in, DER_SET, &set) &&
	       der_enter(&set, DER_SEQUENCE, &in) && der_take(&in, DER_INTEGER, &skipped) &&
	       der_take(&in, DER_SEQUENCE, &skipped) && der_take(&in, DER_SEQUENCE, &skipped) &&
	       der_take(&in, DER_CONTEXT_0, ret_attributes) &&
	       der_take(&in, DER_SEQUENCE, &skipped) && der_take(&in, DER_OCTETS, ret_signature);
}

/* Written anew, signature checked. */
static const char *check_exactly(struct slice der, const struct cms_signed *s,
				 struct slice signature)
{
	AUTO_TEXT struct text attributes = text_make(ATTRIBUTES_MAX);
	AUTO_TEXT struct text as_set = text_make(ATTRIBUTES_MAX);
	AUTO_TEXT struct text again = text_make(CMS_SIZE_MAX);
	add_attributes(&attributes, s);
	add_all(&again, s, text_slice(&attributes), signature, slice_of(NULL, 0));
	if (!slice_equal(text_slice(&again), der))
		return "is not, byte for byte, a signature as it was written";
	der_add(&as_set, DER_SET, text_slice(&attributes));
	if (!signing_verify(&s->certificate.key, text_slice(&as_set), signature))
		return "holds a signature that is not by the key of its certificate";
	return NULL;
}

const char *cms_check(struct slice der, struct cms_signed *ret)
{
	*ret = (struct cms_signed){0};
	struct slice certificate, attributes, signature;
	if (der.size > CMS_SIZE_MAX || !find_parts(der, &certificate, &attributes, &signature) ||
	    !read_attributes(attributes, ret))
		return "cannot be read as a CMS signature";
	const char *wrong = certificate_read_der(certificate, &ret->certificate);
	if (wrong)
		return "holds a certificate that cannot be read";
	wrong = check_exactly(der, ret, signature);
	if (wrong)
		certificate_free(&ret->certificate);
	return wrong;
}
