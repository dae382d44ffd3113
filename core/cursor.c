/* SPDX-License-Identifier: Apache-2.0 */
#include "core/cursor.h"

#include <string.h>

struct slice slice_of_string(const char *text)
{
	return (struct slice){(const unsigned char *)text, strlen(text)};
}

bool cursor_until(struct cursor *c, unsigned char delimiter, size_t max, struct slice *ret)
{
	size_t left = cursor_left(c);
	/* the delimiter itself may stand one byte past the longest content */
	size_t reach = left > max ? max + 1 : left;
	const unsigned char *found = reach ? memchr(c->at, delimiter, reach) : NULL;
	if (!found)
		return false;
	*ret = (struct slice){c->at, (size_t)(found - c->at)};
	c->at = found + 1;
	return true;
}

bool cursor_line(struct cursor *c, struct slice *ret, bool *ret_whole)
{
	size_t left = cursor_left(c);
	if (left == 0)
		return false;
	bool whole = cursor_until(c, '\n', left, ret);
	if (!whole)
		*ret = cursor_take(c, left);
	if (ret->size > 0 && ret->at[ret->size - 1] == '\r')
		ret->size--;
	if (ret_whole)
		*ret_whole = whole;
	return true;
}

static bool is_blank(unsigned char byte)
{
	return byte == ' ' || byte == '\t';
}

bool cursor_word(struct cursor *c, size_t max, struct slice *ret)
{
	while (c->at < c->end && is_blank(*c->at))
		c->at++;
	const unsigned char *from = c->at;
	while (c->at < c->end && !is_blank(*c->at)) {
		if ((size_t)(c->at - from) == max) {
			c->at = from;
			return false;
		}
		c->at++;
	}
	*ret = (struct slice){from, (size_t)(c->at - from)};
	return ret->size > 0;
}

int slice_compare(struct slice a, struct slice b)
{
	size_t size = a.size < b.size ? a.size : b.size;
	int order = size ? memcmp(a.at, b.at, size) : 0;
	return order ? order : (a.size > b.size) - (a.size < b.size);
}

bool slice_equal(struct slice a, struct slice b)
{
	return a.size == b.size && (a.size == 0 || memcmp(a.at, b.at, a.size) == 0);
}

bool slice_is(struct slice a, const char *text)
{
	return slice_equal(a, slice_of_string(text));
}

static unsigned char lower(unsigned char byte)
{
	return byte >= 'A' && byte <= 'Z' ? (unsigned char)(byte + ('a' - 'A')) : byte;
}

bool slice_is_nocase(struct slice a, const char *text)
{
	struct slice b = slice_of_string(text);
	if (a.size != b.size)
		return false;
	for (size_t i = 0; i < a.size; i++)
		if (lower(a.at[i]) != lower(b.at[i]))
			return false;
	return true;
}

bool slice_starts(struct slice a, const char *prefix)
{
	struct slice p = slice_of_string(prefix);
	return a.size >= p.size && slice_equal(slice_part(a, 0, p.size), p);
}

bool slice_ends(struct slice a, const char *suffix)
{
	struct slice s = slice_of_string(suffix);
	return a.size >= s.size && slice_equal(slice_part(a, a.size - s.size, s.size), s);
}

struct slice slice_trim(struct slice a)
{
	while (a.size > 0 && (is_blank(a.at[0]) || a.at[0] == '\r'))
		a = slice_part(a, 1, a.size);
	while (a.size > 0 && (is_blank(a.at[a.size - 1]) || a.at[a.size - 1] == '\r'))
		a.size--;
	return a;
}

size_t slice_find(struct slice a, unsigned char byte)
{
	const unsigned char *found = a.size ? memchr(a.at, byte, a.size) : NULL;
	return found ? (size_t)(found - a.at) : a.size;
}

size_t slice_search(struct slice a, struct slice needle)
{
	if (needle.size == 0)
		return 0;
	const unsigned char *found =
		a.size >= needle.size ? memmem(a.at, a.size, needle.at, needle.size) : NULL;
	return found ? (size_t)(found - a.at) : a.size;
}

static int digit_value(unsigned char byte)
{
	if (byte >= '0' && byte <= '9')
		return byte - '0';
	if (byte >= 'a' && byte <= 'f')
		return byte - 'a' + 10;
	if (byte >= 'A' && byte <= 'F')
		return byte - 'A' + 10;
	return 16;
}

static bool number(struct slice a, unsigned base, uint64_t max, uint64_t *ret)
{
	if (a.size == 0 || a.size > 20)
		return false;
	uint64_t value = 0;
	for (size_t i = 0; i < a.size; i++) {
		unsigned digit = (unsigned)digit_value(a.at[i]);
		if (digit >= base || value > (UINT64_MAX - digit) / base)
			return false;
		value = value * base + digit;
	}
	if (value > max)
		return false;
	*ret = value;
	return true;
}

bool slice_u64(struct slice a, uint64_t max, uint64_t *ret)
{
	return number(a, 10, max, ret);
}

bool slice_hex_u64(struct slice a, uint64_t max, uint64_t *ret)
{
	return number(a, 16, max, ret);
}

bool slice_i64(struct slice a, int64_t max, int64_t *ret)
{
	bool minus = a.size > 0 && a.at[0] == '-';
	uint64_t value;
	if (!number(minus ? slice_part(a, 1, a.size) : a, 10, (uint64_t)max, &value))
		return false;
	*ret = minus ? -(int64_t)value : (int64_t)value;
	return true;
}

bool slice_hex_bytes(struct slice a, size_t size, unsigned char ret[])
{
	if (a.size / 2 != size || a.size % 2 != 0)
		return false;
	for (size_t i = 0; i < size; i++) {
		int high = digit_value(a.at[2 * i]), low = digit_value(a.at[2 * i + 1]);
		if (high > 15 || low > 15)
			return false;
		ret[i] = (unsigned char)(high << 4 | low);
	}
	return true;
}

bool slice_to_string(struct slice a, char *ret, size_t capacity)
{
	if (a.size >= capacity || slice_find(a, 0) < a.size) {
		if (capacity)
			ret[0] = 0;
		return false;
	}
	if (a.size)
		memcpy(ret, a.at, a.size);
	ret[a.size] = 0;
	return true;
}
