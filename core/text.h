/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CORE_TEXT_H
#define CORE_TEXT_H

/*
 * Text that is being put together: grows up to a maximum that its maker must
 * state. What would pass the maximum is left out and `overflow` sticks, so that
 * a writer tests once at the end. Always NUL-terminated behind `size`.
 */

#include "core/cursor.h"
#include "core/error.h"

struct text {
	char *at; /* owned; NULL until something was added */
	size_t size, capacity, max;
	bool overflow;
};

struct text text_make(size_t max);
void text_free(struct text *t); /* NULL-safe; leaves an empty text */
void text_clear(struct text *t); /* keeps the memory for reuse */

void text_add(struct text *t, struct slice bytes);
void text_add_string(struct text *t, const char *string);
void text_add_char(struct text *t, char c);
void text_add_u64(struct text *t, uint64_t value);
void text_add_i64(struct text *t, int64_t value);
void text_add_hex(struct text *t, const void *bytes, size_t size); /* lower case */
void text_addf(struct text *t, const char *format, ...) PRINTF_LIKE(2, 3);

/* The word for so many: "1 file", "2 files". */
static inline const char *text_plural(uint64_t n, const char *one, const char *many)
{
	return n == 1 ? one : many;
}

/* Adds foreign bytes fit for a terminal or a page: control characters, bidi
 * controls and bytes that are not UTF-8 become \xNN or \u{N}; at most `max`
 * bytes of the source are shown, "…" behind them where there were more. */
void text_add_printable(struct text *t, struct slice bytes, size_t max);

struct slice text_slice(const struct text *t);
const char *text_string(const struct text *t); /* never NULL */

/* Length in bytes (1–4) of the well-formed UTF-8 sequence at the start of
 * `bytes` (RFC 3629, section 4), with its code point; 0 where there is none. */
size_t text_utf8(struct slice bytes, uint32_t *ret_code_point);

/* The UTF-8 of one code point (RFC 3629, section 3), and its length. */
size_t text_put_utf8(uint32_t code, unsigned char ret[static 4]);

#define AUTO_TEXT __attribute__((cleanup(text_free)))

#endif
