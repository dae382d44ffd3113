#define _POSIX_C_SOURCE 200809L
#include "arena.h"

#include <stdio.h>
#include <string.h>

static FILE *out;
static _Alignas(256) unsigned char area[512];
static struct arena a;

static void begin(size_t offset, size_t size)
{
	memset(area, 0xcc, sizeof area);
	a = (struct arena){ area + offset, size, 0 };
	fprintf(out, "-- %zu %zu\n", offset, size);
}

/* Bytes outside of the block that are not as they were. */
static void check(void)
{
	size_t changed = 0;

	for (size_t i = 0; i < sizeof area; i++)
		if ((area + i < a.block || area + i >= a.block + a.size) && area[i] != 0xcc)
			changed++;
	fprintf(out, "outside %zu\n", changed);
}

/* Where it is, what it holds, and what is taken. */
static void *show(const char *what, void *p, size_t size)
{
	const unsigned char *bytes = p;

	if (!p) {
		fprintf(out, "%s NULL", what);
	} else {
		fprintf(out, "%s +%td:", what, bytes - area);
		for (size_t i = 0; i < size && i < 24; i++)
			fprintf(out, "%02x", bytes[i]);
	}
	fprintf(out, " taken %zu\n", arena_mark(&a));
	return p;
}

static void *take(size_t size, size_t align)
{
	void *p = arena_take(&a, size, align);

	show("take", p, size);
	return p;
}

int main(void)
{
	char *p, *q, *r;
	size_t mark;

	out = fdopen(3, "w");
	if (!out)
		return 1;

	begin(0, 100);
	take(3, 1);
	take(4, 4);
	take(1, 1);
	take(8, 16);
	take(5, 3);
	take(5, 0);
	take(60, 1);
	take(0, 1);
	take(0, 8);
	take(1, 1);
	take(0, 32);
	take(10, 2);
	check();
	begin(3, 50);
	take(1, 8);
	take(2, 2);
	take(6, 32);
	take(SIZE_MAX, 1);
	take(SIZE_MAX - 1, 8);
	take(1, SIZE_MAX / 2 + 1);
	take(12, 1);
	check();
	begin(1, 0);
	take(0, 1);
	take(0, 2);
	take(1, 1);
	check();

	begin(5, 64);
	p = take(4, 1);
	memcpy(p, "abcd", 4);
	p = show("grow", arena_grow(&a, p, 4, 8, 1), 8);
	memcpy(p + 4, "efgh", 4);
	p = show("grow", arena_grow(&a, p, 8, 2, 1), 2);
	p = show("grow", arena_grow(&a, p, 2, 6, 1), 6);
	q = take(3, 1);
	memcpy(q, "xyz", 3);
	r = show("grow", arena_grow(&a, p, 6, 10, 8), 10);
	show("grow", arena_grow(&a, q, 3, 1, 1), 1);
	show("grow", arena_grow(&a, q, 3, 3, 1), 3);
	show("grow", arena_grow(&a, r, 10, 100, 8), 10);
	show("grow", arena_grow(&a, r, 10, SIZE_MAX, 8), 10);
	show("grow", arena_grow(&a, q, 3, 60, 1), 3);
	show("same", r, 10);
	show("grow", arena_grow(&a, NULL, 0, 5, 4), 5);
	r = show("grow", arena_grow(&a, NULL, 0, 0, 1), 0);
	show("grow", arena_grow(&a, r, 0, 7, 1), 7);
	check();

	begin(0, 64);
	p = take(8, 8);
	mark = arena_mark(&a);
	memset(take(20, 4), 'z', 20);
	take(1, 32);
	arena_release(&a, mark);
	show("released", p, 8);
	take(12, 4);
	arena_release(&a, 63);
	show("released", p, 8);
	arena_release(&a, 21);
	show("released", p, 8);
	arena_release(&a, 0);
	take(64, 64);
	take(0, 64);
	show("grow", arena_grow(&a, area, 64, 65, 1), 0);
	show("grow", arena_grow(&a, area, 64, 63, 1), 20);
	check();
	return fclose(out) != 0;
}
