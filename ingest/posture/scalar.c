/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/posture/scalar.h"

#include <stdio.h>

bool scalar_push(struct scalar_path *path, size_t size, struct slice part)
{
	size_t dot = size ? 1 : 0;
	path->used = size;
	if (part.size + dot > sizeof path->at - size)
		return false;
	if (dot)
		path->at[path->used++] = '.';
	if (part.size)
		memcpy(path->at + path->used, part.at, part.size);
	path->used += part.size;
	return true;
}

bool scalar_push_number(struct scalar_path *path, size_t size, unsigned number)
{
	char text[16];
	snprintf(text, sizeof text, "%u", number);
	return scalar_push(path, size, slice_of_string(text));
}

struct slice scalar_path(const struct scalar_path *path)
{
	return slice_of(path->at, path->used);
}

bool scalar_quoted(struct slice text, struct slice *ret, struct slice *ret_rest)
{
	unsigned char quote = text.size ? text.at[0] : 0;
	if (quote != '"' && quote != '\'')
		return false;
	for (size_t i = 1; i < text.size; i++) {
		if (text.at[i] == quote) {
			*ret = slice_part(text, 1, i - 1);
			*ret_rest = slice_part(text, i + 1, text.size);
			return true;
		}
		if (quote == '"' && text.at[i] == '\\')
			i++;
	}
	return false;
}

struct slice scalar_uncomment(struct slice text, unsigned char mark)
{
	for (size_t i = 0; i < text.size; i++)
		if (text.at[i] == mark && (i == 0 || text.at[i - 1] == ' ' || text.at[i - 1] == '\t'))
			return slice_trim(slice_part(text, 0, i));
	return slice_trim(text);
}
