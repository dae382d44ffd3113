/* SPDX-License-Identifier: Apache-2.0 */
#include "benchmark/http_lines.h"

struct http_lines http_lines_make(size_t max, bool cr_ends)
{
	return (struct http_lines){.line = text_make(max), .cr_ends = cr_ends};
}

void http_lines_free(struct http_lines *l)
{
	text_free(&l->line);
}

static size_t find_end(const struct http_lines *l, struct slice bytes)
{
	size_t lf = slice_find(bytes, '\n');
	return l->cr_ends ? slice_find(slice_part(bytes, 0, lf), '\r') : lf;
}

/* The line with its last piece, put together only where it came in several. */
static struct slice whole_line(struct http_lines *l, struct slice piece)
{
	struct slice line = piece;
	if (l->line.size > 0) {
		text_add(&l->line, piece);
		line = text_slice(&l->line);
	}
	if (!l->cr_ends && slice_ends(line, "\r"))
		line.size--;
	return line;
}

enum http_lines_end http_lines_feed(struct http_lines *l, struct slice bytes,
				    bool (*each)(void *context, struct slice line), void *context)
{
	struct cursor c = cursor_over(bytes);
	while (cursor_left(&c) > 0) {
		struct slice rest = cursor_rest(&c);
		if (l->after_cr && rest.at[0] == '\n') {
			l->after_cr = false;
			cursor_skip(&c, 1);
			continue;
		}
		l->after_cr = false;
		size_t size = find_end(l, rest);
		struct slice piece = cursor_take(&c, size);
		if (piece.size > l->line.max - l->line.size)
			return HTTP_LINES_TOO_LONG;
		if (size == rest.size) {
			text_add(&l->line, piece);
			break;
		}
		l->after_cr = cursor_u8(&c) == '\r';
		bool wanted = each(context, whole_line(l, piece));
		text_clear(&l->line);
		if (!wanted)
			return HTTP_LINES_UNWANTED;
	}
	return HTTP_LINES_MORE;
}

struct slice http_lines_rest(const struct http_lines *l)
{
	return text_slice(&l->line);
}
