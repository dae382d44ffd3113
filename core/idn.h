/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CORE_IDN_H
#define CORE_IDN_H

/*
 * Host names outside ASCII: the form that is looked up ("xn--bcher-kva.example", A-labels
 * of RFC 5890) and the one that people read.
 *
 * Letters are made small, full-width ones plain, and dots of East Asia dots, as browsers
 * do (UTS 46); what UTS 46 composes (NFC) or writes otherwise is taken as it stands.
 */

#include "core/text.h"

enum { IDN_NAME_MAX = 253 /* RFC 1035, 2.3.4, as text */ };

/* May stand in a host name: a letter, mark or digit outside ASCII, or a pictograph. */
bool idn_is_letter(uint32_t code);

/* Of a script that has no blanks between words, so that such letters tell nothing of
 * where a name begins. */
bool idn_runs_on(uint32_t code);

/* '.' for one of its forms (UTS 46, 2.3), the small letter for a large one. */
uint32_t idn_fold(uint32_t code);

/* "vendor.com" and "api.vendor.com" are or lie below "vendor.com"; "my-vendor.com" does not.
 * Both in one form and one case. */
bool idn_is_below(struct slice name, struct slice suffix);

/* UTF-8 to A-labels, in lower case; ASCII labels stay. False where a label is empty or
 * longer than 63 bytes, the name longer than IDN_NAME_MAX, or it is no UTF-8. */
bool idn_to_ascii(struct slice name, char ret[static IDN_NAME_MAX + 1]);

/* Adds the name with its A-labels as UTF-8. False, and nothing added, where it has none
 * that is well-formed: whose code points may stand in names, and which this encodes to
 * the same label again. */
bool idn_to_unicode(struct slice name, struct text *ret);

#endif
