#include "cache.h"

#include <stdio.h>
#include <string.h>

static char dropped[64];

static void drop(int key, void *value, void *context)
{
	(void)value;
	(void)context;
	sprintf(dropped + strlen(dropped), "%d ", key);
}

#define CHECK(condition) \
	do { \
		if (!(condition)) { \
			printf("line %d: %s (dropped: %s)\n", __LINE__, #condition, dropped); \
			failed = 1; \
		} \
	} while (0)

int main(void)
{
	struct cache c;
	char v[8];
	int failed = 0;

	cache_begin(&c, 100, drop, NULL);
	for (int key = 1; key <= 4; key++)
		CHECK(cache_put(&c, key, &v[key], 10));
	CHECK(cache_get(&c, 1) == &v[1]);
	CHECK(cache_put(&c, 5, &v[5], 10));
	CHECK(!strcmp(dropped, "2 "));
	CHECK(cache_get(&c, 5) == &v[5]);
	CHECK(cache_put(&c, 3, &v[0], 70));
	CHECK(!strcmp(dropped, "2 3 "));
	CHECK(c.cost == 100);
	CHECK(!cache_put(&c, 6, &v[6], 101));
	CHECK(!strcmp(dropped, "2 3 6 "));
	cache_clear(&c);
	CHECK(!strcmp(dropped, "2 3 6 4 1 5 3 "));
	CHECK(c.cost == 0);
	return failed;
}
