#include "ring.h"

#include <string.h>

void ring_begin(struct ring *r, uint8_t *bytes, size_t room)
{
	*r = (struct ring){ .bytes = bytes, .room = room };
}

/* Where the byte is that comes `offset` (at most the room) behind the oldest one. */
static size_t place(const struct ring *r, size_t offset)
{
	size_t to_end = r->room - r->start;

	return offset < to_end ? r->start + offset : offset - to_end;
}

size_t ring_put(struct ring *r, const uint8_t *from, size_t n)
{
	size_t left = r->room - r->count, end, first;

	if (n > left)
		n = left;
	if (!n)
		return 0;
	end = place(r, r->count);
	first = r->room - end < n ? r->room - end : n;
	memcpy(r->bytes + end, from, first);
	memcpy(r->bytes, from + first, n - first);
	r->count += n;
	return n;
}

size_t ring_force(struct ring *r, const uint8_t *from, size_t n)
{
	size_t lost = 0, left;

	if (n > r->room) {
		from += n - r->room;
		n = r->room;
	}
	left = r->room - r->count;
	if (n > left)
		lost += ring_take(r, NULL, n - left);
	ring_put(r, from, n);
	return lost;
}

size_t ring_take(struct ring *r, uint8_t *to, size_t n)
{
	if (n > r->count)
		n = r->count;
	if (!n)
		return 0;
	if (to)
		ring_peek(r, 0, to, n);
	r->start = place(r, n);
	r->count -= n;
	return n;
}

size_t ring_peek(const struct ring *r, size_t skip, uint8_t *to, size_t n)
{
	size_t at, first;

	if (skip >= r->count)
		return 0;
	if (n > r->count - skip)
		n = r->count - skip;
	if (!n)
		return 0;
	at = place(r, skip);
	first = r->room - at < n ? r->room - at : n;
	memcpy(to, r->bytes + at, first);
	memcpy(to + first, r->bytes, n - first);
	return n;
}
