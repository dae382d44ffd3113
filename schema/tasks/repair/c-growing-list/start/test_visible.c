#include "list.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Moves the block each time, and spoils the old one. */
static void *moving(void *context, void *p, size_t size)
{
	size_t *old = p ? (size_t *)p - 2 : NULL, *new = NULL;

	(void)context;
	if (size) {
		new = malloc(size + 2 * sizeof *new);
		if (!new)
			return NULL;
		new[0] = size;
		if (old)
			memcpy(new + 2, p, old[0] < size ? old[0] : size);
	}
	if (old)
		memset(p, 0x11, old[0]); /* and is not freed: this is a test */
	return new ? new + 2 : NULL;
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
	static const long numbers[] = { 1, 2, 3, 4 }, all[] = { 1, 2, 1, 2, 3, 4, 3, 4, 1 };
	struct list l = { .resize = moving };
	int failed = 0;

	CHECK(list_insert(&l, 0, numbers, 4));
	CHECK(l.count == 4 && !memcmp(l.at, numbers, sizeof numbers));
	CHECK(list_insert(&l, 2, l.at, 4));
	CHECK(list_push(&l, &l.at[0]));
	CHECK(l.count == 9 && !memcmp(l.at, all, sizeof all));
	CHECK(list_remove(&l, 7, 5) == 2);
	CHECK(l.count == 7);
	CHECK(list_purge(&l, &l.at[0]) == 2);
	CHECK(l.count == 5 && l.at[0] == 2 && l.at[1] == 2 && l.at[2] == 3);
	list_free(&l);
	return failed;
}
