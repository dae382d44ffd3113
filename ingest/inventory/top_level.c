/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lines of two fields with a tab between, sorted by the first, the first line a heading:
 * label  bare
 */
#include "ingest/inventory/top_level.h"

#include "core/error.h"
#include "tables.h" /* generated */

static struct slice table(void)
{
	return slice_of(embedded_table_top_level, embedded_table_top_level_size);
}

static enum top_level kind_of(struct slice word)
{
	static const char *const words[] = {"", "url", "three", "two"};
	for (size_t i = 1; i < LENGTH(words); i++)
		if (slice_is(word, words[i]))
			return (enum top_level)i;
	return TOP_LEVEL_NONE;
}

bool top_level_next(size_t *at, struct slice *ret_label, enum top_level *ret)
{
	struct slice all = table(), line;
	struct cursor c = cursor_over(slice_part(all, *at, all.size));
	while (cursor_line(&c, &line, NULL)) {
		*at = all.size - cursor_left(&c);
		struct cursor fields = cursor_over(line);
		if (!cursor_until(&fields, '\t', TOP_LEVEL_MAX, ret_label))
			continue;
		*ret = kind_of(cursor_rest(&fields));
		if (*ret != TOP_LEVEL_NONE)
			return true;
	}
	return false;
}

/* Where the line begins that byte `at` stands in. */
static size_t line_start(struct slice all, size_t at)
{
	while (at > 0 && all.at[at - 1] != '\n')
		at--;
	return at;
}

enum top_level top_level_find(struct slice label)
{
	struct slice all = table(), word;
	size_t low = slice_find(all, '\n') + 1, high = all.size;
	if (label.size == 0 || label.size > TOP_LEVEL_MAX)
		return TOP_LEVEL_NONE;
	if (slice_starts(label, "xn--"))
		return TOP_LEVEL_URL;
	while (low < high) {
		size_t at = line_start(all, low + (high - low) / 2);
		struct slice line = slice_part(all, at, slice_find(slice_part(all, at, all.size), '\n'));
		struct cursor c = cursor_over(line);
		if (!cursor_until(&c, '\t', TOP_LEVEL_MAX, &word))
			return TOP_LEVEL_NONE;
		int order = slice_compare(label, word);
		if (order == 0)
			return kind_of(cursor_rest(&c));
		if (order < 0)
			high = at;
		else
			low = at + line.size + 1;
	}
	return TOP_LEVEL_NONE;
}
