/* SPDX-License-Identifier: Apache-2.0 */
#include "core/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct text text_make(size_t max)
{
	return (struct text){.max = max};
}

void text_free(struct text *t)
{
	if (!t)
		return;
	free(t->at);
	*t = text_make(t->max);
}

void text_clear(struct text *t)
{
	t->size = 0;
	t->overflow = false;
	if (t->at)
		t->at[0] = 0;
}

/* Makes room for `more` bytes and a NUL; false past the maximum. */
static bool reserve(struct text *t, size_t more)
{
	if (more > t->max - t->size) {
		t->overflow = true;
		return false;
	}
	size_t needed = t->size + more + 1;
	if (needed <= t->capacity)
		return true;
	size_t capacity = t->capacity ? t->capacity : 128;
	while (capacity < needed)
		capacity = capacity > SIZE_MAX / 2 ? needed : capacity * 2;
	t->at = must_realloc(t->at, capacity, 1);
	t->capacity = capacity;
	return true;
}

void text_add(struct text *t, struct slice bytes)
{
	if (bytes.size == 0 || !reserve(t, bytes.size))
		return;
	memcpy(t->at + t->size, bytes.at, bytes.size);
	t->size += bytes.size;
	t->at[t->size] = 0;
}

void text_add_string(struct text *t, const char *string)
{
	text_add(t, slice_of_string(string));
}

void text_add_char(struct text *t, char c)
{
	if (t->size + 1 < t->capacity && t->size < t->max) {
		t->at[t->size++] = c;
		t->at[t->size] = 0;
	} else {
		text_add(t, slice_of(&c, 1));
	}
}

void text_add_u64(struct text *t, uint64_t value)
{
	char digits[20];
	size_t at = sizeof digits;
	do {
		digits[--at] = (char)('0' + value % 10);
		value /= 10;
	} while (value);
	text_add(t, slice_of(digits + at, sizeof digits - at));
}

void text_add_i64(struct text *t, int64_t value)
{
	if (value < 0) {
		text_add_char(t, '-');
		text_add_u64(t, 0 - (uint64_t)value);
	} else {
		text_add_u64(t, (uint64_t)value);
	}
}

void text_add_hex(struct text *t, const void *bytes, size_t size)
{
	static const char digits[] = "0123456789abcdef";
	const unsigned char *from = bytes;
	for (size_t i = 0; i < size; i++) {
		text_add_char(t, digits[from[i] >> 4]);
		text_add_char(t, digits[from[i] & 15]);
	}
}

void text_addf(struct text *t, const char *format, ...)
{
	va_list args, again;
	va_start(args, format);
	va_copy(again, args);
	int size = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (size > 0 && reserve(t, (size_t)size)) {
		vsnprintf(t->at + t->size, (size_t)size + 1, format, again);
		t->size += (size_t)size;
	}
	va_end(again);
}

size_t text_put_utf8(uint32_t code, unsigned char ret[static 4])
{
	if (code < 0x80) {
		ret[0] = (unsigned char)code;
		return 1;
	}
	size_t size = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
	static const unsigned char leads[] = {0, 0, 0xc0, 0xe0, 0xf0};
	for (size_t i = size - 1; i > 0; i--, code >>= 6)
		ret[i] = (unsigned char)(0x80 | (code & 0x3f));
	ret[0] = (unsigned char)(leads[size] | code);
	return size;
}

size_t text_utf8(struct slice bytes, uint32_t *ret_code_point)
{
	struct cursor c = cursor_over(bytes);
	uint32_t first = cursor_u8(&c);
	if (c.short_read)
		return 0;
	static const struct {
		uint32_t from, to, mask, least;
		size_t more;
	} leads[] = {
		{0x00, 0x7f, 0x7f, 0, 0},
		{0xc2, 0xdf, 0x1f, 0x80, 1},
		{0xe0, 0xef, 0x0f, 0x800, 2},
		{0xf0, 0xf4, 0x07, 0x10000, 3},
	};
	for (size_t i = 0; i < LENGTH(leads); i++) {
		if (first < leads[i].from || first > leads[i].to)
			continue;
		uint32_t code = first & leads[i].mask;
		for (size_t k = 0; k < leads[i].more; k++) {
			uint32_t next = cursor_u8(&c);
			if (c.short_read || (next & 0xc0) != 0x80)
				return 0;
			code = code << 6 | (next & 0x3f);
		}
		if (code < leads[i].least || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
			return 0;
		*ret_code_point = code;
		return leads[i].more + 1;
	}
	return 0;
}

/* Code points that change how the text around them is shown (Unicode TR 9 and
 * TR 36): bidi controls, zero-width and line separators, C0 and C1 controls. */
static bool is_unsafe(uint32_t code)
{
	static const struct {
		uint32_t from, to;
	} unsafe[] = {
		{0x00, 0x1f},     {0x7f, 0x9f},     {0xad, 0xad},     {0x61c, 0x61c},
		{0x200b, 0x200f}, {0x2028, 0x202e}, {0x2060, 0x206f}, {0xfeff, 0xfeff},
		{0xfff9, 0xfffb}, {0xe0000, 0xe007f},
	};
	for (size_t i = 0; i < LENGTH(unsafe); i++)
		if (code >= unsafe[i].from && code <= unsafe[i].to)
			return true;
	return false;
}

void text_add_printable(struct text *t, struct slice bytes, size_t max)
{
	struct cursor c = cursor_over(bytes);
	size_t shown = 0;
	while (cursor_left(&c) > 0) {
		uint32_t code = 0;
		size_t size = text_utf8(cursor_rest(&c), &code);
		size_t step = size ? size : 1;
		if (shown + step > max) {
			text_add_string(t, "…");
			return;
		}
		struct slice sequence = cursor_take(&c, step);
		shown += step;
		if (size == 0)
			text_addf(t, "\\x%02x", sequence.at[0]);
		else if (is_unsafe(code))
			text_addf(t, code < 0x100 ? "\\x%02x" : "\\u{%x}", code);
		else
			text_add(t, sequence);
	}
}

struct slice text_slice(const struct text *t)
{
	return slice_of(t->at, t->size);
}

const char *text_string(const struct text *t)
{
	return t->at ? t->at : "";
}
