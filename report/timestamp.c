/* SPDX-License-Identifier: Apache-2.0 */
/*
 * RFC 3161, 2.4. The question is written and read here:
 *
 *   TimeStampReq {1, MessageImprint {{SHA-256, NULL}, hash}, nonce, certReq TRUE}
 *
 * with a nonce of eight bytes, of which the first is 0x40-0x7f: positive, and always as long.
 */
#include "report/timestamp.h"

#include "core/clock.h"
#include "core/random.h"
#include "report/certificate.h"
#include "report/der.h"

#include <openssl/err.h>
#include <openssl/pkcs7.h>
#include <openssl/ts.h>
#include <openssl/x509.h>

enum { NONCE_SIZE = 8, DER_BOOLEAN = 0x01, CALENDAR_SIZE = 14, FRACTION_MAX = 9 };

#define OID_SHA256 SLICE("\x60\x86\x48\x01\x65\x03\x04\x02\x01")

static void write_query(const unsigned char digest[static HASH_SIZE], struct slice nonce, struct text *out)
{
	AUTO_TEXT struct text algorithm = text_make(TIMESTAMP_QUERY_MAX), imprint = text_make(TIMESTAMP_QUERY_MAX);
	AUTO_TEXT struct text all = text_make(TIMESTAMP_QUERY_MAX);
	der_add(&algorithm, DER_OID, OID_SHA256);
	der_add(&algorithm, DER_NULL, SLICE(""));
	der_add(&imprint, DER_SEQUENCE, text_slice(&algorithm));
	der_add(&imprint, DER_OCTETS, slice_of(digest, HASH_SIZE));
	der_add(&all, DER_INTEGER, SLICE("\x01"));
	der_add(&all, DER_SEQUENCE, text_slice(&imprint));
	der_add(&all, DER_INTEGER, nonce);
	der_add(&all, DER_BOOLEAN, SLICE("\xff"));
	der_add(out, DER_SEQUENCE, text_slice(&all));
}

void timestamp_query(const unsigned char digest[static HASH_SIZE], struct text *ret)
{
	unsigned char nonce[NONCE_SIZE];
	random_bytes(nonce, sizeof nonce);
	nonce[0] = (unsigned char)((nonce[0] & 0x3f) | 0x40);
	write_query(digest, slice_of(nonce, sizeof nonce), ret);
}

bool timestamp_is_query(struct slice query, const unsigned char digest[static HASH_SIZE])
{
	struct cursor c = cursor_over(query), in;
	struct slice skipped, nonce;
	AUTO_TEXT struct text again = text_make(TIMESTAMP_QUERY_MAX);
	if (!der_enter(&c, DER_SEQUENCE, &in) || !der_take(&in, DER_INTEGER, &skipped) ||
	    !der_take(&in, DER_SEQUENCE, &skipped) || !der_take(&in, DER_INTEGER, &nonce) || nonce.size != NONCE_SIZE ||
	    (nonce.at[0] & 0xc0) != 0x40)
		return false;
	write_query(digest, nonce, &again);
	return slice_equal(text_slice(&again), query);
}

/* OpenSSL's reason, and what it has to say besides. */
static enum status refuse(struct error *err, const char *what)
{
	AUTO_TEXT struct text why = text_make(TIMESTAMP_WORDS_MAX);
	const char *data = NULL;
	int flags = 0;
	unsigned long code = ERR_peek_last_error_all(NULL, NULL, NULL, &data, &flags);
	const char *reason = code ? ERR_reason_error_string(code) : NULL;
	text_add_printable(&why, slice_of_string(reason ? reason : "OpenSSL does not say why"), 200);
	if (data && *data && (flags & ERR_TXT_STRING))
		text_addf(&why, ", %.200s", data);
	ERR_clear_error();
	return fail(err, ERR_MALFORMED, "%s: %s", what, text_string(&why));
}

/* All of the reply, in the one encoding of it. */
static enum status read_reply(struct slice reply, TS_RESP **ret, struct error *err)
{
	const unsigned char *at = reply.at;
	*ret = reply.size && reply.size <= TIMESTAMP_REPLY_MAX ? d2i_TS_RESP(NULL, &at, (long)reply.size) : NULL;
	unsigned char *again = NULL;
	int size = *ret ? i2d_TS_RESP(*ret, &again) : 0;
	bool whole = size > 0 && slice_equal(slice_of(again, (size_t)size), reply);
	OPENSSL_free(again);
	ERR_clear_error();
	if (whole)
		return OK;
	TS_RESP_free(*ret);
	*ret = NULL;
	return fail(err, ERR_MALFORMED, "cannot be read as a reply of a time-stamping authority (TimeStampResp in DER, at most %d bytes)",
		    TIMESTAMP_REPLY_MAX);
}

/* A refusal comes with a number and, as the authority likes, words. */
static enum status check_status(TS_RESP *reply, struct error *err)
{
	static const char *const names[] = {"granted", "granted with modifications", "rejected", "to be waited for",
					    "a warning of revocation", "a notice of revocation"};
	const TS_STATUS_INFO *info = TS_RESP_get_status_info(reply);
	long status = ASN1_INTEGER_get(TS_STATUS_INFO_get0_status(info));
	if (status == TS_STATUS_GRANTED)
		return OK;
	AUTO_TEXT struct text words = text_make(TIMESTAMP_WORDS_MAX);
	const STACK_OF(ASN1_UTF8STRING) *said = TS_STATUS_INFO_get0_text(info);
	for (int i = 0; i < sk_ASN1_UTF8STRING_num(said); i++) {
		const ASN1_UTF8STRING *one = sk_ASN1_UTF8STRING_value(said, i);
		text_add_char(&words, ' ');
		text_add_printable(&words, slice_of(ASN1_STRING_get0_data(one), (size_t)ASN1_STRING_length(one)), 100);
	}
	return fail(err, ERR_MALFORMED, "the authority gave no stamp: %s%s%s",
		    status >= 0 && status < (long)LENGTH(names) ? names[status] : "a status that is not known", words.size ? ":" : "",
		    text_string(&words));
}

/* "20261128094544.25Z" (2.4.2). */
static bool read_time(const ASN1_GENERALIZEDTIME *from, int64_t *ret)
{
	static const struct {
		size_t size;
		const char *behind;
	} parts[] = {{4, "-"}, {2, "-"}, {2, "T"}, {2, ":"}, {2, ":"}, {2, ""}};
	struct slice digits = slice_of(ASN1_STRING_get0_data(from), (size_t)ASN1_STRING_length(from));
	AUTO_TEXT struct text stamp = text_make(CLOCK_TEXT_MAX);
	if (digits.size <= CALENDAR_SIZE || digits.size > CALENDAR_SIZE + FRACTION_MAX + 2)
		return false;
	struct cursor c = cursor_over(digits);
	for (size_t i = 0; i < LENGTH(parts); i++) {
		text_add(&stamp, cursor_take(&c, parts[i].size));
		text_add_string(&stamp, parts[i].behind);
	}
	text_add(&stamp, cursor_rest(&c));
	return slice_ends(digits, "Z") && clock_parse(text_slice(&stamp), ret);
}

static int64_t number_of(const ASN1_INTEGER *n, int64_t max)
{
	int64_t value;
	return n && ASN1_INTEGER_get_int64(&value, n) == 1 && value >= 0 && value <= max ? value : 0;
}

static int64_t accuracy_of(TS_TST_INFO *info)
{
	const TS_ACCURACY *a = TS_TST_INFO_get_accuracy(info);
	if (!a)
		return 0;
	return number_of(TS_ACCURACY_get_seconds(a), 86400) * CLOCK_SECOND +
	       number_of(TS_ACCURACY_get_millis(a), 999) * CLOCK_MILLISECOND + number_of(TS_ACCURACY_get_micros(a), 999) * 1000;
}

static void describe_signer(X509 *x509, int64_t now_ns, struct timestamp *ret)
{
	const struct certificate signer = {.x509 = x509}; /* borrowed */
	AUTO_TEXT struct text subject = text_make(CERTIFICATE_SIZE_MAX);
	unsigned char digest[HASH_SIZE];
	unsigned size = 0;
	certificate_add_subject(&signer, &subject);
	slice_to_string(slice_part(text_slice(&subject), 0, TIMESTAMP_WORDS_MAX - 1), ret->signer, sizeof ret->signer);
	if (X509_digest(x509, EVP_sha256(), digest, &size) == 1 && size == HASH_SIZE)
		hash_text(digest, ret->fingerprint);
	ret->expired = certificate_validity(&signer, now_ns) != NULL;
}

static enum status describe(TS_RESP *reply, int64_t now_ns, struct timestamp *ret, struct error *err)
{
	PKCS7 *token = TS_RESP_get_token(reply);
	TS_TST_INFO *info = TS_RESP_get_tst_info(reply);
	if (!token || !info || !read_time(TS_TST_INFO_get_time(info), &ret->time_ns))
		return fail(err, ERR_MALFORMED, "the reply tells no time that can be read");
	ret->accuracy_ns = accuracy_of(info);
	const ASN1_INTEGER *serial = TS_TST_INFO_get_serial(info);
	AUTO_TEXT struct text hex = text_make(TIMESTAMP_WORDS_MAX - 1);
	text_add_hex(&hex, ASN1_STRING_get0_data(serial), (size_t)ASN1_STRING_length(serial));
	slice_to_string(text_slice(&hex), ret->serial, sizeof ret->serial);
	STACK_OF(X509) *signers = PKCS7_type_is_signed(token) ? PKCS7_get0_signers(token, NULL, 0) : NULL;
	bool one = sk_X509_num(signers) == 1;
	if (one)
		describe_signer(sk_X509_value(signers, 0), now_ns, ret);
	sk_X509_free(signers);
	ERR_clear_error();
	return one ? OK : fail(err, ERR_MALFORMED, "the reply is not signed by one authority whose certificate it holds");
}

/* Takes `store` over. */
static enum status verify(TS_RESP *reply, struct slice query, X509_STORE *store, struct error *err)
{
	const unsigned char *at = query.at;
	TS_REQ *question = d2i_TS_REQ(NULL, &at, (long)query.size);
	TS_VERIFY_CTX *context = question ? TS_REQ_to_TS_VERIFY_CTX(question, NULL) : NULL;
	TS_REQ_free(question);
	if (!context) {
		X509_STORE_free(store);
		return refuse(err, "the question cannot be read");
	}
	TS_VERIFY_CTX_add_flags(context, TS_VFY_SIGNATURE);
	TS_VERIFY_CTX_set_store(context, store); /* the context's now */
	bool holds = TS_RESP_verify_response(context, reply) == 1;
	TS_VERIFY_CTX_free(context);
	return holds ? OK : refuse(err, "the reply does not hold");
}

enum status timestamp_check(struct slice query, struct slice reply, struct slice authorities_pem, int64_t now_ns,
			    struct timestamp *ret, struct error *err)
{
	TS_RESP *read = NULL;
	*ret = (struct timestamp){0};
	enum status status = read_reply(reply, &read, err);
	if (status)
		return status;
	status = check_status(read, err);
	if (!status)
		status = describe(read, now_ns, ret, err);
	X509_STORE *store = status ? NULL : certificate_store(authorities_pem);
	if (!status && !store)
		status = fail(err, ERR_CONFIG, "no certificate in the file of authorities");
	if (!status) {
		/* what was stamped while the certificate held stays stamped */
		X509_VERIFY_PARAM_set_time(X509_STORE_get0_param(store), (time_t)(ret->time_ns / CLOCK_SECOND));
		X509_STORE_set_flags(store, X509_V_FLAG_PARTIAL_CHAIN);
		status = verify(read, query, store, err);
	}
	TS_RESP_free(read);
	return status;
}

enum status timestamp_token(struct slice reply, struct text *ret, struct error *err)
{
	TS_RESP *read = NULL;
	enum status status = read_reply(reply, &read, err);
	if (status)
		return status;
	PKCS7 *token = TS_RESP_get_token(read);
	unsigned char *der = NULL;
	int size = token ? i2d_PKCS7(token, &der) : 0;
	if (size > 0)
		text_add(ret, slice_of(der, (size_t)size));
	OPENSSL_free(der);
	TS_RESP_free(read);
	ERR_clear_error();
	return size > 0 ? OK : fail(err, ERR_MALFORMED, "there is no token in the reply");
}

enum status timestamp_get(const struct timestamp_source *from, struct slice bytes, struct text *ret, struct error *err)
{
	AUTO_TEXT struct text query = text_make(TIMESTAMP_QUERY_MAX), reply = text_make(TIMESTAMP_REPLY_MAX);
	unsigned char digest[HASH_SIZE];
	struct timestamp said;
	hash_bytes(bytes, digest);
	timestamp_query(digest, &query);
	enum status status = from->ask(from->from, text_slice(&query), &reply, err);
	if (!status)
		status = timestamp_check(text_slice(&query), text_slice(&reply), from->authorities_pem, 0, &said, err);
	return status ? status : timestamp_token(text_slice(&reply), ret, err);
}
