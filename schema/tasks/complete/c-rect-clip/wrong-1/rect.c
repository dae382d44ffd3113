#include "rect.h"

#define MAX(a, b) ((a) > (b) ? (a) : (b))
#define MIN(a, b) ((a) < (b) ? (a) : (b))

bool rect_clip(struct rect a, struct rect b, struct rect *ret)
{
	int32_t left = MAX(a.x, b.x);
	int32_t top = MAX(a.y, b.y);
	int32_t right = MIN(a.x + a.w, b.x + b.w);
	int32_t bottom = MIN(a.y + a.h, b.y + b.h);

	if (a.w <= 0 || a.h <= 0 || b.w <= 0 || b.h <= 0)
		return false;
	if (right <= left || bottom <= top)
		return false;
	*ret = (struct rect){ left, top, right - left, bottom - top };
	return true;
}
