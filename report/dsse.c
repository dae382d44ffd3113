/* SPDX-License-Identifier: Apache-2.0 */
#include "report/dsse.h"

#include "core/json.h"
#include "report/base64.h"

#include <string.h>

enum { HEAD_MAX = 256 };

/* What is signed (DSSE protocol, "PAE"): no two pairs of type and payload give the same. */
static void add_signed(struct text *out, const char *type, struct slice payload)
{
	text_addf(out, "DSSEv1 %zu %s %zu ", strlen(type), type, payload.size);
	text_add(out, payload);
}

static void add_envelope(struct text *out, const char *type, struct slice payload,
			 const struct certificate *signer, struct slice signature)
{
	struct json j = json_on(out);
	AUTO_TEXT struct text base64 = text_make(DSSE_SIZE_MAX);
	base64_add(&base64, payload);
	json_begin_object(&j, NULL);
	json_add_string(&j, "payloadType", type);
	json_add_slice(&j, "payload", text_slice(&base64));
	json_begin_array(&j, "signatures");
	json_begin_object(&j, NULL);
	json_add_hex(&j, "keyid", signer->fingerprint, HASH_SIZE);
	out->overflow = out->overflow || base64.overflow;
	text_clear(&base64);
	base64_add(&base64, signature);
	json_add_slice(&j, "sig", text_slice(&base64));
	json_end_object(&j);
	json_end_array(&j);
	json_end_object(&j);
	text_add_char(out, '\n');
}

enum status dsse_sign(const struct signing *s, const char *type, struct slice payload, struct text *ret,
		      struct error *err)
{
	AUTO_TEXT struct text message = text_make(DSSE_PAYLOAD_MAX + HEAD_MAX);
	unsigned char signature[SIGNING_SIGNATURE_MAX];
	size_t size = 0;
	add_signed(&message, type, payload);
	if (message.overflow)
		return fail(err, ERR_LIMIT, "a statement of more than %d bytes", DSSE_PAYLOAD_MAX);
	enum status status = signing_sign(s, text_slice(&message), signature, &size, err);
	if (status)
		return status;
	add_envelope(ret, type, payload, signing_certificate(s), slice_of(signature, size));
	return ret->overflow ? fail(err, ERR_LIMIT, "a signed statement is too long") : OK;
}

/* The signature, out of the array's one element. */
static bool read_signature(const struct json_value *signatures, struct text *ret)
{
	struct json_value element;
	struct json_member m = {.key = "sig"};
	if (signatures->type != JSON_ARRAY)
		return false;
	struct cursor elements = json_array(signatures);
	return json_next(&elements, &element) && element.type == JSON_OBJECT &&
	       !json_read_object(element.raw, &m, 1, NULL) && m.value.type == JSON_STRING &&
	       base64_read(m.value.raw, ret);
}

const char *dsse_check(struct slice json, const char *type, const struct certificate *signer, struct text *ret)
{
	enum { PAYLOAD, SIGNATURES, FIELDS };
	struct json_member m[FIELDS] = {[PAYLOAD] = {.key = "payload"}, [SIGNATURES] = {.key = "signatures"}};
	AUTO_TEXT struct text payload = text_make(DSSE_PAYLOAD_MAX), again = text_make(DSSE_SIZE_MAX);
	AUTO_TEXT struct text signature = text_make(SIGNING_SIGNATURE_MAX);
	if (json_read_object(json, m, FIELDS, NULL) || m[PAYLOAD].value.type != JSON_STRING ||
	    !base64_read(m[PAYLOAD].value.raw, &payload) || !read_signature(&m[SIGNATURES].value, &signature))
		return "cannot be read as a signed statement";
	add_envelope(&again, type, text_slice(&payload), signer, text_slice(&signature));
	if (again.overflow || !slice_equal(text_slice(&again), json))
		return "is not, byte for byte, an envelope as it was written under that certificate";
	text_clear(&again);
	add_signed(&again, type, text_slice(&payload));
	if (again.overflow || !signing_verify(&signer->key, text_slice(&again), text_slice(&signature)))
		return "its signature does not hold";
	text_add(ret, text_slice(&payload));
	return ret->overflow ? "its statement is larger than any that was written" : NULL;
}
