/* SPDX-License-Identifier: Apache-2.0 */
#include "report/der.h"

/* X.690, 8.1.3 and 10.1: lengths below 128 are one byte, others 0x81 and one byte
 * or 0x82 and two, whichever is the shortest. */
static void add_length(struct text *out, size_t size)
{
	if (size > 0xff) {
		text_add_char(out, (char)0x82);
		text_add_char(out, (char)(size >> 8));
	} else if (size > 0x7f) {
		text_add_char(out, (char)0x81);
	}
	text_add_char(out, (char)(size & 0xff));
}

void der_add(struct text *out, unsigned char tag, struct slice content)
{
	if (content.size > DER_CONTENT_MAX) {
		out->overflow = true;
		return;
	}
	text_add_char(out, (char)tag);
	add_length(out, content.size);
	text_add(out, content);
}

static bool take_length(struct cursor *c, size_t *ret)
{
	size_t first = cursor_u8(c);
	*ret = first;
	if (first == 0x81) {
		*ret = cursor_u8(c);
		return *ret > 0x7f;
	}
	if (first == 0x82) {
		*ret = cursor_be16(c);
		return *ret > 0xff;
	}
	return first < 0x80;
}

bool der_take(struct cursor *c, unsigned char tag, struct slice *ret_content)
{
	size_t size;
	unsigned char found = cursor_u8(c);
	if (c->short_read || found != tag || !take_length(c, &size) || size > cursor_left(c))
		return false;
	*ret_content = cursor_take(c, size);
	return !c->short_read;
}

bool der_enter(struct cursor *c, unsigned char tag, struct cursor *ret)
{
	struct slice content;
	if (!der_take(c, tag, &content))
		return false;
	*ret = cursor_over(content);
	return true;
}
