/* SPDX-License-Identifier: Apache-2.0 */
/*
 * NAME=VALUE lines: environment.d(5) and .env files, shell fragments (with "export"),
 * systemd units, where each word behind "Environment=" is a NAME=VALUE of its own.
 * Headings in brackets are passed over, '#' and ';' begin comments.
 */
#include "ingest/posture/scalar.h"

static bool is_name(struct slice name)
{
	for (size_t i = 0; i < name.size; i++) {
		unsigned char c = name.at[i];
		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
		      c == '_' || c == '.' || c == '-'))
			return false;
	}
	return name.size > 0;
}

static enum status take_pair(struct posture *p, struct slice pair, struct slice line, struct error *err)
{
	size_t equals = slice_find(pair, '=');
	struct slice name = slice_trim(slice_part(pair, 0, equals));
	struct slice value = slice_trim(slice_part(pair, equals + 1, pair.size)), inside, rest;
	if (equals == pair.size || !is_name(name))
		return posture_unsure(p, "a line that is no setting", line, err);
	if (scalar_quoted(value, &inside, &rest))
		value = inside;
	return posture_fact(p, name, value, err);
}

/* "A=1 B=2", each in quotes or not. */
static enum status take_unit_words(struct posture *p, struct slice words, struct error *err)
{
	enum status status = OK;
	struct slice word, rest;
	while (!status && (words = slice_trim(words)).size > 0) {
		if (!scalar_quoted(words, &word, &rest)) {
			size_t end = 0;
			while (end < words.size && words.at[end] != ' ' && words.at[end] != '\t')
				end++;
			word = slice_part(words, 0, end);
			rest = slice_part(words, end, words.size);
		}
		status = take_pair(p, word, word, err);
		words = rest;
	}
	return status;
}

enum status posture_assign(struct posture *p, struct slice text, struct error *err)
{
	struct cursor c = cursor_over(text);
	struct slice line;
	enum status status = OK;
	while (!status && cursor_line(&c, &line, NULL)) {
		if (line.size > POSTURE_LINE_MAX && !slice_starts(line, "args="))
			status = posture_unsure(p, "a line that is too long", slice_part(line, 0, 120), err);
		struct slice plain = slice_trim(slice_part(line, 0, POSTURE_LINE_MAX));
		if (status || plain.size == 0 || memchr("#;[", plain.at[0], 3) || line.size > POSTURE_LINE_MAX)
			continue;
		if (slice_starts(plain, "export "))
			plain = slice_trim(slice_part(plain, 7, plain.size));
		if (slice_starts(plain, "Environment=") && slice_is(p->what, "unit"))
			status = take_unit_words(p, slice_part(plain, 12, plain.size), err);
		else
			status = take_pair(p, plain, line, err);
	}
	return status;
}
