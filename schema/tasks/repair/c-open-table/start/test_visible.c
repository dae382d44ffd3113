#include "table.h"

#include <stdio.h>

static unsigned calls;

static uint32_t same(uint32_t key)
{
	(void)key;
	calls++;
	return 0xfffffffe;
}

#define CHECK(condition) \
	do { \
		if (!(condition)) { \
			printf("line %d: %s\n", __LINE__, #condition); \
			failed = 1; \
		} \
	} while (0)

int main(void)
{
	struct table t = { .hash = same };
	int failed = 0, value = -1;

	CHECK(table_set(&t, 1, 10));
	CHECK(table_set(&t, 2, 20));
	CHECK(table_set(&t, 3, 30));
	CHECK(table_remove(&t, 1));
	CHECK(table_get(&t, 3, &value) && value == 30);
	CHECK(table_set(&t, 3, 31));
	CHECK(t.count == 2);
	CHECK(table_remove(&t, 3));
	CHECK(!table_get(&t, 3, &value));
	CHECK(!table_remove(&t, 3));
	CHECK(t.count == 1);
	for (uint32_t key = 100; t.count < TABLE_SLOTS && key < 200; key++)
		table_set(&t, key, 0);
	CHECK(t.count == TABLE_SLOTS);
	CHECK(!table_set(&t, 500, 1));
	return failed;
}
