#include "flags.h"

#include <stdio.h>

#define CHECK(condition) \
	do { \
		if (!(condition)) { \
			printf("line %d: %s\n", __LINE__, #condition); \
			failed = 1; \
		} \
	} while (0)

int main(void)
{
	struct flags f = { 0 };
	int failed = 0;

	flags_add(&f, 3);
	flags_add(&f, 40);
	CHECK(flags_has(&f, 3));
	CHECK(flags_has(&f, 40));
	CHECK(!flags_has(&f, 8));
	CHECK(flags_count(&f) == 2);
	CHECK(flags_next(&f, 3) == 40);
	flags_remove(&f, 40);
	CHECK(f.bits == 8);
	flags_add_range(&f, 60, 63);
	CHECK(flags_count(&f) == 5);
	return failed;
}
