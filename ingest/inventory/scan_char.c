/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One character as programs hold it: UTF-8 (RFC 3629) or UTF-16 (RFC 2781), plain or
 * escaped by JSON (RFC 8259, 7), ECMAScript (12.9.4), HTML (13.5) or a URL (RFC 3986, 2.1).
 */
#include "core/error.h"
#include "core/text.h"
#include "ingest/inventory/scan_text.h"

enum { BACKSLASHES_MAX = 4, BYTES_MAX = 4, DECIMAL_MAX = 7, HEX_MAX = 6, ENTITY_MAX = 8 };

static int32_t unit(const struct scan_text *t, size_t at)
{
	size_t other = t->big ? at - 1 : at + 1; /* before the first one: SIZE_MAX, past the end */
	int32_t high = other < t->bytes.size ? t->bytes.at[other] : 0;
	return at < t->bytes.size ? high << 8 | t->bytes.at[at] : SCAN_END;
}

static int32_t wide_char(const struct scan_text *t, size_t at, size_t *ret_size)
{
	int32_t first = unit(t, at), second;
	*ret_size = 2;
	if (first < 0xd800 || first > 0xdfff)
		return first;
	second = first < 0xdc00 ? unit(t, at + 2) : SCAN_END;
	if (second < 0xdc00 || second > 0xdfff)
		return SCAN_END;
	*ret_size = 4;
	return 0x10000 + (first - 0xd800) * 0x400 + (second - 0xdc00);
}

int32_t scan_char(const struct scan_text *t, size_t at, size_t *ret_size)
{
	uint32_t code;
	if (at >= t->bytes.size)
		return SCAN_END;
	if (t->step == 2)
		return wide_char(t, at, ret_size);
	*ret_size = 1;
	if (t->bytes.at[at] < 0x80)
		return t->bytes.at[at];
	*ret_size = text_utf8(slice_part(t->bytes, at, BYTES_MAX), &code);
	return *ret_size ? (int32_t)code : SCAN_END;
}

/* Bytes of the character that ends before `at`: behind the first one of UTF-8 stand those
 * that begin with the bits 10; the second half of a pair of units is told by its range. */
static size_t width_before(const struct scan_text *t, size_t at)
{
	size_t width = t->step;
	if (t->step == 2) {
		int32_t last = at >= 2 ? unit(t, at - 2) : 0;
		return last >= 0xdc00 && last <= 0xdfff ? 4 : 2;
	}
	while (width < BYTES_MAX && width < at && (t->bytes.at[at - width] & 0xc0) == 0x80)
		width++;
	return width;
}

int32_t scan_char_before(const struct scan_text *t, size_t at, size_t *ret_size)
{
	if (at > t->bytes.size || at < t->step)
		return SCAN_END;
	size_t width = width_before(t, at);
	int32_t code = width <= at ? scan_char(t, at - width, ret_size) : SCAN_END;
	return code != SCAN_END && *ret_size == width ? code : SCAN_END;
}

static bool is_at(const struct scan_text *t, size_t *at, int32_t wanted)
{
	size_t size;
	if (scan_char(t, *at, &size) != wanted)
		return false;
	*at += size;
	return true;
}

static int digit_of(int32_t c, int base)
{
	int digit = c >= '0' && c <= '9'   ? c - '0'
		    : c >= 'a' && c <= 'f' ? c - 'a' + 10
		    : c >= 'A' && c <= 'F' ? c - 'A' + 10
					   : base;
	return digit < base ? digit : -1;
}

/* From `least` to `most` digits, which are passed over; SCAN_END where they are not there. */
static int32_t number(const struct scan_text *t, size_t *at, int base, int least, int most)
{
	int32_t value = 0;
	int count = 0;
	size_t size = 0, from = *at;
	for (; count < most; count++, from += size) {
		int digit = digit_of(scan_char(t, from, &size), base);
		if (digit < 0)
			break;
		value = value * base + digit;
	}
	if (count < least || value > 0x10ffff)
		return SCAN_END;
	*at = from;
	return value;
}

/* Passes over a run of them; how many. */
static int backslashes(const struct scan_text *t, size_t *at)
{
	int count = 0;
	while (count < BACKSLASHES_MAX && is_at(t, at, '\\'))
		count++;
	return count;
}

/* "\xNN" or "%NN", or "%25NN", which is a URL within one within one. */
static int32_t escaped_byte(const struct scan_text *t, size_t *at)
{
	if (is_at(t, at, '%')) {
		int32_t value = number(t, at, 16, 2, 2), inner;
		size_t from = *at;
		inner = value == '%' ? number(t, &from, 16, 2, 2) : SCAN_END;
		*at = inner == SCAN_END ? *at : from;
		return inner == SCAN_END ? value : inner;
	}
	return backslashes(t, at) && is_at(t, at, 'x') ? number(t, at, 16, 2, 2) : SCAN_END;
}

/* One character of such bytes: of a "%" only as UTF-8, of a "\x" also as a code point. */
static int32_t escaped_bytes(const struct scan_text *t, size_t at, bool percent, size_t *ret_size)
{
	unsigned char bytes[BYTES_MAX];
	size_t from = at;
	uint32_t code;
	int32_t first = SCAN_END;
	for (size_t i = 0; i < BYTES_MAX; i++) {
		int32_t byte = escaped_byte(t, &from);
		if (byte == SCAN_END)
			break;
		bytes[i] = (unsigned char)byte;
		if (i == 0) {
			first = byte;
			*ret_size = from - at;
		}
		if (text_utf8(slice_of(bytes, i + 1), &code) == i + 1) {
			*ret_size = from - at;
			return (int32_t)code;
		}
	}
	return percent ? SCAN_END : first;
}

static int32_t escaped_unit(const struct scan_text *t, size_t at, size_t *ret_size)
{
	size_t from = at, braced;
	int32_t code;
	backslashes(t, &from);
	if (!is_at(t, &from, 'u'))
		return SCAN_END;
	braced = from;
	if (is_at(t, &braced, '{')) {
		from = braced;
		code = number(t, &from, 16, 1, HEX_MAX);
		if (!is_at(t, &from, '}'))
			return SCAN_END;
	} else {
		code = number(t, &from, 16, 4, 4);
	}
	*ret_size = from - at;
	return code >= 0xd800 && code <= 0xdfff ? SCAN_END : code;
}

static int32_t after_backslash(const struct scan_text *t, size_t at, size_t *ret_size)
{
	size_t from = at, size;
	backslashes(t, &from);
	int32_t next = scan_char(t, from, &size);
	if (next == 'x')
		return escaped_bytes(t, at, false, ret_size);
	if (next == 'u')
		return escaped_unit(t, at, ret_size);
	if (next != '/' && next != '.')
		return SCAN_END;
	*ret_size = from + size - at;
	return next;
}

static int32_t named_entity(const struct scan_text *t, size_t *at)
{
	static const struct {
		const char *name;
		char is;
	} names[] = {{"colon", ':'}, {"sol", '/'},  {"period", '.'}, {"amp", '&'},
		     {"quot", '"'},  {"apos", '\''}, {"lt", '<'},     {"gt", '>'}};
	char name[ENTITY_MAX + 1] = "";
	size_t from = *at, size = 0, step;
	for (int32_t c; size < ENTITY_MAX && (c = scan_char(t, from, &step)) >= 'a' && c <= 'z'; from += step)
		name[size++] = (char)c;
	if (!is_at(t, &from, ';'))
		return SCAN_END;
	for (size_t i = 0; i < LENGTH(names); i++)
		if (!strcmp(name, names[i].name)) {
			*at = from;
			return names[i].is;
		}
	return SCAN_END;
}

/* The ';' behind a number may be left out, and is by some. */
static int32_t entity(const struct scan_text *t, size_t at, size_t *ret_size)
{
	size_t from = at;
	int32_t code;
	(void)is_at(t, &from, '&');
	if (!is_at(t, &from, '#'))
		code = named_entity(t, &from);
	else if (is_at(t, &from, 'x') || is_at(t, &from, 'X'))
		code = number(t, &from, 16, 1, HEX_MAX);
	else
		code = number(t, &from, 10, 1, DECIMAL_MAX);
	(void)is_at(t, &from, ';');
	*ret_size = from - at;
	return code;
}

int32_t scan_escaped(const struct scan_text *t, size_t at, bool percent, size_t *ret_size)
{
	int32_t code = scan_char(t, at, ret_size), meant = SCAN_END;
	size_t size = 0;
	if (code == '\\')
		meant = after_backslash(t, at, &size);
	else if (code == '&')
		meant = entity(t, at, &size);
	else if (code == '%' && percent)
		meant = escaped_bytes(t, at, true, &size);
	if (meant == SCAN_END)
		return code;
	*ret_size = size;
	return meant;
}
