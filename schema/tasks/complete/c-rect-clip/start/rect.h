#ifndef RECT_H
#define RECT_H

#include <stdbool.h>
#include <stdint.h>

struct rect {
	int32_t x, y, w, h;
};

bool rect_clip(struct rect a, struct rect b, struct rect *ret);

#endif
