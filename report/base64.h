/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_BASE64_H
#define REPORT_BASE64_H

/*
 * Base64 (RFC 4648, section 4) with its padding, on one line.
 */

#include "core/text.h"

enum { BASE64_BYTES_MAX = 1 << 29 };

/* More than BASE64_BYTES_MAX bytes, or than `out` takes, set `out->overflow`. */
void base64_add(struct text *out, struct slice bytes);

/* Adds the bytes. False where it is no base64, or they do not fit. What stands in the bits
 * that padding leaves over is not looked at: who needs one form alone writes it anew. */
bool base64_read(struct slice base64, struct text *ret);

#endif
