/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_ETL_UTF16_H
#define INGEST_ETL_UTF16_H

/*
 * Windows' text (UTF-16, little-endian) as UTF-8.
 */

#include "core/cursor.h"

/* The text up to its NUL, which is passed over, or to the end of the cursor. What does
 * not fit is left out (never a part of a character); half a surrogate pair becomes
 * U+FFFD. NUL-terminated. How many bytes. */
size_t utf16_read(struct cursor *c, char *ret, size_t capacity);

/* Passes over such a text. False where no NUL ends it. */
bool utf16_skip(struct cursor *c);

#endif
