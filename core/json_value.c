/* SPDX-License-Identifier: Apache-2.0 */
/* What a value says that json_read.c has checked. */
#include "core/json.h"

#include <string.h>

/* Takes the four digits of \uXXXX, and of a second one that completes a pair. */
static uint32_t take_code_point(struct cursor *c)
{
	uint64_t unit = 0, low = 0;
	slice_hex_u64(cursor_take(c, 4), 0xffff, &unit);
	if (unit < 0xd800 || unit > 0xdfff)
		return (uint32_t)unit;
	struct cursor ahead = *c;
	if (unit > 0xdbff || !slice_is(cursor_take(&ahead, 2), "\\u") ||
	    !slice_hex_u64(cursor_take(&ahead, 4), 0xffff, &low) || low < 0xdc00 || low > 0xdfff)
		return 0xfffd;
	*c = ahead;
	return (uint32_t)(0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00));
}

static uint32_t plain_escape(unsigned char letter)
{
	switch (letter) {
	case 'b': return '\b';
	case 'f': return '\f';
	case 'n': return '\n';
	case 'r': return '\r';
	case 't': return '\t';
	default: return letter;
	}
}

bool json_string(const struct json_value *v, char *buffer, size_t capacity, struct slice *ret)
{
	if (v->type != JSON_STRING)
		return false;
	if (slice_find(v->raw, '\\') == v->raw.size) {
		*ret = v->raw;
		return true;
	}
	struct cursor c = cursor_over(v->raw);
	size_t used = 0;
	while (cursor_left(&c) > 0) {
		unsigned char bytes[4] = {cursor_u8(&c)};
		size_t size = 1;
		if (bytes[0] == '\\') {
			unsigned char letter = cursor_u8(&c);
			size = text_put_utf8(letter == 'u' ? take_code_point(&c) : plain_escape(letter), bytes);
		}
		if (size > capacity - used)
			return false;
		memcpy(buffer + used, bytes, size);
		used += size;
	}
	*ret = slice_of(buffer, used);
	return true;
}

bool json_i64(const struct json_value *v, int64_t *ret)
{
	return v->type == JSON_NUMBER && slice_i64(v->raw, INT64_MAX, ret);
}

bool json_u64(const struct json_value *v, uint64_t max, uint64_t *ret)
{
	return v->type == JSON_NUMBER && slice_u64(v->raw, max, ret);
}

bool json_bool(const struct json_value *v, bool *ret)
{
	if (v->type != JSON_TRUE && v->type != JSON_FALSE)
		return false;
	*ret = v->type == JSON_TRUE;
	return true;
}
