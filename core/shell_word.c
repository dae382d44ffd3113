/* SPDX-License-Identifier: Apache-2.0 */
#include "core/shell_word.h"

#include <string.h>

/* Bytes past ASCII are letters to every shell. */
static bool is_plain(struct slice bytes)
{
	static const char others[] = "_./:@%+=,-";
	for (size_t i = 0; i < bytes.size; i++) {
		unsigned char c = bytes.at[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c >= 0x80;
		if (!letter && (c == 0 || !strchr(others, c)))
			return false;
	}
	return bytes.size > 0;
}

void shell_word_add(struct text *t, struct slice bytes, size_t max)
{
	if (is_plain(bytes)) {
		text_add_printable(t, bytes, max);
		return;
	}
	struct cursor c = cursor_over(bytes);
	struct slice part;
	text_add_char(t, '\'');
	/* nothing but the quote itself ends a quoted word */
	while (cursor_until(&c, '\'', cursor_left(&c), &part)) {
		text_add_printable(t, part, max);
		text_add_string(t, "'\\''");
	}
	text_add_printable(t, cursor_rest(&c), max);
	text_add_char(t, '\'');
}
