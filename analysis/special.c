/* SPDX-License-Identifier: Apache-2.0 */
/*
 * schema/addresses.tsv: lines of four fields with a tab between, the first a heading:
 * range  what  holds  specification
 * "holds" is the number of bits before an IPv4 address within, "teredo", or "-".
 */
#include "analysis/special.h"

#include "core/error.h"
#include "tables.h" /* generated */

#include <string.h>

enum { FIELD_MAX = 80 };

/* False at its end. */
static bool next_row(size_t *at, struct special_row *ret)
{
	struct slice table = slice_of(embedded_table_addresses, embedded_table_addresses_size), line, range;
	struct cursor c = cursor_over(slice_part(table, *at, table.size));
	while (cursor_line(&c, &line, NULL)) {
		struct cursor fields = cursor_over(line);
		*at = table.size - cursor_left(&c);
		bool whole = cursor_until(&fields, '\t', FIELD_MAX, &range) &&
			     cursor_until(&fields, '\t', FIELD_MAX, &ret->what) &&
			     cursor_until(&fields, '\t', FIELD_MAX, &ret->holds);
		ret->specification = cursor_rest(&fields);
		if (whole && address_range_parse(range, &ret->range))
			return true;
	}
	return false;
}

void special_read(struct special_table *ret)
{
	ret->count = 0;
	for (size_t at = 0; ret->count < SPECIAL_ROWS_MAX && next_row(&at, &ret->rows[ret->count]);)
		ret->count++;
}

/* The row with the longest prefix; NULL: none. */
static const struct special_row *find(const struct special_table *table, const struct address *a)
{
	const struct special_row *found = NULL;
	for (size_t i = 0; i < table->count; i++) {
		const struct special_row *row = &table->rows[i];
		if (address_in(a, &row->range) && (!found || row->range.bits > found->range.bits))
			found = row;
	}
	return found;
}

/* Bits 64 to 71 are zero, and no part of the address. */
bool special_embedded(const struct address *a, unsigned bits, struct address *ret)
{
	unsigned char v4[4];
	bool known = bits == 32 || bits == 40 || bits == 48 || bits == 56 || bits == 64 || bits == 96;
	if (a->family != ADDRESS_V6 || !known)
		return false;
	for (size_t i = 0, at = bits / 8; i < 4; i++, at++) {
		at += at == 8 && bits < 96;
		v4[i] = a->bytes[at];
	}
	*ret = address_v4(v4);
	return true;
}

bool special_nat64_prefix(const struct address *answer, struct address_range *ret)
{
	static const unsigned lengths[] = {96, 64, 56, 48, 40, 32};
	static const unsigned char known[] = {192, 0, 0};
	for (size_t i = 0; i < LENGTH(lengths); i++) {
		struct address v4;
		if (!special_embedded(answer, lengths[i], &v4) || memcmp(v4.bytes, known, sizeof known) != 0 ||
		    (v4.bytes[3] != 170 && v4.bytes[3] != 171))
			continue;
		*ret = (struct address_range){*answer, lengths[i]};
		memset(ret->from.bytes + lengths[i] / 8, 0, 16 - lengths[i] / 8);
		return true;
	}
	return false;
}

static void add_what(const struct special_table *table, const struct address *a, const char *otherwise, struct text *ret)
{
	const struct special_row *row = find(table, a);
	if (row)
		text_add(ret, row->what);
	else
		text_add_string(ret, otherwise);
}

static void add_held(const struct special_table *table, const struct address *held, const char *joint, struct text *ret)
{
	char text[ADDRESS_TEXT_MAX];
	address_text(held, text);
	text_addf(ret, " %s %s (", joint, text);
	add_what(table, held, "public", ret);
	text_add_char(ret, ')');
}

/* RFC 4380, section 4: the server, and the client with each bit turned round. */
static void add_teredo(const struct special_table *table, const struct address *a, struct text *ret)
{
	unsigned char client[4];
	for (size_t i = 0; i < sizeof client; i++)
		client[i] = (unsigned char)~a->bytes[12 + i];
	struct address server = address_v4(a->bytes + 4), behind = address_v4(client);
	add_held(table, &behind, "of", ret);
	add_held(table, &server, "by", ret);
}

static bool add_own_nat64(const struct address *a, const struct special_table *table, const struct special_nat64 *own,
			  struct text *ret)
{
	struct address held;
	for (size_t i = 0; own && i < own->count; i++)
		if (address_in(a, &own->prefixes[i]) && special_embedded(a, own->prefixes[i].bits, &held)) {
			text_add_string(ret, "NAT64 of this network,");
			add_held(table, &held, "of", ret);
			return true;
		}
	return false;
}

void special_text(const struct address *a, const struct special_table *table, const struct special_nat64 *own,
		  struct text *ret)
{
	struct address held;
	uint64_t bits;
	const struct special_row *row = add_own_nat64(a, table, own, ret) ? NULL : find(table, a);
	if (!row)
		return;
	text_add(ret, row->what);
	if (slice_is(row->holds, "teredo"))
		add_teredo(table, a, ret);
	else if (slice_is(row->holds, "16"))
		add_held(table, &(struct address){ADDRESS_V4, {a->bytes[2], a->bytes[3], a->bytes[4], a->bytes[5]}}, "of", ret);
	else if (slice_u64(row->holds, 96, &bits) && special_embedded(a, (unsigned)bits, &held))
		add_held(table, &held, "of", ret);
}
