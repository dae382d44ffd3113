#define _POSIX_C_SOURCE 200809L
#include "rect.h"

#include <inttypes.h>
#include <stdio.h>

static const struct rect pairs[][2] = {
	{ { 0, 0, 10, 10 }, { 5, 5, 10, 10 } },
	{ { 5, 5, 10, 10 }, { 0, 0, 10, 10 } },
	{ { 0, 0, 10, 10 }, { 2, 3, 4, 5 } },
	{ { 2, 3, 4, 5 }, { 0, 0, 10, 10 } },
	{ { 0, 0, 10, 10 }, { 10, 0, 5, 5 } },
	{ { 0, 0, 10, 10 }, { 0, 10, 5, 5 } },
	{ { 0, 0, 10, 10 }, { 9, 9, 5, 5 } },
	{ { -8, -8, 10, 10 }, { -3, -20, 100, 100 } },
	{ { 0, 0, 0, 10 }, { 0, 0, 10, 10 } },
	{ { 4, 4, 0, 3 }, { 0, 0, 10, 10 } },
	{ { 4, 4, 3, -2 }, { 0, 0, 10, 10 } },
	{ { 8, 8, -4, -4 }, { 0, 0, 10, 10 } },
	{ { 0, 0, 10, 10 }, { 0, 20, 10, 10 } },
	{ { INT32_MAX - 5, 0, 100, 10 }, { INT32_MAX - 20, 2, 1000, 4 } },
	{ { 2000000000, 2000000000, 2000000000, 2000000000 }, { 2147000000, 2100000000, 2147000000, 2147483647 } },
	{ { INT32_MIN, INT32_MIN, INT32_MAX, INT32_MAX }, { -10, -10, 20, 20 } },
	{ { INT32_MIN, 0, 5, 5 }, { INT32_MAX, 0, 5, 5 } },
	{ { 1, 1, INT32_MAX, INT32_MAX }, { 0, 0, INT32_MAX, INT32_MAX } },
	{ { INT32_MIN, 0, INT32_MIN, 10 }, { INT32_MIN, 0, 10, 10 } },
	{ { INT32_MIN, 0, 1, 1 }, { INT32_MIN, 0, 1, 1 } },
};

int main(void)
{
	FILE *out = fdopen(3, "w");

	if (!out)
		return 1;
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		struct rect got = { 77, 78, 79, 80 };
		bool shared = rect_clip(pairs[i][0], pairs[i][1], &got);

		fprintf(out, "%zu %d %" PRId32 " %" PRId32 " %" PRId32 " %" PRId32 "\n", i, shared, got.x, got.y,
			got.w, got.h);
	}
	return fclose(out) != 0;
}
