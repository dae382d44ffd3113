#include "zigzag.h"

size_t zigzag_put(uint8_t *buf, size_t size, int64_t value)
{
	/* for a negative one: -2 * value - 1 = 2 * (-1 - value) + 1, and -1 - value = ~value */
	uint64_t left = value < 0 ? (uint64_t)~value << 1 | 1 : (uint64_t)value << 1;
	size_t n = 1;

	for (uint64_t rest = left >> 7; rest; rest >>= 7)
		n++;
	if (n > size)
		return 0;
	for (size_t i = 0; i < n; i++, left >>= 7)
		buf[i] = (uint8_t)((left & 0x7f) | (i + 1 < n ? 0x80 : 0));
	return n;
}

int zigzag_get(const uint8_t *buf, size_t n, int64_t *ret)
{
	uint64_t number = 0;

	for (size_t i = 0; i < n; i++) {
		if (i == 0 && buf[i] == 0x80)
			return ZIGZAG_LONG;
		number |= (uint64_t)(buf[i] & 0x7f) << 7 * i;
		if (!(buf[i] & 0x80)) {
			int64_t half = (int64_t)(number >> 1);

			*ret = number & 1 ? -1 - half : half;
			return (int)i + 1;
		}
		if (number > UINT64_MAX >> 7)
			return ZIGZAG_RANGE;
	}
	return ZIGZAG_SHORT;
}
