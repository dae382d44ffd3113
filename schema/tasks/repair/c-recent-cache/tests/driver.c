#define _POSIX_C_SOURCE 200809L
#include "cache.h"

#include <limits.h>
#include <stdio.h>

static FILE *out;
static char values[64];
static unsigned drops[64];

static void drop(int key, void *value, void *context)
{
	int which = (int)((char *)value - values);

	fprintf(out, "%sdrop %d(%d) ", (const char *)context, key, which);
	drops[which & 63]++;
}

static void show(const struct cache *c)
{
	int last = CACHE_NONE, n = 0, i;

	fprintf(out, "| cost %u:", c->cost);
	for (i = c->newest; i >= 0 && i < CACHE_ROOM && n < 9; i = c->at[i].older, n++) {
		fprintf(out, " %d%s", c->at[i].key, c->at[i].newer == last ? "" : "?");
		last = i;
	}
	fprintf(out, "%s\n", c->oldest == last ? "" : " ?");
}

static void put(struct cache *c, int key, int value, unsigned cost)
{
	bool done;

	fprintf(out, "put %d/%u ", key, cost);
	done = cache_put(c, key, &values[value], cost);
	fprintf(out, "%d ", done);
	show(c);
}

static void get(struct cache *c, int key)
{
	char *value = cache_get(c, key);

	fprintf(out, "get %d: %d ", key, value ? (int)(value - values) : -1);
	show(c);
}

static void take(struct cache *c, int key)
{
	bool done;

	fprintf(out, "remove %d ", key);
	done = cache_remove(c, key);
	fprintf(out, "%d ", done);
	show(c);
}

int main(void)
{
	static char context[] = "";
	struct cache c;
	unsigned seed = 3, once = 0;

	out = fdopen(3, "w");
	if (!out)
		return 1;
	cache_begin(&c, 100, drop, context);
	get(&c, 0);
	take(&c, 0);
	cache_clear(&c);
	put(&c, 1, 1, 10);
	get(&c, 1);
	put(&c, 2, 2, 10);
	get(&c, 1);
	get(&c, 1);
	put(&c, 3, 3, 10);
	get(&c, 2);
	put(&c, 4, 4, 10);
	put(&c, 5, 5, 10);
	put(&c, 3, 6, 70);
	put(&c, 3, 7, 71);
	put(&c, 2, 8, 101);
	put(&c, 9, 9, 101);
	put(&c, 7, 10, 100);
	put(&c, 8, 11, 0);
	put(&c, 9, 12, 0);
	put(&c, -1, 13, 0);
	put(&c, -2, 14, 0);
	put(&c, 10, 15, 1);
	take(&c, 9);
	take(&c, 9);
	take(&c, 10);
	take(&c, -1);
	take(&c, -2);
	take(&c, 8);
	put(&c, 1, 16, 30);
	put(&c, 2, 17, 30);
	put(&c, 3, 18, 30);
	put(&c, 4, 19, 95);
	put(&c, 4, 20, 5);
	put(&c, 5, 21, 95);
	put(&c, 6, 22, UINT_MAX);
	cache_clear(&c);
	show(&c);
	cache_begin(&c, UINT_MAX, drop, context);
	put(&c, 1, 23, UINT_MAX - 5);
	put(&c, 2, 24, 5);
	put(&c, 3, 25, 6);
	put(&c, 4, 26, UINT_MAX);
	cache_clear(&c);
	cache_begin(&c, 0, drop, context);
	put(&c, 1, 27, 0);
	put(&c, 1, 28, 1);
	cache_clear(&c);
	cache_begin(&c, 20, drop, context);
	for (int i = 0; i < 60; i++) {
		int key;

		seed = seed * 1103515245 + 12345;
		key = (int)(seed >> 16 & 7);
		if (seed >> 20 & 1)
			put(&c, key, 29 + i % 30, seed >> 24 & 7);
		else if (seed >> 21 & 3)
			get(&c, key);
		else
			take(&c, key);
	}
	cache_clear(&c);
	show(&c);
	for (int i = 0; i < 29; i++)
		once += drops[i] == 1;
	fprintf(out, "dropped once: %u\n", once);
	return fclose(out) != 0;
}
