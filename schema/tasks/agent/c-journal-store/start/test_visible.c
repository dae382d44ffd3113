#include "store.h"

#include <stdio.h>
#include <string.h>

#define CHECK(condition) \
	do { \
		if (!(condition)) { \
			printf("line %d: %s\n", __LINE__, #condition); \
			failed = 1; \
		} \
	} while (0)

static bool set(struct store *s, const char *key, const char *value)
{
	return store_set(s, key, (const uint8_t *)value, strlen(value));
}

int main(void)
{
	uint8_t block[100] = { 0 };
	struct store s;
	size_t n = 0;
	int failed = 0;

	store_open(&s, block, sizeof block);
	CHECK(set(&s, "mode", "auto"));
	CHECK(set(&s, "mo", "x"));
	CHECK(set(&s, "mode", "manual"));
	CHECK(store_get(&s, "mode", &n) && n == 6);
	CHECK(store_get(&s, "mo", &n) && n == 1);
	CHECK(store_remove(&s, "mo"));
	CHECK(!store_get(&s, "mo", &n));
	store_open(&s, block, sizeof block);
	CHECK(!store_get(&s, "mo", &n));
	CHECK(store_get(&s, "mode", &n) && n == 6);
	CHECK(store_compact(&s) > 0);
	CHECK(s.used == 14);
	store_open(&s, block, sizeof block);
	CHECK(s.used == 14);
	block[7] ^= 1;
	store_open(&s, block, sizeof block);
	CHECK(s.used == 0);
	return failed;
}
