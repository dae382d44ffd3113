/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_DSSE_H
#define REPORT_DSSE_H

/*
 * A signed payload as an envelope of DSSE 1.0 in JSON, with one signature, in the one form
 * that this tool writes:
 *
 *   {"payloadType":"…","payload":"…","signatures":[{"keyid":"…","sig":"…"}]}
 *
 * and LF. The key's name is the fingerprint of its certificate. Reading accepts that form
 * alone: what is found is written anew and compared.
 */

#include "report/signing.h"

enum {
	DSSE_PAYLOAD_MAX = 64 << 20,
	DSSE_SIZE_MAX = DSSE_PAYLOAD_MAX / 3 * 4 + 4096,
};

/* Adds the envelope; `type` is a media type without need of escapes. */
enum status dsse_sign(const struct signing *s, const char *type, struct slice payload, struct text *ret,
		      struct error *err) MUST_CHECK;

/* NULL where it is an envelope of ours with a payload of this type, signed with the key of
 * that certificate; else what is wrong. The payload is added to `ret`. */
const char *dsse_check(struct slice json, const char *type, const struct certificate *signer,
		       struct text *ret) MUST_CHECK;

#endif
