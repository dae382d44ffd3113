/* SPDX-License-Identifier: Apache-2.0 */
/*
 * UTF-16 (RFC 2781, section 2.2) into UTF-8.
 */
#include "ingest/etl/utf16.h"

#include "core/text.h"

enum {
	HIGH = 0xd800,
	LOW = 0xdc00,
	SURROGATES_END = 0xe000,
	REPLACEMENT = 0xfffd,
	BEYOND = 0x10000,
};

/* One character; 0 at the end. */
static uint32_t next_character(struct cursor *c)
{
	uint32_t unit = cursor_left(c) >= 2 ? cursor_le16(c) : 0;
	if (unit < HIGH || unit >= SURROGATES_END)
		return unit;
	struct cursor ahead = *c;
	uint32_t low = cursor_left(c) >= 2 ? cursor_le16(&ahead) : 0;
	if (unit >= LOW || low < LOW || low >= SURROGATES_END)
		return REPLACEMENT;
	*c = ahead;
	return BEYOND + ((unit - HIGH) << 10) + (low - LOW);
}

size_t utf16_read(struct cursor *c, char *ret, size_t capacity)
{
	size_t used = 0;
	bool fits = true;
	for (uint32_t character; (character = next_character(c)) != 0;) {
		unsigned char bytes[4];
		size_t size = text_put_utf8(character, bytes);
		fits = fits && size < capacity - used;
		if (!fits)
			continue;
		memcpy(ret + used, bytes, size);
		used += size;
	}
	ret[used] = 0;
	return used;
}

bool utf16_skip(struct cursor *c)
{
	while (cursor_left(c) >= 2)
		if (cursor_le16(c) == 0)
			return true;
	return false;
}
