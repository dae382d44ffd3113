/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Columns between blanks, tabs, commas (RFC 4180 within one line), semicolons or bars.
 * "-" and "(empty)" stand for nothing, as in W3C extended logs and Zeek's.
 */
#include "ingest/described_table.h"

#include <string.h>

/* The next column; `more` tells whether another one follows it. */
static bool next_column(struct cursor *c, unsigned char separator, struct slice *ret, bool *more)
{
	struct slice rest = cursor_rest(c);
	if (separator == ' ') {
		*more = true;
		return cursor_word(c, rest.size, ret);
	}
	if (!*more)
		return false;
	size_t quote = slice_starts(rest, "\"") && separator != '\t'
			       ? 1 + slice_find(slice_part(rest, 1, rest.size), '"')
			       : rest.size;
	size_t end = slice_find(rest, separator);
	if (quote < rest.size) {
		*ret = slice_part(rest, 1, quote - 1);
		struct slice behind = slice_part(rest, quote, rest.size);
		end = quote + slice_find(behind, separator);
	} else {
		*ret = slice_part(rest, 0, end);
	}
	*more = end < rest.size;
	cursor_skip(c, *more ? end + 1 : rest.size);
	return true;
}

static int find_slot(const struct description *d, struct slice name)
{
	for (size_t i = 0; i < d->slot_count; i++)
		if (slice_equal(d->slots[i], name))
			return (int)i;
	return -1;
}

void described_table_heading(const struct description *d, struct slice names, struct described_table *ret)
{
	struct cursor c = cursor_over(slice_trim(names));
	struct slice name;
	bool more = true;
	size_t n = 0;
	memset(ret->slots, -1, sizeof ret->slots);
	ret->known = false;
	for (; n < DESCRIPTION_COLUMNS_MAX && next_column(&c, ret->separator, &name, &more); n++) {
		ret->slots[n] = (signed char)find_slot(d, slice_trim(name));
		ret->known |= ret->slots[n] >= 0;
	}
}

void described_table_begin(const struct description *d, struct described_table *ret)
{
	bool commas = slice_find(d->columns, ',') < d->columns.size;
	*ret = (struct described_table){.separator = commas ? ',' : ' ', .slot_count = d->slot_count};
	if (d->columns.size)
		described_table_heading(d, d->columns, ret);
	ret->separator = d->separator;
}

const char *described_table_row(const struct described_table *t, struct slice row, struct json_value slots[])
{
	struct cursor c = cursor_over(row);
	struct slice column;
	bool more = true;
	if (!t->known)
		return "a row in front of the heading that names its columns";
	for (size_t i = 0; i < t->slot_count; i++)
		slots[i] = (struct json_value){0};
	for (size_t n = 0; n < DESCRIPTION_COLUMNS_MAX && next_column(&c, t->separator, &column, &more); n++) {
		if (t->slots[n] < 0 || slice_is(column, "-") || slice_is(column, "(empty)"))
			continue;
		slots[(int)t->slots[n]] = (struct json_value){JSON_STRING, column};
	}
	return NULL;
}
