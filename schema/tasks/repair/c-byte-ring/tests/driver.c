#define _POSIX_C_SOURCE 200809L
#include "ring.h"

#include <stdio.h>
#include <string.h>

enum { MOST = 8 };

static FILE *out;
static uint8_t area[MOST + 16];
static struct ring r;
static char letter;

static void begin(size_t room)
{
	memset(area, '#', sizeof area);
	ring_begin(&r, area + 8, room);
	letter = 'a';
	fprintf(out, "-- room %zu\n", room);
}

static void show(const char *what, size_t n, size_t result)
{
	uint8_t got[MOST + 4];
	size_t all;

	memset(got, '.', sizeof got);
	all = ring_peek(&r, 0, got, MOST);
	fprintf(out, "%s %zu: %zu, in it %zu \"%.*s\", around %d\n", what, n, result, all, (int)MOST + 2, (const char *)got,
		!memcmp(area, "########", 8) && !memcmp(area + 8 + r.room, "########", 8));
}

static const uint8_t *letters(size_t n)
{
	static uint8_t bytes[64];

	for (size_t i = 0; i < n && i < sizeof bytes; i++) {
		bytes[i] = (uint8_t)letter;
		letter = letter == 'z' ? 'a' : (char)(letter + 1);
	}
	return bytes;
}

static void put(size_t n)
{
	const uint8_t *from = letters(n);

	show("put", n, ring_put(&r, from, n));
}

static void force(size_t n)
{
	const uint8_t *from = letters(n);

	show("force", n, ring_force(&r, from, n));
}

static void take(size_t n)
{
	uint8_t got[40];
	size_t taken;

	memset(got, '.', sizeof got);
	taken = ring_take(&r, got, n);
	fprintf(out, "%.12s ", (const char *)got);
	show("take", n, taken);
}

static void peek(size_t skip, size_t n)
{
	uint8_t got[40];
	size_t seen;

	memset(got, '.', sizeof got);
	seen = ring_peek(&r, skip, got, n);
	fprintf(out, "peek %zu %zu: %zu %.12s\n", skip, n, seen, (const char *)got);
}

int main(void)
{
	unsigned seed = 7;

	out = fdopen(3, "w");
	if (!out)
		return 1;
	begin(8);
	put(0), put(5), put(3), put(1), take(0), take(3), put(2), put(5), take(100), take(1), put(8), take(7);
	put(9), peek(0, 8), peek(3, 8), peek(7, 8), peek(8, 8), peek(9, 1), peek(1000, 1), peek(6, 1), peek(2, 0);
	show("drop", 2, ring_take(&r, NULL, 2));
	show("drop", 20, ring_take(&r, NULL, 20));
	force(3), force(5), force(1), force(4), force(8), force(9), force(30), take(2), force(4), force(0);
	show("drop", 20, ring_take(&r, NULL, 20));
	force(9), take(8), force(2);
	show("take", SIZE_MAX, ring_take(&r, NULL, SIZE_MAX));
	put(4), peek(0, SIZE_MAX), peek(SIZE_MAX, SIZE_MAX), peek(1, SIZE_MAX);
	begin(1);
	put(1), put(1), take(1), put(3), force(1), force(5), take(2), take(2);
	begin(0);
	put(0), put(3), take(1), force(4), force(0), peek(0, 5);
	begin(5);
	for (int i = 0; i < 40; i++) {
		size_t n;

		seed = seed * 1103515245 + 12345;
		n = seed >> 16 & 7;
		if (seed >> 20 & 1)
			take(n);
		else if (seed >> 21 & 1)
			put(n);
		else
			force(n);
	}
	return fclose(out) != 0;
}
