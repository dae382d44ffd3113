/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_DER_H
#define REPORT_DER_H

/*
 * The little of DER (ITU-T X.690, chapter 10) that a signature file needs: a
 * writer onto a struct text, from the inside out, and a reader of one element.
 */

#include "core/cursor.h"
#include "core/text.h"

enum {
	DER_INTEGER = 0x02,
	DER_OCTETS = 0x04,
	DER_NULL = 0x05,
	DER_OID = 0x06,
	DER_UTC_TIME = 0x17,
	DER_GENERALIZED_TIME = 0x18,
	DER_SEQUENCE = 0x30,
	DER_SET = 0x31,
	DER_CONTEXT_0 = 0xa0,	  /* [0], constructed */
	DER_CONTEXT_1 = 0xa1,
	DER_CONTENT_MAX = 0xffff, /* bytes of one element; more is not written, nor read */
};

/* Adds one element; content past DER_CONTENT_MAX sets `out->overflow`. */
void der_add(struct text *out, unsigned char tag, struct slice content);

/* Takes the next element where it carries this tag and its length is whole and in
 * the shortest form. False otherwise; the cursor may then stand anywhere. */
bool der_take(struct cursor *c, unsigned char tag, struct slice *ret_content);

/* The same, as a cursor over the content. */
bool der_enter(struct cursor *c, unsigned char tag, struct cursor *ret);

#endif
