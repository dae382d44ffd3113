#include "ring.h"

#include <string.h>

void ring_begin(struct ring *r, uint8_t *bytes, size_t room)
{
	*r = (struct ring){ .bytes = bytes, .room = room };
}

size_t ring_put(struct ring *r, const uint8_t *from, size_t n)
{
	size_t end = (r->start + r->count) % r->room;
	size_t first;

	if (n > r->room - r->count)
		n = r->room - r->count - 1;
	first = r->room - end;
	if (first > n)
		first = n;
	memcpy(r->bytes + end, from, first);
	memcpy(r->bytes, from, n - first);
	r->count += n;
	return n;
}

size_t ring_force(struct ring *r, const uint8_t *from, size_t n)
{
	size_t lost = 0;

	if (n > r->room) {
		from += n - r->room;
		n = r->room;
	}
	if (n > r->room - r->count) {
		lost = n - (r->room - r->count);
		ring_take(r, NULL, lost);
	}
	ring_put(r, from, n);
	return lost;
}

size_t ring_take(struct ring *r, uint8_t *to, size_t n)
{
	if (n > r->count)
		n = r->count;
	if (to)
		ring_peek(r, 0, to, n);
	r->start += n;
	r->count -= n;
	return n;
}

size_t ring_peek(const struct ring *r, size_t skip, uint8_t *to, size_t n)
{
	size_t at = r->start + skip;
	size_t first = r->room - at;

	if (n > r->count - skip)
		n = r->count - skip;
	if (first > n)
		first = n;
	memcpy(to, r->bytes + at, first);
	memcpy(to + first, r->bytes, n - first);
	return n;
}
