/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/input.h"

#include "ingest/compressed.h"

#include <stdlib.h>
#include <string.h>

void input_close(struct input *in)
{
	compressed_free(in->packed);
	free(in->raw);
	free(in->buffer);
	*in = (struct input){.at_end = true};
}

void input_over(struct slice bytes, const char *name, struct input *ret)
{
	*ret = (struct input){.name = name, .held = bytes, .at_end = true};
}

void input_over_ring(struct ring_reader *ring, const char *name, struct input *ret)
{
	*ret = (struct input){.name = name, .ring = ring};
}

void input_not_packed(struct input *in)
{
	in->looked = true;
}

/* Bytes of a packed file for its unpacking; 0 at their end. */
static ssize_t read_raw(void *from, unsigned char *to, size_t size)
{
	struct slice part = input_take(from, size < INPUT_BUFFER ? size : INPUT_BUFFER);
	if (part.size)
		memcpy(to, part.at, part.size);
	return (ssize_t)part.size;
}

static void unpack_more(struct input *in)
{
	if (in->held.size)
		memmove(in->buffer, in->held.at, in->held.size);
	size_t got = compressed_read(in->packed, in->buffer + in->held.size, INPUT_BUFFER - in->held.size);
	in->held = slice_of(in->buffer, in->held.size + got);
	in->at_end = got == 0;
}

/* Makes what is held longer, up to its maximum. */
static void more(struct input *in)
{
	if (in->packed) {
		unpack_more(in);
	} else if (in->ring) {
		in->held = ring_more(in->ring, in->offset);
		in->at_end = in->ring->end;
	} else {
		in->at_end = true;
	}
}

/* What was held so far goes through the unpacking, as does all that follows. */
static void unpack(struct input *in)
{
	in->raw = must_alloc(1, sizeof *in->raw);
	*in->raw = *in;
	in->raw->looked = true;
	in->raw->raw = NULL;
	in->buffer = must_alloc(INPUT_BUFFER, 1);
	in->packed = compressed_new(input_peek(in->raw), (struct compressed_source){read_raw, in->raw});
	in->held = slice_of(in->buffer, 0);
	in->at_end = false;
}

static void want(struct input *in, size_t size)
{
	while (in->held.size < size && !in->at_end)
		more(in);
	if (in->looked)
		return;
	in->looked = true;
	while (in->held.size < INPUT_SNIFF && !in->at_end)
		more(in);
	if (compressed_sniff(in->held)) {
		unpack(in);
		want(in, size);
	}
}

static void pass(struct input *in, size_t size)
{
	in->held = slice_part(in->held, size, in->held.size);
	in->offset += size;
}

struct slice input_ahead(struct input *in, size_t size)
{
	want(in, size);
	return slice_part(in->held, 0, size);
}

struct slice input_peek(struct input *in)
{
	return input_ahead(in, INPUT_SNIFF);
}

struct slice input_take(struct input *in, size_t size)
{
	if (in->held.size < size || !in->looked)
		want(in, size);
	struct slice taken = slice_part(in->held, 0, size);
	pass(in, taken.size);
	return taken;
}

uint64_t input_skip(struct input *in, uint64_t size)
{
	uint64_t left = size;
	while (left > 0) {
		size_t step = left < INPUT_BUFFER ? (size_t)left : INPUT_BUFFER;
		size_t got = input_take(in, step).size;
		left -= got;
		if (got < step)
			break;
	}
	return size - left;
}

/* Passes over the rest of a line that is too long. */
static void skip_line(struct input *in)
{
	for (;;) {
		want(in, 1);
		size_t at = slice_find(in->held, '\n');
		bool found = at < in->held.size;
		pass(in, found ? at + 1 : in->held.size);
		if (found || (in->at_end && in->held.size == 0))
			return;
	}
}

enum line input_line(struct input *in, struct slice *ret)
{
	size_t looked = 0, at;
	want(in, 1);
	for (;;) {
		struct slice have = slice_part(in->held, 0, INPUT_BUFFER);
		struct slice fresh = slice_part(have, looked, have.size);
		at = looked + slice_find(fresh, '\n');
		looked = have.size;
		if (at < have.size || in->at_end || have.size == INPUT_BUFFER)
			break;
		more(in);
	}
	bool whole = at < looked;
	*ret = slice_part(in->held, 0, at);
	if (looked == 0)
		return LINE_END;
	pass(in, whole ? at + 1 : looked);
	if (whole)
		return LINE_WHOLE;
	if (looked < INPUT_BUFFER)
		return LINE_CUT;
	skip_line(in);
	*ret = slice_of(NULL, 0);
	return LINE_TOO_LONG;
}

const char *input_problem(const struct input *in)
{
	return in->packed ? compressed_problem(in->packed) : NULL;
}

bool input_next(struct input *in)
{
	if (in->packed || !in->ring)
		return false;
	for (pass(in, in->held.size); !in->at_end; pass(in, in->held.size))
		more(in);
	if (!ring_next(in->ring))
		return false;
	in->at_end = false;
	return true;
}
