/* SPDX-License-Identifier: Apache-2.0 */
#include "report/sha256sums.h"

#include <string.h>

enum {
	DIGITS = 2 * HASH_SIZE,
	LINE_MAX_SIZE = 1 + DIGITS + 2 + 2 * FILE_PATH_MAX, /* every byte escaped */
};

static bool needs_escape(const char *path)
{
	return strpbrk(path, "\\\n\r") != NULL;
}

void sha256sums_add(struct text *out, const char *path,
		    const unsigned char digest[static HASH_SIZE])
{
	bool escape = needs_escape(path);
	if (escape)
		text_add_char(out, '\\');
	text_add_hex(out, digest, HASH_SIZE);
	text_add_string(out, "  ");
	if (!escape) {
		text_add_string(out, path);
	} else {
		for (; *path; path++) {
			if (*path == '\\' || *path == '\n' || *path == '\r')
				text_add_char(out, '\\');
			text_add_char(out, *path == '\n' ? 'n' : *path == '\r' ? 'r' : *path);
		}
	}
	text_add_char(out, '\n');
}

/* An unknown escape stands for itself: the line, written anew, then differs. */
static bool unescape(struct slice text, char ret[static FILE_PATH_MAX])
{
	AUTO_TEXT struct text plain = text_make(FILE_PATH_MAX - 1);
	struct cursor c = cursor_over(text);
	while (cursor_left(&c) > 0) {
		char byte = (char)cursor_u8(&c);
		if (byte == '\\') {
			byte = (char)cursor_u8(&c);
			byte = byte == 'n' ? '\n' : byte == 'r' ? '\r' : byte;
		}
		text_add_char(&plain, byte);
	}
	return !plain.overflow && slice_to_string(text_slice(&plain), ret, FILE_PATH_MAX);
}

/* Relative, and every part of it a name. */
static bool is_plain_path(const char *path)
{
	struct cursor c = cursor_over(slice_of_string(path));
	for (;;) {
		struct slice part;
		bool more = cursor_until(&c, '/', FILE_PATH_MAX, &part);
		if (!more)
			part = cursor_rest(&c);
		if (part.size == 0 || slice_is(part, ".") || slice_is(part, ".."))
			return false;
		if (!more)
			return true;
	}
}

static bool is_as_written(const struct sha256sums_line *line, struct slice text)
{
	AUTO_TEXT struct text again = text_make(LINE_MAX_SIZE);
	sha256sums_add(&again, line->path, line->digest);
	return slice_equal(text_slice(&again), text);
}

const char *sha256sums_next(struct cursor *c, struct sha256sums_line *ret, bool *ret_more)
{
	struct cursor whole = cursor_over(cursor_rest(c));
	struct slice text;
	*ret = (struct sha256sums_line){0};
	*ret_more = cursor_left(c) > 0;
	if (!*ret_more)
		return NULL;
	if (!cursor_until(c, '\n', LINE_MAX_SIZE, &text))
		return "not ended, or too long";
	struct cursor line = cursor_over(text);
	bool escaped = slice_starts(text, "\\");
	cursor_skip(&line, escaped);
	if (!slice_hex_bytes(cursor_take(&line, DIGITS), HASH_SIZE, ret->digest))
		return "not a SHA-256 of 64 digits";
	cursor_skip(&line, 2);
	struct slice path = cursor_rest(&line);
	if (!(escaped ? unescape(path, ret->path)
		      : slice_to_string(path, ret->path, FILE_PATH_MAX)))
		return "a path that cannot be read";
	if (!is_plain_path(ret->path))
		return "a path that is not plain and relative";
	if (!is_as_written(ret, cursor_take(&whole, text.size + 1)))
		return "not in the form in which such a line is written";
	return NULL;
}

static const char *collect(struct cursor *c, struct arena *arena, struct sha256sums_entry *entries,
			   size_t *count)
{
	struct sha256sums_line line;
	for (bool more = true; more;) {
		const char *wrong = sha256sums_next(c, &line, &more);
		if (wrong || !more)
			return wrong;
		int order = *count ? strcmp(entries[*count - 1].path, line.path) : -1;
		if (order >= 0)
			return order ? "out of its order" : "a path that stands there twice";
		struct sha256sums_entry *e = &entries[*count];
		e->path = arena_string(arena, slice_of_string(line.path));
		if (!e->path)
			return "more than fits";
		memcpy(e->digest, line.digest, HASH_SIZE);
		++*count;
	}
	return NULL;
}

const char *sha256sums_read(struct slice bytes, struct arena *arena, struct sha256sums_entry **ret,
			    size_t *ret_count, size_t *ret_line)
{
	size_t lines = 0;
	struct slice line;
	for (struct cursor c = cursor_over(bytes); cursor_line(&c, &line, NULL);)
		lines++;
	*ret = NULL;
	*ret_count = 0;
	*ret_line = 1;
	if (lines == 0)
		return "an empty list";
	*ret = arena_alloc(arena, lines * sizeof **ret);
	if (!*ret)
		return "more than fits";
	struct cursor c = cursor_over(bytes);
	const char *wrong = collect(&c, arena, *ret, ret_count);
	*ret_line = *ret_count + 1;
	return wrong;
}
