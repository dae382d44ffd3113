/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/row_read.h"

static bool read_value(struct cursor *c, struct row_values *ret)
{
	unsigned at = cursor_u8(c), type = cursor_u8(c);
	struct row_value v = {.type = ROW_ABSENT};
	if (type == 'i') {
		v.type = ROW_NUMBER;
		v.number = (int64_t)cursor_le64(c);
	} else if (type == 't') {
		v.type = ROW_TEXT;
		v.text = cursor_take(c, cursor_le32(c));
	}
	if (c->short_read || v.type == ROW_ABSENT || at < 1 || at > ROW_READ_VALUES)
		return false;
	ret->at[at] = v;
	return true;
}

bool row_read(struct cursor *batch, struct row_values *ret, const char **ret_wrong)
{
	*ret_wrong = NULL;
	if (cursor_left(batch) == 0)
		return false;
	struct cursor c = cursor_child(batch, cursor_le32(batch));
	unsigned query = cursor_le16(&c), values = cursor_le16(&c);
	*ret = (struct row_values){.query = (enum query)query};
	bool good = !batch->short_read && !c.short_read && query < QUERY_COUNT && values <= ROW_READ_VALUES;
	for (unsigned i = 0; i < values && good; i++)
		good = read_value(&c, ret);
	if (good && cursor_left(&c) == 0)
		return true;
	*ret_wrong = "the decoder wrote a row that cannot be read";
	return false;
}

int64_t row_number(const struct row_values *row, unsigned at, int64_t otherwise)
{
	return row->at[at].type == ROW_NUMBER ? row->at[at].number : otherwise;
}

struct slice row_string(const struct row_values *row, unsigned at)
{
	return row->at[at].type == ROW_TEXT ? row->at[at].text : slice_of(NULL, 0);
}
