#ifndef RING_H
#define RING_H

#include <stddef.h>
#include <stdint.h>

/* Bytes that are put in at one end and taken out at the other, in `room` bytes of the caller's, all of which can be
 * used. `room` may be 0. The members are for ring.c. */
struct ring {
	uint8_t *bytes;
	size_t room;
	size_t start; /* of the oldest byte */
	size_t count; /* bytes that are in it */
};

void ring_begin(struct ring *r, uint8_t *bytes, size_t room);

/* Puts in as many of the n bytes as there is room for (the first ones); returns how many. */
size_t ring_put(struct ring *r, const uint8_t *from, size_t n);

/* Puts in all n bytes; the oldest bytes make room, and if n is greater than the room, only the last bytes of
 * `from` stay. Returns how many bytes were lost, of those that were in it and of the new ones together. */
size_t ring_force(struct ring *r, const uint8_t *from, size_t n);

/* Takes out up to n bytes, oldest first; returns how many. `to` may be NULL: they are dropped. */
size_t ring_take(struct ring *r, uint8_t *to, size_t n);

/* Copies up to n bytes, beginning `skip` bytes behind the oldest one, without taking them out; returns how many. */
size_t ring_peek(const struct ring *r, size_t skip, uint8_t *to, size_t n);

#endif
