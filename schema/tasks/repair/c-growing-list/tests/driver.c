#define _POSIX_C_SOURCE 200809L
#include "list.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static FILE *out;
static int refuse;     /* the next request */
static int blocks;     /* that are there */
static size_t largest; /* request */

/* Moves the block each time, and spoils the old one. */
static void *moving(void *context, void *p, size_t size)
{
	enum { MOST = 600, BLOCK = 4096 };
	static _Alignas(16) unsigned char area[MOST][BLOCK]; /* more than asked for: what is written behind does no harm */
	static size_t sizes[MOST], used;
	size_t old = p ? (size_t)((unsigned char (*)[BLOCK])p - area) : MOST;
	void *new = NULL;

	(void)context;
	if (size > largest)
		largest = size;
	if (size) {
		if (refuse || size > BLOCK / 2 || used == MOST)
			return NULL;
		sizes[used] = size;
		new = memset(area[used++], 0x22, BLOCK);
		if (p)
			memcpy(new, p, sizes[old] < size ? sizes[old] : size);
		blocks++;
	}
	if (p) {
		memset(p, 0x11, BLOCK);
		blocks--;
	}
	return new;
}

static struct list l = { .resize = moving };

static void show(const char *what, size_t result)
{
	fprintf(out, "%s %zu:", what, result);
	for (size_t i = 0; i < l.count && i < 40; i++)
		fprintf(out, " %ld", l.at[i]);
	fprintf(out, "; %d blocks, room %d\n", blocks, l.room >= l.count && (l.at || !l.room));
}

static void fill(size_t n)
{
	list_free(&l);
	for (size_t i = 0; i < n; i++) {
		long number = (long)i;

		list_push(&l, &number);
	}
}

int main(void)
{
	static const long numbers[] = { 10, 11, 12, 13, 14, 15 }, many[200] = { 0 };
	long number = 7;

	out = fdopen(3, "w");
	if (!out)
		return 1;
	show("remove", list_remove(&l, 0, 1));
	show("purge", list_purge(&l, &number));
	show("insert", list_insert(&l, 1, numbers, 1));
	show("insert", list_insert(&l, 0, numbers, 3));
	show("insert", list_insert(&l, 3, numbers + 4, 2));
	show("insert", list_insert(&l, 1, numbers, 0));
	show("insert", list_insert(&l, 1, NULL, 0));
	show("insert", list_insert(&l, 5, numbers, 1));
	show("insert", list_insert(&l, 7, numbers, 1));
	for (int i = 0; i < 14; i++)
		list_push(&l, &l.at[0]);
	show("push", list_push(&l, &l.at[4]));

	for (size_t room = 0; room < 2; room++) {
		for (size_t offset = 0; offset < 4; offset++) {
			for (size_t index = 0; index <= 4; index += 2) {
				fill(4);
				if (room)
					list_reserve(&l, 30);
				show("itself", list_insert(&l, index, l.at + offset, 4 - offset));
			}
		}
		fill(4);
		if (room)
			list_reserve(&l, 30);
		show("one", list_insert(&l, 1, l.at + 3, 1));
		show("one", list_insert(&l, 5, l.at, 1));
	}

	fill(6);
	show("remove", list_remove(&l, 1, 2));
	show("remove", list_remove(&l, 3, 1));
	show("remove", list_remove(&l, 1, SIZE_MAX));
	show("remove", list_remove(&l, 1, 1));
	show("remove", list_remove(&l, 5, 1));
	show("remove", list_remove(&l, SIZE_MAX, 3));
	fill(5);
	show("remove", list_remove(&l, 4, SIZE_MAX - 1));
	show("remove", list_remove(&l, 0, 0));

	fill(0);
	for (int i = 0; i < 12; i++) {
		number = i < 4 || i > 9 ? 5 : i % 3;
		list_push(&l, &number);
	}
	show("before", 0);
	show("purge", list_purge(&l, &l.at[0]));
	show("purge", list_purge(&l, &l.at[1]));
	show("purge", list_purge(&l, &l.at[0]));
	number = 0;
	show("purge", list_purge(&l, &number));

	fill(4);
	refuse = 1;
	number = 99;
	show("reserve", list_reserve(&l, 200));
	show("insert", list_insert(&l, 2, many, 200));
	show("reserve", list_reserve(&l, 3));
	refuse = 0;
	show("insert", list_insert(&l, 2, numbers, 6));
	show("remove", list_remove(&l, 2, 6));
	show("push", list_push(&l, &number));
	largest = 0;
	show("reserve", list_reserve(&l, SIZE_MAX / sizeof(long) + 1));
	show("reserve", list_reserve(&l, SIZE_MAX / sizeof(long) + 10));
	show("reserve", list_reserve(&l, SIZE_MAX));
	show("insert", list_insert(&l, 0, numbers, SIZE_MAX));
	show("insert", list_insert(&l, 0, numbers, SIZE_MAX - 2));
	show("largest", largest);
	show("reserve", list_reserve(&l, SIZE_MAX / 2 / sizeof(long) + 2));
	show("push", list_push(&l, &number));

	list_free(&l);
	show("free", 0);
	list_free(&l);
	show("free", 0);
	show("push", list_push(&l, &number));
	list_free(&l);
	show("free", 0);
	refuse = 1;
	show("push", list_push(&l, &number));
	show("insert", list_insert(&l, 0, numbers, 6));
	refuse = 0;
	show("push", list_push(&l, &number));
	list_free(&l);
	show("free", 0);
	return fclose(out) != 0;
}
