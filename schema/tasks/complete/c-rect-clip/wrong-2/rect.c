#include "rect.h"

/* The stretch that [a, a + a_size) and [b, b + b_size) share; false: none. */
static bool clip(int32_t a, int32_t a_size, int32_t b, int32_t b_size, int32_t *ret, int32_t *ret_size)
{
	int64_t start = a > b ? a : b;
	int64_t a_end = (int64_t)a + a_size;
	int64_t b_end = (int64_t)b + b_size;
	int64_t end = a_end < b_end ? a_end : b_end;

	if (a_size <= 0 || b_size <= 0 || end < start)
		return false;
	*ret = (int32_t)start;
	*ret_size = (int32_t)(end - start);
	return true;
}

bool rect_clip(struct rect a, struct rect b, struct rect *ret)
{
	struct rect shared;

	if (!clip(a.x, a.w, b.x, b.w, &shared.x, &shared.w))
		return false;
	if (!clip(a.y, a.h, b.y, b.h, &shared.y, &shared.h))
		return false;
	*ret = shared;
	return true;
}
