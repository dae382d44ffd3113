/* SPDX-License-Identifier: Apache-2.0 */
/*
 * RFC 2781 (UTF-16), RFC 3629 (UTF-8).
 *
 *   EF BB BF  UTF-8, passed over
 *   FF FE     UTF-16, little-endian
 *   FE FF     UTF-16, big-endian
 */
#include "ingest/lines.h"

#include "core/error.h"
#include "core/text.h"

#include <stdlib.h>

enum { UTF8_MARK = 3, UTF16_MARK = 2, UTF8_LONGEST = 4, REPLACEMENT = 0xfffd };

enum lines_coding lines_coding(struct slice first, size_t *ret_mark)
{
	*ret_mark = UTF16_MARK;
	if (slice_starts(first, "\xff\xfe"))
		return LINES_UTF16_LE;
	if (slice_starts(first, "\xfe\xff"))
		return LINES_UTF16_BE;
	*ret_mark = slice_starts(first, "\xef\xbb\xbf") ? UTF8_MARK : 0;
	return LINES_BYTES;
}

void lines_open(struct lines *l, struct input *in)
{
	size_t mark;
	*l = (struct lines){.in = in};
	l->coding = lines_coding(input_peek(in), &mark);
	input_take(in, mark);
	if (l->coding != LINES_BYTES)
		l->text = must_alloc(LINES_MAX + UTF8_LONGEST, 1);
}

void lines_close(struct lines *l)
{
	free(l->text);
	l->text = NULL;
}

/* Code units into code points: a high surrogate waits for its low one. */
struct decoder16 {
	uint32_t high; /* 0: none */
};

/* How many bytes were written; a surrogate alone becomes U+FFFD. */
static size_t put_unit(struct decoder16 *d, uint32_t unit, unsigned char *to)
{
	size_t size = 0;
	bool low = unit >= 0xdc00 && unit < 0xe000;
	if (d->high && low) {
		uint32_t point = 0x10000 + ((d->high - 0xd800) << 10) + (unit - 0xdc00);
		d->high = 0;
		return text_put_utf8(point, to);
	}
	if (d->high)
		size = text_put_utf8(REPLACEMENT, to);
	d->high = unit >= 0xd800 && unit < 0xdc00 ? unit : 0;
	if (!d->high)
		size += text_put_utf8(low ? REPLACEMENT : unit, to + size);
	return size;
}

static uint32_t unit_of(struct slice two, bool little)
{
	struct cursor c = cursor_over(two);
	return little ? cursor_le16(&c) : cursor_be16(&c);
}

static bool next_utf16(struct lines *l, struct slice *ret, bool *ret_too_long)
{
	struct decoder16 d = {0};
	size_t used = 0;
	bool any = false;
	for (;;) {
		struct slice two = input_take(l->in, 2);
		any |= two.size > 0;
		uint32_t unit = unit_of(two, l->coding == LINES_UTF16_LE);
		if (two.size < 2 || unit == '\n')
			break;
		if (used >= LINES_MAX - 2 * UTF8_LONGEST)
			*ret_too_long = true; /* the rest of it is passed over */
		else
			used += put_unit(&d, unit, l->text + used);
	}
	*ret = slice_of(l->text, *ret_too_long ? 0 : used);
	return any;
}

static bool next_bytes(struct lines *l, struct slice *ret, bool *ret_too_long)
{
	enum line kind = input_line(l->in, ret);
	*ret_too_long = kind == LINE_TOO_LONG || ret->size > LINES_MAX;
	if (*ret_too_long)
		*ret = slice_of(NULL, 0);
	return kind != LINE_END;
}

bool lines_next(struct lines *l, struct slice *ret, bool *ret_too_long)
{
	*ret_too_long = false;
	*ret = slice_of(NULL, 0);
	bool any = l->coding == LINES_BYTES ? next_bytes(l, ret, ret_too_long)
					    : next_utf16(l, ret, ret_too_long);
	l->number += any;
	if (ret->size > 0 && ret->at[ret->size - 1] == '\r')
		ret->size--;
	return any;
}

struct slice lines_first(struct slice first, unsigned char buffer[static LINES_FIRST])
{
	size_t mark, used = 0;
	enum lines_coding coding = lines_coding(first, &mark);
	struct decoder16 d = {0};
	first = slice_part(first, mark, first.size);
	if (coding == LINES_BYTES)
		return first;
	struct cursor c = cursor_over(first);
	/* three bytes of UTF-8 at most out of two */
	while (cursor_left(&c) >= 2 && used + 2 * UTF8_LONGEST < LINES_FIRST)
		used += put_unit(&d, unit_of(cursor_take(&c, 2), coding == LINES_UTF16_LE), buffer + used);
	return slice_of(buffer, used);
}
