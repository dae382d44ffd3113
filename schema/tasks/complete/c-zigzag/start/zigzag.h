#ifndef ZIGZAG_H
#define ZIGZAG_H

#include <stddef.h>
#include <stdint.h>

enum { ZIGZAG_SHORT = -1, ZIGZAG_LONG = -2, ZIGZAG_RANGE = -3 };

size_t zigzag_put(uint8_t *buf, size_t size, int64_t value);
int zigzag_get(const uint8_t *buf, size_t n, int64_t *ret);

#endif
