/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/capture/stream.h"

#include <stdlib.h>
#include <string.h>

struct stream {
	int64_t flow; /* id; 0: not lent */
	unsigned side;
	uint64_t used; /* when, in calls */
	size_t size;
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
static struct stream *lent(struct streams *s, const struct flow *f, unsigned side)
{
	struct stream *one = s->all[f->sides[side].stream];
	return one && one->flow == f->id && one->side == side ? one : NULL;
}

struct slice stream_waiting(struct streams *s, const struct flow *f, unsigned side)
{
	const struct stream *one = lent(s, f, side);
	return one ? slice_of(one->bytes, one->size) : slice_of(NULL, 0);
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
	one->size = 0;
	f->sides[side].stream = (uint16_t)at;
	return one;
}

bool stream_add(struct streams *s, struct flow *f, unsigned side, struct slice bytes,
		bool *ret_lost)
{
	struct stream *one = lent(s, f, side);
	*ret_lost = false;
	if (!one)
		one = lend(s, f, side, ret_lost);
	one->used = ++s->calls;
	if (bytes.size > sizeof one->bytes - one->size) {
		one->flow = 0;
		return false;
	}
	if (bytes.size)
		memcpy(one->bytes + one->size, bytes.at, bytes.size);
	one->size += bytes.size;
	return true;
}

void stream_drop(struct streams *s, struct flow *f, unsigned side, size_t size)
{
	struct stream *one = lent(s, f, side);
	if (!one)
		return;
	if (size >= one->size) {
		one->flow = 0;
		return;
	}
	one->size -= size;
	memmove(one->bytes, one->bytes + size, one->size);
}
