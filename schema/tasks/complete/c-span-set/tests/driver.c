#define _POSIX_C_SOURCE 200809L
#include "spans.h"

#include <inttypes.h>
#include <stdio.h>

enum { ROOM = 4, GUARD = 0x5a5a5a5a };

static FILE *out;
static struct span area[ROOM + 4];
static struct spans s;

static void clear(size_t room)
{
	for (size_t i = 0; i < ROOM + 4; i++)
		area[i] = (struct span){ GUARD, GUARD };
	s = (struct spans){ area + 2, 0, room };
	fprintf(out, "-- room %zu\n", room);
}

static void show(bool done)
{
	size_t guards = 0;

	fprintf(out, " %d:", done);
	for (size_t i = 0; i < s.count && i < ROOM; i++)
		fprintf(out, " %" PRIu32 "-%" PRIu32, s.at[i].first, s.at[i].last);
	for (size_t i = 0; i < ROOM + 4; i++)
		guards += (i < 2 || i >= 2 + s.room) && area[i].first == GUARD && area[i].last == GUARD;
	fprintf(out, " total %" PRIu64 " guards %zu\n", spans_total(&s), guards);
}

static void add(uint32_t first, uint32_t last)
{
	fprintf(out, "add %" PRIu32 "-%" PRIu32, first, last);
	show(spans_add(&s, first, last));
}

static void take(uint32_t first, uint32_t last)
{
	fprintf(out, "remove %" PRIu32 "-%" PRIu32, first, last);
	show(spans_remove(&s, first, last));
}

static void has(uint32_t number)
{
	fprintf(out, "%" PRIu32 ":%d ", number, spans_has(&s, number));
}

static void walk(void)
{
	uint32_t seed = 12345, sum = 0;
	unsigned refused = 0;

	clear(ROOM);
	for (int i = 0; i < 4000; i++) {
		uint32_t first, last;
		bool more, done;

		seed = seed * 1664525 + 1013904223;
		first = seed >> 27;
		last = first + (seed >> 20 & 7);
		more = seed >> 16 & 1;
		done = more ? spans_add(&s, first, last) : spans_remove(&s, first, last);
		refused += !done;
		for (uint32_t number = 0; number < 40; number++)
			sum = sum * 31 + spans_has(&s, number);
		sum = sum * 31 + (uint32_t)s.count;
		if (i % 400 == 0)
			show(done);
	}
	fprintf(out, "refused %u, sum %08" PRIx32 "\n", refused, sum);
}

int main(void)
{
	out = fdopen(3, "w");
	if (!out)
		return 1;
	clear(4);
	has(0);
	take(0, UINT32_MAX);
	add(10, 20);
	add(30, 40);
	add(21, 21);
	add(29, 29);
	add(22, 28);
	add(5, 4);
	take(40, 10);
	take(15, 15);
	take(15, 15);
	take(10, 10);
	take(38, 50);
	add(0, 0);
	add(60, 60);
	for (uint32_t n = 9; n < 19; n++)
		has(n);
	has(0), has(1), has(37), has(38), has(60), has(61), has(UINT32_MAX);
	add(50, 50);
	add(15, 15);
	add(50, 50);
	add(54, 54);
	take(20, 20);
	take(0, 0);
	take(20, 20);
	take(1, 1);
	add(1, 53);
	add(61, 63);
	add(0, UINT32_MAX);
	take(0, 0);
	take(UINT32_MAX, UINT32_MAX);
	take(100, 199);
	add(0, 0);
	add(UINT32_MAX, UINT32_MAX);
	take(0, 99);
	take(200, UINT32_MAX);
	clear(3);
	add(10, 10);
	add(20, 20);
	add(30, 30);
	add(40, 40);
	add(12, 18);
	add(15, 25);
	add(0, 5);
	add(11, 11);
	add(5, 50);
	take(6, 6);
	take(8, 8);
	take(10, 10);
	take(7, 9);
	take(20, 30);
	clear(1);
	add(UINT32_MAX, UINT32_MAX);
	add(0, 0);
	add(0, UINT32_MAX - 1);
	take(5, 5);
	take(0, 5);
	add(5, 5);
	clear(0);
	add(1, 1);
	take(1, 1);
	walk();
	return fclose(out) != 0;
}
