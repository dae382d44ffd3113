/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/capture/stream.h"

#include <stdlib.h>
#include <string.h>

/* Bytes that are there: sorted, with a gap between each two. */
struct piece {
	uint32_t from, to;
};

struct stream {
	int64_t flow; /* id; 0: not lent */
	unsigned side;
	uint64_t used; /* when, in calls */
	size_t count;
	struct piece pieces[STREAM_PIECES];
	unsigned char bytes[STREAM_MAX];
};

struct streams {
	uint64_t calls;
	struct stream *all[STREAMS]; /* taken when first lent */
};

struct streams *streams_new(void)
{
	return must_alloc(1, sizeof(struct streams));
}

void streams_free(struct streams *s)
{
	for (size_t i = 0; s && i < STREAMS; i++)
		free(s->all[i]);
	free(s);
}

/* A buffer that was taken back belongs to another flow by now. */
static struct stream *lent(const struct streams *s, const struct flow *f, unsigned side)
{
	struct stream *one = s->all[f->sides[side].stream];
	return one && one->flow == f->id && one->side == side ? one : NULL;
}

bool stream_holds(const struct streams *s, const struct flow *f, unsigned side)
{
	return lent(s, f, side) != NULL;
}

struct slice stream_waiting(const struct streams *s, const struct flow *f, unsigned side)
{
	const struct stream *one = lent(s, f, side);
	bool there = one && one->pieces[0].from == 0;
	return there ? slice_of(one->bytes, one->pieces[0].to) : slice_of(NULL, 0);
}

size_t stream_missing(const struct streams *s, const struct flow *f, unsigned side)
{
	const struct stream *one = lent(s, f, side);
	return one ? one->pieces[0].from : 0;
}

static struct stream *lend(struct streams *s, struct flow *f, unsigned side, bool *ret_lost)
{
	size_t at = 0;
	for (size_t i = 0; i < STREAMS && s->all[at] && s->all[at]->flow != 0; i++)
		if (!s->all[i] || s->all[i]->flow == 0 || s->all[i]->used < s->all[at]->used)
			at = i;
	if (!s->all[at])
		s->all[at] = must_alloc(1, sizeof *s->all[at]);
	struct stream *one = s->all[at];
	*ret_lost = one->flow != 0;
	one->flow = f->id;
	one->side = side;
	one->count = 0;
	f->sides[side].stream = (uint16_t)at;
	return one;
}

static void copy(struct stream *one, uint32_t from, uint32_t to, uint32_t start, struct slice bytes)
{
	if (from < to)
		memcpy(one->bytes + from, bytes.at + (from - start), to - from);
}

/* Where a piece from `start` goes among the others: those it touches become one. */
static bool insert(struct stream *one, uint32_t start, struct slice bytes)
{
	uint32_t end = start + (uint32_t)bytes.size, at = start;
	struct piece joined = {start, end};
	size_t first = 0, behind;
	while (first < one->count && one->pieces[first].to < start)
		first++;
	for (behind = first; behind < one->count && one->pieces[behind].from <= end; behind++) {
		const struct piece *p = &one->pieces[behind];
		copy(one, at, p->from < end ? p->from : end, start, bytes);
		at = p->to > at ? p->to : at;
		joined.from = p->from < joined.from ? p->from : joined.from;
		joined.to = p->to > joined.to ? p->to : joined.to;
	}
	if (behind == first && one->count == STREAM_PIECES)
		return false;
	copy(one, at, end, start, bytes);
	memmove(&one->pieces[first + 1], &one->pieces[behind],
		(one->count - behind) * sizeof one->pieces[0]);
	one->pieces[first] = joined;
	one->count = one->count - (behind - first) + 1;
	return true;
}

bool stream_put(struct streams *s, struct flow *f, unsigned side, size_t offset, struct slice bytes,
		bool *ret_lost)
{
	struct stream *one = lent(s, f, side);
	*ret_lost = false;
	size_t whole = one && one->pieces[0].from == 0 ? one->pieces[0].to : 0;
	if (bytes.size > STREAM_MAX || offset > STREAM_MAX - bytes.size ||
	    offset > whole + STREAM_AHEAD)
		return false;
	if (bytes.size == 0)
		return true;
	if (!one)
		one = lend(s, f, side, ret_lost);
	one->used = ++s->calls;
	return insert(one, (uint32_t)offset, bytes);
}

void stream_drop(struct streams *s, struct flow *f, unsigned side, size_t size)
{
	struct stream *one = lent(s, f, side);
	size_t left = 0;
	if (!one || size == 0)
		return;
	uint32_t last = one->pieces[one->count - 1].to;
	for (size_t i = 0; i < one->count; i++) {
		struct piece p = one->pieces[i];
		if (p.to <= size)
			continue;
		p.from = p.from > size ? p.from - (uint32_t)size : 0;
		p.to -= (uint32_t)size;
		one->pieces[left++] = p;
	}
	one->count = left;
	if (left == 0)
		one->flow = 0;
	else
		memmove(one->bytes, one->bytes + size, last - size);
}
