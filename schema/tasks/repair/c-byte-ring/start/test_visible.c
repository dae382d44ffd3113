#include "ring.h"

#include <stdio.h>
#include <string.h>

#define CHECK(condition) \
	do { \
		if (!(condition)) { \
			printf("line %d: %s\n", __LINE__, #condition); \
			failed = 1; \
		} \
	} while (0)

int main(void)
{
	uint8_t bytes[8], got[16] = { 0 };
	struct ring r;
	int failed = 0;

	ring_begin(&r, bytes, 8);
	CHECK(ring_put(&r, (const uint8_t *)"abcdefghij", 10) == 8);
	CHECK(ring_take(&r, got, 5) == 5);
	CHECK(!memcmp(got, "abcde", 5));
	CHECK(ring_put(&r, (const uint8_t *)"klmno", 5) == 5);
	CHECK(ring_peek(&r, 2, got, 4) == 4);
	CHECK(!memcmp(got, "hklm", 4));
	CHECK(ring_force(&r, (const uint8_t *)"xyz", 3) == 3);
	CHECK(ring_take(&r, got, 16) == 8);
	CHECK(!memcmp(got, "klmnoxyz", 8));
	return failed;
}
