/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/row.h"

#include <stdlib.h>
#include <string.h>

enum { ROOM_FIRST = 2 * ROW_BATCH, HEAD = 8, NUMBER = 10, TEXT_HEAD = 6 };

struct row_stream {
	row_sink *sink;
	void *to;
	unsigned char *bytes; /* owned */
	size_t used, room;
	size_t row;    /* where the row at hand begins */
	unsigned values;
	bool open;
};

struct row_stream *row_stream_new(row_sink *sink, void *to)
{
	struct row_stream *s = must_alloc(1, sizeof *s);
	*s = (struct row_stream){.sink = sink, .to = to, .room = ROOM_FIRST};
	s->bytes = must_alloc(s->room, 1);
	return s;
}

void row_stream_free(struct row_stream *s)
{
	if (!s)
		return;
	free(s->bytes);
	free(s);
}

/* Room for that many bytes more. */
static unsigned char *extend(struct row_stream *s, size_t size)
{
	if (size > ROW_BATCH_MAX - s->used)
		die("a row of more than %d bytes", ROW_BATCH_MAX);
	while (s->used + size > s->room) {
		s->room *= 2;
		s->bytes = must_realloc(s->bytes, s->room, 1);
	}
	unsigned char *at = s->bytes + s->used;
	s->used += size;
	return at;
}

static void put(unsigned char *at, uint64_t value, size_t size)
{
	for (size_t i = 0; i < size; i++)
		at[i] = (unsigned char)(value >> 8 * i);
}

struct row_stream *row_begin(struct row_stream *s, enum query query)
{
	if (s->open)
		die("a row was begun inside another one");
	s->open = true;
	s->row = s->used;
	s->values = 0;
	put(extend(s, HEAD) + 4, (uint64_t)query, 2);
	return s;
}

void row_i64(struct row_stream *s, int at, int64_t value)
{
	unsigned char *to = extend(s, NUMBER);
	to[0] = (unsigned char)at;
	to[1] = 'i';
	put(to + 2, (uint64_t)value, 8);
	s->values++;
}

void row_slice(struct row_stream *s, int at, struct slice text)
{
	unsigned char *to = extend(s, TEXT_HEAD + text.size);
	to[0] = (unsigned char)at;
	to[1] = 't';
	put(to + 2, text.size, 4);
	if (text.size)
		memcpy(to + TEXT_HEAD, text.at, text.size);
	s->values++;
}

void row_text(struct row_stream *s, int at, const char *text)
{
	if (text)
		row_slice(s, at, slice_of_string(text));
}

enum status row_flush(struct row_stream *s, struct error *err)
{
	struct slice batch = slice_of(s->bytes, s->used);
	s->used = 0;
	return batch.size ? s->sink(s->to, batch, err) : OK;
}

enum status row_end(struct row_stream *s, struct error *err)
{
	unsigned char *head = s->bytes + s->row;
	put(head, s->used - s->row - 4, 4);
	put(head + 6, s->values, 2);
	s->open = false;
	return s->used >= ROW_BATCH ? row_flush(s, err) : OK;
}
