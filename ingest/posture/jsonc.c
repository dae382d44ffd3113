/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/posture/jsonc.h"

enum state { PLAIN, STRING, LINE, BLOCK };

static bool is_space(unsigned char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* What the byte at `at` begins, outside of strings and comments. */
static enum state begins(struct slice in, size_t at)
{
	struct slice rest = slice_part(in, at, 2);
	if (slice_is(rest, "//"))
		return LINE;
	if (slice_is(rest, "/*"))
		return BLOCK;
	return in.at[at] == '"' ? STRING : PLAIN;
}

/* Takes the last comma back where nothing but white space came behind it. */
static void drop_comma(struct text *t, size_t comma, unsigned char c)
{
	if (comma != SIZE_MAX && (c == '}' || c == ']') && !t->overflow)
		t->at[comma] = ' ';
}

/* The string whose quote stands at `at`, as it is; returns where it ends. */
static size_t add_string(struct slice in, size_t at, struct text *ret)
{
	text_add_char(ret, '"');
	while (++at < in.size && in.at[at] != '"') {
		text_add_char(ret, (char)in.at[at]);
		if (in.at[at] == '\\' && at + 1 < in.size)
			text_add_char(ret, (char)in.at[++at]);
	}
	if (at < in.size)
		text_add_char(ret, '"');
	return at;
}

void jsonc_plain(struct slice in, struct text *ret)
{
	enum state state = PLAIN;
	size_t comma = SIZE_MAX, at = 0; /* the comma that may have to go */
	if (slice_starts(in, "\xef\xbb\xbf")) {
		text_add_string(ret, "   ");
		at = 3;
	}
	for (; at < in.size; at++) {
		unsigned char c = in.at[at];
		if (state == PLAIN)
			state = begins(in, at);
		if (state == BLOCK && slice_is(slice_part(in, at, 3), "/*/")) {
			text_add_string(ret, "  "); /* which opens one, and does not close it */
			at++;
			continue;
		}
		switch (state) {
		case PLAIN:
			if (c == ',' || !is_space(c)) {
				drop_comma(ret, comma, c);
				comma = c == ',' ? ret->size : SIZE_MAX;
			}
			text_add_char(ret, (char)c);
			break;
		case STRING:
			comma = SIZE_MAX;
			at = add_string(in, at, ret);
			state = PLAIN;
			break;
		case LINE:
			if (c == '\n')
				state = PLAIN;
			text_add_char(ret, c == '\n' ? '\n' : ' ');
			break;
		case BLOCK:
			text_add_char(ret, c == '\n' ? '\n' : ' ');
			if (slice_is(slice_part(in, at, 2), "*/")) {
				text_add_char(ret, ' ');
				at++;
				state = PLAIN;
			}
			break;
		}
	}
}
