/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The journal's export format (systemd, JOURNAL_EXPORT_FORMATS):
 *
 *   NAME=value LF                                   text
 *   NAME LF  size:8 (little-endian)  value  LF      anything
 *
 * and an empty line behind each entry, which a value of the second kind may hold too.
 */
#include "ingest/described_export.h"

enum { SIZE_BYTES = 8 };

static void keep(struct described_export *e, struct slice bytes)
{
	e->too_long |= bytes.size > sizeof e->bytes - e->used;
	if (e->too_long || bytes.size == 0)
		return;
	memcpy(e->bytes + e->used, bytes.at, bytes.size);
	e->used += bytes.size;
}

/* The size, the value and the LF behind a name. */
static void keep_value(struct described_export *e, struct input *in)
{
	struct slice head = input_take(in, SIZE_BYTES);
	struct cursor c = cursor_over(head);
	uint64_t size = cursor_le64(&c);
	keep(e, head);
	if (c.short_read)
		return;
	if (size >= sizeof e->bytes - e->used) {
		e->too_long = true;
		if (input_skip(in, size) == size)
			input_skip(in, 1);
		return;
	}
	keep(e, input_take(in, (size_t)size + 1));
}

enum line described_export_next(struct described_export *e, struct input *in, struct slice *ret)
{
	struct slice line;
	enum line kind;
	bool any = false;
	e->used = 0;
	e->too_long = false;
	while ((kind = input_line(in, &line)) != LINE_END) {
		e->too_long |= kind == LINE_TOO_LONG;
		if (kind != LINE_TOO_LONG && line.size == 0) {
			if (any)
				break;
			continue; /* more than one between two entries */
		}
		any = true;
		keep(e, line);
		if (kind == LINE_WHOLE)
			keep(e, SLICE("\n"));
		if (kind == LINE_WHOLE && slice_find(line, '=') == line.size)
			keep_value(e, in);
	}
	*ret = slice_of(e->bytes, e->too_long ? 0 : e->used);
	if (!any)
		return LINE_END;
	return e->too_long ? LINE_TOO_LONG : kind == LINE_END ? LINE_CUT : LINE_WHOLE;
}

static void fill(const struct description *d, struct slice name, struct slice value, struct json_value slots[])
{
	for (size_t i = 0; i < d->slot_count; i++)
		if (slots[i].type == JSON_ABSENT && slice_equal(d->slots[i], name))
			slots[i] = (struct json_value){JSON_STRING, value};
}

const char *described_export_fields(const struct description *d, struct slice entry, struct json_value slots[])
{
	struct cursor c = cursor_over(entry);
	struct slice line, value;
	for (size_t i = 0; i < d->slot_count; i++)
		slots[i] = (struct json_value){0};
	while (cursor_line(&c, &line, NULL)) {
		size_t equals = slice_find(line, '=');
		if (equals < line.size) {
			value = slice_part(line, equals + 1, line.size);
		} else {
			uint64_t size = cursor_le64(&c);
			value = cursor_take(&c, size < entry.size ? (size_t)size : entry.size);
			cursor_skip(&c, 1);
		}
		if (c.short_read)
			return "an entry of the journal that is cut off";
		fill(d, slice_part(line, 0, equals), value, slots);
	}
	return NULL;
}
