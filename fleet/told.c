/* SPDX-License-Identifier: Apache-2.0 */
#include "fleet/told.h"

#include <endian.h>

enum { NONE, NUMBER, TEXT };

static void add_le(struct text *out, uint64_t value, size_t size)
{
	uint64_t bytes = htole64(value);
	text_add(out, slice_of(&bytes, size));
}

static size_t size_of(const struct told *r)
{
	size_t size = 3;
	for (size_t i = 0; i < r->count; i++)
		size += r->values[i].type == VALUE_NULL ? 1 : r->values[i].type == VALUE_NUMBER ? 9 : 5 + r->values[i].text.size;
	return size;
}

void told_add(const struct told *r, struct text *out)
{
	add_le(out, size_of(r), TOLD_HEAD);
	add_le(out, r->kind, 1);
	add_le(out, r->table, 1);
	add_le(out, r->count, 1);
	for (size_t i = 0; i < r->count; i++) {
		const struct value *v = &r->values[i];
		add_le(out, v->type == VALUE_NULL ? NONE : v->type == VALUE_NUMBER ? NUMBER : TEXT, 1);
		if (v->type == VALUE_NUMBER)
			add_le(out, (uint64_t)v->number, 8);
		if (v->type != VALUE_TEXT)
			continue;
		add_le(out, v->text.size, 4);
		text_add(out, v->text);
	}
}

bool told_size(struct slice head, size_t *ret)
{
	struct cursor c = cursor_over(head);
	*ret = cursor_le32(&c);
	return !c.short_read && *ret > 0 && *ret <= TOLD_MAX;
}

static const char *read_value(struct cursor *c, struct value *ret)
{
	switch (cursor_u8(c)) {
	case NONE:
		*ret = (struct value){.type = VALUE_NULL};
		return NULL;
	case NUMBER:
		*ret = value_number((int64_t)cursor_le64(c));
		return NULL;
	case TEXT:
		*ret = value_slice(cursor_take(c, cursor_le32(c)));
		return NULL;
	default:
		return "a value of no kind";
	}
}

const char *told_read(struct slice bytes, struct told *ret)
{
	struct cursor c = cursor_over(bytes);
	unsigned kind = cursor_u8(&c), table = cursor_u8(&c);
	*ret = (struct told){.kind = (enum told_kind)kind, .table = (enum table_kind)table};
	ret->count = cursor_u8(&c);
	if (kind < TOLD_FILE || kind > TOLD_END || table >= TABLE_COUNT)
		return "a record of no kind";
	if (ret->count > TOLD_VALUES_MAX)
		return "more values than any record has";
	for (size_t i = 0; i < ret->count; i++) {
		const char *wrong = read_value(&c, &ret->values[i]);
		if (wrong)
			return wrong;
	}
	return c.short_read ? "a record that is cut off" : cursor_left(&c) ? "something behind the last value" : NULL;
}
